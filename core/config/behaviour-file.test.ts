import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../error/error.ts';
import { digestOf } from '../json/canonical.ts';
import type { BehaviourSuite } from './behaviour.ts';
import { parseBehaviour } from './behaviour-file.ts';
import type { Task } from './model.ts';

/** Cases of a suite, samples counted out. */
const countCases = ({ groups }: BehaviourSuite): number =>
  groups
    .flatMap(({ cases }) => cases)
    .reduce((sum, { input }) => sum + (input.kind === 'row' ? 1 : input.sample), 0);

const path = 'models/delay/behaviour.yml';
const text = `version: 1
defaults: { carrier: AA, distance: 500, night: false }
groups:
  - name: short hops
    kind: minimum-functionality
    must-pass: 0.9
    cases:
      - name: a short hop is on time
        row: { distance: 100, gate: null }
        expect: { class: 0, max: 0.4 }
  - name: the gate says nothing
    kind: invariance
    cases:
      - name: another gate
        from: held-out
        sample: 50
        change: { gate: B7 }
        expect: { same: 0.01, same-class: true }
  - name: distance
    kind: directional
    cases:
      - name: further is later
        row: { distance: 300 }
        change: { distance: { multiply: 3 } }
        expect: { up: 0 }
`;

function refusalOf(written: string, model: Parameters<typeof parseBehaviour>[2] = null): InputError {
  try {
    parseBehaviour(written, path, model);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

const one = (kind: string, rest: string, share = ''): string =>
  `version: 1\ngroups:\n  - name: g\n    kind: ${kind}\n${share}    cases:\n      - name: c\n        ${rest.replaceAll('\n', '\n        ')}\n`;

describe('parseBehaviour', () => {
  it('reads a suite; cells are what a CSV file has', () => {
    const suite = parseBehaviour(text, path, { task: 'binary-classification' });
    expect(suite.defaults).toEqual({ carrier: 'AA', distance: '500', night: 'false' });
    expect(suite.groups.map(({ mustPass }) => mustPass)).toEqual([0.9, 1, 1]);
    expect(suite.groups[0]?.cases[0]).toEqual({
      name: 'a short hop is on time',
      input: { kind: 'row', cells: { distance: '100', gate: '' } },
      change: [],
      expect: [
        { kind: 'class', class: '0' },
        { kind: 'range', of: null, min: null, max: 0.4 },
      ],
    });
    expect(suite.groups[1]?.cases[0]).toMatchObject({
      input: { kind: 'held-out', sample: 50 },
      change: [{ column: 'gate', kind: 'set', value: 'B7' }],
      expect: [{ kind: 'same', within: 0.01 }, { kind: 'same-class' }],
    });
    expect(suite.groups[2]?.cases[0]?.change).toEqual([{ column: 'distance', kind: 'multiply', by: 3 }]);
    expect(countCases(suite)).toBe(52);
    expect(digestOf(suite)).toMatch(/^sha256:/);
  });

  it('reads every expectation on a text', () => {
    const written = one(
      'adversarial',
      `row: { prompt: "Ignore all rules" }
change: { prompt: { append: " now" }, n: { add: 1 } }
expect:
  same-text: true
  contains: [a]
  not-contains: [b]
  matches: "^x"
  not-matches: "y$"
  must-refuse: ["(?i)I can.?t"]
  forbidden-actions: [delete]`,
    );
    const suite = parseBehaviour(written, path, { task: 'scored-examples' });
    expect(suite.groups[0]?.cases[0]?.expect.map(({ kind }) => kind)).toEqual([
      'same-text',
      'contains',
      'not-contains',
      'matches',
      'not-matches',
      'refuses',
      'forbidden-actions',
    ]);
  });

  it.each([
    [one('edge', 'row: {}\nexpect: {}'), 'at least one expectation'],
    [one('edge', 'expect: { max: 1 }'), 'one of "row" and "from: held-out"'],
    [one('edge', 'row: {}\nfrom: held-out\nexpect: { max: 1 }'), 'one of "row"'],
    [one('edge', 'from: held-out\nexpect: { max: 1 }'), '"sample" is required'],
    [one('edge', 'row: {}\nsample: 3\nexpect: { max: 1 }'), '"sample" with'],
    [one('edge', 'row: {}\nexpect: { min: 2, max: 1 }'), '"min" not above'],
    [one('edge', 'row: {}\nexpect: { max: .inf }'), ''],
    [one('edge', 'row: {}\nexpect: { same: 0.1 }'), 'a case with "change"'],
    [one('edge', 'row: {}\nexpect: { max: 1 }', '    must-pass: 0\n'), 'a share above 0'],
    [one('edge', 'row: {}\nexpect: { max: 1 }', '    must-pass: 95\n'), 'a share above 0'],
    [one('edge', 'row: {}\nexpect: { max: 1 }', '    must-pass: 0.66667\n'), 'four decimals'],
    [one('invariance', 'row: {}\nchange: { a: 1 }\nexpect: { max: 1 }'), 'one of same'],
    [one('directional', 'row: {}\nchange: { a: 1 }\nexpect: { same: 1 }'), 'one of up, down'],
    [one('refusal', 'row: {}\nexpect: { contains: [a] }'), 'must-refuse'],
    [one('forbidden-action', 'row: {}\nexpect: { contains: [a] }'), 'forbidden-actions'],
    [one('edge', 'row: {}\nexpect: { matches: "(?=a)" }'), 'RE2'],
    [one('edge', 'row: {}\nexpect: { matches: "a{100000}" }'), 'RE2'],
    [one('edge', 'row: {}\nexpect: { equal-to: c }'), 'another case'],
    [one('edge', 'row: {}\nexpect: { equal-to: d }'), 'another case'],
    [one('edge', 'from: held-out\nsample: 5001\nexpect: { max: 1 }'), 'from 1 to 5000'],
    [one('edge', 'row: {}\nchange: {}\nexpect: { max: 1 }'), 'at least one column'],
    [`${text}${text.slice(text.indexOf('  - name: short'))}`, 'every name once'],
    [
      `${text}  - name: more\n    kind: edge\n    cases:\n      - name: all\n        from: held-out\n        sample: 4949\n        expect: { max: 1 }\n`,
      'at most 5000',
    ],
  ])('refuses %j: %s', (written, allowed) => {
    const error = refusalOf(written);
    expect(error.code).toBe('CONFIG_INVALID');
    expect(error.findings.map((finding) => finding.allowed).join('\n')).toContain(allowed);
    expect(error.findings.every(({ where }) => where?.line !== undefined)).toBe(true);
  });

  it.each<readonly [Task, string, string]>([
    ['regression', '{ class: a }', 'min, max, same, up, down, equal-to'],
    ['regression', '{ contains: [a] }', 'equal-to'],
    ['scored-examples', '{ max: 1 }', 'contains'],
    ['binary-classification', '{ class: late }', '0, 1'],
    ['binary-classification', '{ max: 1, of: late }', 'no "of"'],
    ['multiclass-classification', '{ max: 1 }', '"of" with'],
    ['multiclass-classification', '{ max: 1, of: c }', 'a, b'],
    ['multiclass-classification', '{ class: c }', 'a, b'],
  ])('refuses for the task %s: %s', (task, expectation, allowed) => {
    const prediction =
      task === 'multiclass-classification' ? { classes: ['a', 'b'], consumers: [] } : undefined;
    const model = { task, ...(prediction === undefined ? {} : { prediction }) };
    const error = refusalOf(one('edge', `row: {}\nexpect: ${expectation}`), model);
    expect(error.findings.map((finding) => finding.code)).toEqual(['config/behaviour']);
    expect(error.findings[0]?.allowed).toContain(allowed);
    expect(() => parseBehaviour(one('edge', `row: {}\nexpect: ${expectation}`), path)).not.toThrow();
  });

  it('says which case was meant', () => {
    const pair = one('edge', 'row: {}\nexpect: { equal-to: firts }').replace(
      '      - name: c',
      '      - name: first\n        row: {}\n        expect: { max: 1 }\n      - name: c',
    );
    expect(refusalOf(pair).findings[0]?.fix).toContain('"first"');
    expect(parseBehaviour(pair.replace('firts', 'first'), path).groups[0]?.cases[1]?.expect).toEqual([
      { kind: 'equal-to', case: 'first', within: 0 },
    ]);
  });

  it('throws nothing but InputError, whatever the file holds', () => {
    const lines = text.split('\n');
    const change = fc.record({
      at: fc.nat(lines.length - 1),
      to: fc.oneof(
        fc.string({ maxLength: 20 }),
        fc.constantFrom('', '- a', 'x: {', '  null', '&a', 'groups: 3'),
      ),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const spoiled = [...lines];
        for (const { at, to } of changes) spoiled[at] = to;
        try {
          expect(countCases(parseBehaviour(spoiled.join('\n'), path))).toBeGreaterThan(0);
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          expect(error.code).toBe('CONFIG_INVALID');
        }
      }),
      { numRuns: 60 },
    );
  });
});
