import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tellStory } from '../audit/ledger.fixture.ts';
import { statePath } from './layout.ts';
import { after, move, staged } from './registry.fixture.ts';
import { renderModelFiles } from './render.ts';
import { parseStateFile, readStateSlowly } from './state-file.ts';
import { readStateQuickly } from './state-quick.ts';

const story = tellStory();
const texts = [
  ...['flight-delay', 'churn'].map((model) => story.files.get(statePath(model)) ?? ''),
  stateText(after(staged('a'))),
  stateText(after(staged('a'), move({}), staged('b'), move({ version: 2, endpoint: 'us' }))),
];

function stateText(state: ReturnType<typeof after>): string {
  return renderModelFiles(state, { modelCard: () => '' }).get(statePath(state.model)) ?? '';
}

describe('a state file', () => {
  test('that the app wrote is read without YAML, and says the same', () => {
    for (const text of texts) {
      expect(readStateQuickly(text)).toEqual(readStateSlowly(text, 'state.yml'));
      expect(readStateQuickly(text)?.stages.size).toBeGreaterThan(0);
      const { deployments, ...rest } = readStateSlowly(text, 'state.yml');
      const serving = deployments.filter(({ until }) => until === null);
      expect(readStateQuickly(text, 'serving')).toEqual({ ...rest, deployments: serving });
    }
    const [text = ''] = texts;
    const used = text.replace(
      'lastEvent:',
      `heldOut:\n  - labels: sha256:${'0'.repeat(64)}\n    lastAt: '2026-11-21T10:00:00Z'\n    looks: 3\nlastEvent:`,
    );
    expect(readStateQuickly(used)).toEqual(readStateQuickly(text));
    expect(readStateSlowly(used, 'x')).toEqual(readStateSlowly(text, 'x'));
  });

  test('that somebody else wrote is never read otherwise than as YAML', () => {
    const words = [
      'null',
      'true',
      '~',
      '0x1',
      "'",
      '"',
      ':',
      ' ',
      '\n',
      '\r',
      '\t',
      '#',
      '7',
      'serving',
      '- ',
      'é',
      '&a',
      '*a',
    ];
    const edit = fc.record({
      text: fc.constantFrom(...texts),
      at: fc.nat(),
      cut: fc.nat({ max: 12 }),
      put: fc.oneof(
        fc.constantFrom(...words),
        fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code)),
      ),
    });
    fc.assert(
      fc.property(edit, ({ text, at, cut, put }) => {
        const start = at % text.length;
        const edited = text.slice(0, start) + put + text.slice(start + cut);
        const quick = readStateQuickly(edited);
        if (quick !== null) expect(quick).toEqual(readStateSlowly(edited, 'state.yml'));
      }),
      { numRuns: 4000 },
    );
  });

  test.each([
    ['login: rita', 'login: null'],
    ['role: reviewer', 'role: yes'],
    ["'2': archived", "'1': archived"],
    ['until: serving', "until: 'serving'"],
    ["  '2': archived", "  '2': gone"],
  ])('%s as %s is left to the reader of YAML', (from, to) => {
    expect(texts[0]).toContain(from);
    expect(readStateQuickly(texts[0]?.replace(from, to) ?? '')).toBeNull();
  });

  test.each([
    ['another model', 'model: churn\n', /another model/],
    ['no YAML', 'model: [\n', /not what the app writes/],
    ['a stage that is none', "  '1': sold\n", /\/stages\/1/],
    ['a key twice', 'model: flight-delay\nmodel: flight-delay\n', /duplicated/],
  ])('is refused for %s', (_, line, message) => {
    const pattern = line.startsWith('  ') ? /^ {2}'1': production\n/m : /^model: flight-delay\n/m;
    const text = texts[0]?.replace(pattern, line) ?? '';
    expect(() => parseStateFile(text, 'models/flight-delay/state.yml', 'flight-delay')).toThrow(message);
  });
});
