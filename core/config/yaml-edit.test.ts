import fc from 'fast-check';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { editYaml, type YamlEdit } from './yaml-edit.ts';
import { writeYaml } from './yaml-write.ts';

const contract = `# our flights
version: 1   # the only one
owner: { users: [omar] } # asks nobody else
rows:
  min: 1000   # a bad day has 1,100
columns:
  # the carrier knows
  - { name: delay, type: integer, max: 2880 }   # minutes
  - name: origin
    type: text   # IATA
    allowed:
      - JFK   # New York
      - "NO"

  - name: gate

drift: {}
access: []
expires: "2030-01-01"
`;

/** Lines that went (-) and came (+). */
function changed(edit: YamlEdit, text = contract): readonly string[] {
  const before = text.split('\n');
  const after = editYaml(text, edit).split('\n');
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `-${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+${line}`),
  ];
}

test('changes one value and leaves the comment beside it', () => {
  expect(changed({ kind: 'set', path: ['columns', 'delay', 'max'], value: 3000 })).toEqual([
    '-  - { name: delay, type: integer, max: 2880 }   # minutes',
    '+  - { name: delay, type: integer, max: 3000 }   # minutes',
  ]);
  expect(changed({ kind: 'set', path: ['rows', 'min'], value: 10 })).toEqual([
    '-  min: 1000   # a bad day has 1,100',
    '+  min: 10   # a bad day has 1,100',
  ]);
  expect(changed({ kind: 'set', path: ['expires'], value: '2031-01-01' })).toEqual([
    '-expires: "2030-01-01"',
    '+expires: "2031-01-01"',
  ]);
});

test('adds a key beside its neighbours, in their style', () => {
  expect(changed({ kind: 'set', path: ['columns', 'delay', 'nullable'], value: true })).toEqual([
    '-  - { name: delay, type: integer, max: 2880 }   # minutes',
    '+  - { name: delay, type: integer, max: 2880, nullable: true }   # minutes',
  ]);
  expect(changed({ kind: 'set', path: ['columns', 'gate', 'nullable'], value: true })).toEqual([
    '+    nullable: true',
  ]);
  expect(changed({ kind: 'set', path: ['columns', 'origin', 'tolerance', 'count'], value: 3 })).toEqual([
    '+    tolerance: { count: 3 }',
  ]);
  expect(changed({ kind: 'set', path: ['rows', 'max'], value: 5 })).toEqual(['+  max: 5']);
  expect(changed({ kind: 'set', path: ['drift', 'columns', 'delay', 'limit'], value: 0.3 })).toEqual([
    '-drift: {}',
    '+drift: { columns: { delay: { limit: 0.3 } } }',
  ]);
});

test('adds to lists of both styles and makes one that is not there', () => {
  expect(
    changed({ kind: 'append', path: ['columns', 'origin', 'allowed'], values: ['EWR', 'on', '12'] }),
  ).toEqual(['+      - EWR', '+      - "on"', '+      - "12"']);
  expect(changed({ kind: 'append', path: ['access'], values: ['churn'] })).toEqual([
    '-access: []',
    '+access: [churn]',
  ]);
  expect(changed({ kind: 'append', path: ['columns'], values: [{ name: 'tail', type: 'text' }] })).toEqual([
    '+  - { name: tail, type: text }',
  ]);
  expect(changed({ kind: 'append', path: ['rules'], values: [1] })).toEqual(['+rules: [1]']);
});

test('renames a key, and fills one that has no value', () => {
  const text = 'drift:\n  columns:\n    old: { limit: 1 } # ours\nsource: # who?\n';
  expect(editYaml(text, { kind: 'rename', path: ['drift', 'columns', 'old'], to: 'new' })).toBe(
    text.replace('old', 'new'),
  );
  expect(editYaml(text, { kind: 'set', path: ['source'], value: 'us' })).toBe(
    text.replace('source:', 'source: us'),
  );
});

