import { describe, expect, it } from 'vitest';
import { InputError } from '../error/error.ts';
import { parseContract } from './contract-file.ts';
import { parseModelConfig } from './model-file.ts';
import { parsePolicy } from './policy-file.ts';
import { locate } from './position.ts';
import { limits } from './source.ts';
import { parseStages } from './stages-file.ts';

const size = limits.bytes - 16;
const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...'bcdefghij'
    .split('')
    .map((key, at) => `${key}: &${key} [${Array(9).fill(`*${'abcdefghij'[at]}`).join(', ')}]`),
];

const corpus: readonly (readonly [string, string])[] = [
  ['an alias bomb', bomb.join('\n')],
  ['an alias that holds itself', 'a: &a [*a]'],
  ['an anchor alone', 'production: &p { eu: 7 }'],
  ['a merge key', 'staging: [1]\n<<: { candidate: [2] }'],
  ['a tag', 'production: !!map { eu: 7 }'],
  ['a tag for code', "a: !!js/function 'function(){}'"],
  ['brackets all the way', '['.repeat(size)],
  ['braces all the way', '{a: '.repeat(size / 4)],
  ['dashes all the way', '- '.repeat(size / 2)],
  ['question marks', '? '.repeat(size / 2)],
  ['deep maps', Array.from({ length: 300 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
  ['too many bytes', `# ${'x'.repeat(limits.bytes)}`],
  ['too many bytes in few characters', `# ${'日'.repeat(limits.bytes / 2)}`],
  ['too many lines', 'a: 1\n'.repeat(limits.lines + 1)],
  ['empty lines', `${'\n'.repeat(size)}a: 1`],
  ['too many values', `staging: [${'1,'.repeat(limits.values + 1)}]`],
  ['as many values as fit', `staging: [${'1,'.repeat(limits.values - 10)}]`],
  ['as many keys as fit', Array.from({ length: limits.lines - 10 }, (_, at) => `k${at}: 1`).join('\n')],
  ['one key, often', 'staging: [1]\n'.repeat(limits.lines - 10)],
  ['one long word', `production: ${'x'.repeat(size - 20)}`],
  ['one long key', `${'x'.repeat(900)}: 1`],
  ['quoted escapes', `production: "${'\\n'.repeat(size / 2 - 10)}"`],
  ['colons', 'a: '.repeat(size / 3)],
  ['tabs as indent', 'production:\n\teu: 7'],
  ['two documents', 'staging: [1]\n---\nstaging: [2]'],
  ['a directive', '%YAML 1.1\n---\nstaging: [yes]'],
  ['a key that reaches the prototype', '__proto__: { staging: [1] }'],
  ['a constructor', 'constructor: { prototype: 1 }'],
  ['a prototype inside', 'production: { __proto__: 7 }'],
  ['a map as key', '? { a: 1 }\n: 2'],
  ['a list as key', '[1]: 2'],
  ['null as key', '~: 1'],
  ['half a character', 'production: "\\ud800"'],
  ['a NUL', 'production: "\0"'],
  ['a bare NUL', 'staging: [1]\0'],
  ['a yes', 'production: { eu: yes }'],
  ['a Norway', 'production: { no: 7 }'],
  ['an octal number', 'production: { eu: 012 }'],
  ['an underscore in a number', 'staging: [1_000]'],
  ['base 60', 'staging: [12:30:45]'],
  ['a binary number', 'staging: [0b11]'],
  ['infinity', 'staging: [.inf]'],
  ['not a number', 'staging: [.NaN]'],
  ['a version below one', 'staging: [0]'],
  ['half a version', 'staging: [1.5]'],
  ['a version beyond all', 'staging: [9007199254740993]'],
  ['unclosed quote', 'production: "eu'],
  ['unclosed bracket', 'staging: [1'],
  ['a text alone', 'hello'],
  ['a number alone', '7'],
  ['right-to-left', 'production: { "\u202eue": 7 }'],
  ['an endpoint that climbs', 'production: { "../../x": 7 }'],
  ['one version twice', 'staging: [7, 7]'],
  ['one version in two stages', 'production: { eu: 7 }\nrejected: [7]'],
];

const parsers: readonly (readonly [string, (text: string) => unknown])[] = [
  ['stages', (text) => parseStages(text, 'models/churn/stages.yml')],
  ['policy', (text) => parsePolicy(text, '.github/gatehouse.yml')],
  ['model', (text) => parseModelConfig(text, 'models/churn/model.yml', 'churn')],
  ['contract', (text) => parseContract(text, 'datasets/churn.yml')],
];

describe.each(parsers)('hostile %s', (_parser, parse) => {
  it.each(corpus)('%s is refused, with a place, in time', (_name, text) => {
    const started = process.cpuUsage();
    let thrown: unknown;
    try {
      parse(text);
    } catch (error) {
      thrown = error;
    }
    const { user, system } = process.cpuUsage(started);
    expect(thrown).toBeInstanceOf(InputError);
    const { code, findings } = thrown as InputError;
    expect(code).toBe('CONFIG_INVALID');
    expect(findings.length).toBeGreaterThan(0);
    for (const { where, fix, message, excerpt = '' } of findings) {
      expect(where?.line).toBeGreaterThan(0);
      expect(where?.column).toBeGreaterThan(0);
      expect(fix).not.toBe('');
      expect(message).not.toBe('');
      expect(excerpt.length).toBeLessThanOrEqual(200);
    }
    // Work, not waiting: other programs on the machine must not fail this. Measured: under 250 ms when warm.
    expect((user + system) / 1000).toBeLessThan(750);
  });
});

describe('hostile files that are shown', () => {
  it.each(corpus)('%s does not trouble locate', (_name, text) => {
    expect(locate(text, '/staging/0', 'x.yml').file).toBe('x.yml');
  });
});

describe('what looks odd and is fine', () => {
  const expected = { production: { eu: 7 }, staging: [8], candidate: [], archived: [], rejected: [] };
  it.each([
    ['CRLF', 'production: { eu: 7 }\r\nstaging: [8]\r\n'],
    ['a byte order mark', '\uFEFFproduction: { eu: 7 }\nstaging: [8]\n'],
    ['comments', '# what serves\nproduction: # here\n  eu: 7 # now\nstaging:\n- 8\n'],
    ['a document start', '---\nproduction: { eu: 7 }\nstaging: [8]\n'],
    ['quotes', '"production": { \'eu\': 7 }\nstaging: [8]\n'],
  ])('%s', (_name, text) => {
    expect(parseStages(text, 's.yml')).toEqual(expected);
  });

  it.each(['', '\n\n', '# nothing yet\n', '\uFEFF# nothing yet', 'production: {}\n', 'production:\n'])(
    '%j asks for nothing',
    (text) => {
      expect(parseStages(text, 's.yml')).toEqual({
        production: {},
        staging: [],
        candidate: [],
        archived: [],
        rejected: [],
      });
    },
  );
});