test('what stands in another form is refused and not rewritten', () => {
  const refused: readonly (readonly [string, YamlEdit])[] = [
    ['a: |\n  text\n', { kind: 'set', path: ['a'], value: 'b' }],
    ['a:\n  - 1\n', { kind: 'set', path: ['a'], value: 'b' }],
    ['a: 1\n', { kind: 'set', path: ['a', 'b'], value: 1 }],
    ['a: 1\na: 2\n', { kind: 'set', path: ['a'], value: 1 }],
    ['a: &x 1\nb: *x\n', { kind: 'set', path: ['b'], value: 1 }],
    ['a: [1\n', { kind: 'set', path: ['b'], value: 1 }],
    ['', { kind: 'set', path: ['b'], value: 1 }],
    ['a: 1\n', { kind: 'rename', path: ['b'], to: 'c' }],
  ];
  for (const [text, edit] of refused) {
    expect(() => editYaml(text, edit), text).toThrow(expect.objectContaining({ code: 'YAML_EDIT' }));
  }
});

test('any text is written so that it is read as the same text, also between braces', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(load(`a: ${writeYaml(text)}\n`)).toEqual({ a: text.toWellFormed() });
      expect(load(`{ a: [${writeYaml(text)}], b: { c: ${writeYaml([text])} } }`)).toEqual({
        a: [text.toWellFormed()],
        b: { c: [text.toWellFormed()] },
      });
    }),
    { numRuns: 300 },
  );
});

const name = fc.constantFrom('delay', 'gate', 'tail number', 'on', 'a:b', '#x');
const comment = fc.constantFrom('', ' # why', '   # {"a": [1]}');
const column = fc.record({
  flow: fc.boolean(),
  comment,
  before: fc.constantFrom('', '\n', '  # about it\n'),
});

/** A contract in one of many layouts that people use. */
const layout = fc
  .record({
    names: fc.uniqueArray(name, { minLength: 1 }),
    columns: fc.array(column, { minLength: 6, maxLength: 6 }),
    after: fc.constantFrom('', '\n# the end\n', 'access: [a] # all\n'),
    crlf: fc.boolean(),
    mark: fc.boolean(),
    cut: fc.boolean(),
  })
  .map(({ names, columns, after, crlf, mark, cut }) => {
    const items = names.map((each, at) => {
      const { flow, comment: note, before } = columns[at] ?? { flow: true, comment: '', before: '' };
      const quoted = JSON.stringify(each);
      const item = flow
        ? `  - { name: ${quoted}, type: text, max: 5 }${note}\n`
        : `  - name: ${quoted}${note}\n    type: text\n    max: 5${note}\n`;
      return `${before}${item}`;
    });
    const text = `version: 1\ncolumns:\n${items.join('')}${after}`;
    const whole = crlf ? text.replaceAll('\n', '\r\n') : text;
    return { names, text: `${mark ? '\uFEFF' : ''}${cut ? whole.trimEnd() : whole}` };
  });

const value = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string(),
  fc.boolean(),
);

test('whatever the layout, an edit adds or replaces in one place and every other byte stays', () => {
  fc.assert(
    fc.property(
      layout,
      fc.nat(),
      value,
      fc.constantFrom('max', 'nullable', 'columns'),
      ({ names, text }, at, given, key) => {
        const target = names[at % names.length] ?? '';
        const edit: YamlEdit =
          key === 'columns'
            ? { kind: 'append', path: ['columns'], values: [{ name: 'new one', max: given }] }
            : { kind: 'set', path: ['columns', target, key], value: given };
        const after = editYaml(text, edit);
        const start = commonLength(text, after);
        const end = Math.min(
          commonLength([...text].reverse().join(''), [...after].reverse().join('')),
          text.length - start,
        );
        const gone = text.slice(start, text.length - end);
        // Only the old value may go.
        expect(key === 'max' ? ['', '5'] : ['']).toContain(gone);
        expect(after.includes('\r\n')).toBe(text.includes('\r\n'));
        expect(after.split(/\r?\n/).length - text.split(/\r?\n/).length).toBeLessThanOrEqual(1);
      },
    ),
    { numRuns: 300 },
  );
});

function commonLength(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}
