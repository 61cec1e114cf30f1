import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnType } from '../config/contract.ts';
import { parseExpression } from '../config/expression-parser.ts';
import type { SliceConfig } from '../config/slices.ts';
import { parseFeatures } from './feature-columns.ts';
import { findRows } from './row-expression.ts';
import { makeSlices } from './slices.ts';

const csv = [
  'id,carrier,distance,when,red,note',
  '1,AA,100,2026-01-05T07:30:00Z,true,x',
  '2,B6,500,2026-02-01T00:00:00Z,FALSE,Žluť',
  '3,AA,,2026-01-05T23:00:00Z,,',
  '4,"C,C",1000,2026-12-31T12:00:00Z,true,😀😀',
  '5,,1500,,false,x',
].join('\n');
const keys = ['5', '1', '2', '3', '4'];
const read = (types?: ReadonlyMap<string, ColumnType>) =>
  parseFeatures(csv, { source: 'f.csv', key: 'id', keys, ...(types ? { types } : {}) });

const config = (part: Partial<SliceConfig>): SliceConfig => ({
  declared: [],
  pairs: false,
  search: null,
  minimumRows: 1,
  metrics: null,
  ...part,
});

const condition = (text: string) => {
  const found = parseExpression(text);
  if (found.kind === 'fault') throw new Error(found.fault.message);
  return found.expression;
};
/** Keys of the rows that an expression finds. */
const find = (text: string, types?: ReadonlyMap<string, ColumnType>) => {
  const rows = findRows(condition(text), read(types));
  return typeof rows === 'string' ? rows : [...rows].map((row) => keys[row]).join('');
};

describe('parseFeatures', () => {
  it('tells types from cells, in the order of the truth', () => {
    const { columns, missingRows } = read();
    expect([...columns].map(([name, { type }]) => [name, type])).toEqual([
      ['carrier', 'text'],
      ['distance', 'number'],
      ['when', 'timestamp'],
      ['red', 'boolean'],
      ['note', 'text'],
    ]);
    expect(columns.get('distance')?.numbers).toEqual(Float64Array.of(1500, 100, 500, Number.NaN, 1000));
    expect(missingRows).toBe(0);
  });

  it('counts rows that it does not have, and leaves out those that nobody asked for', () => {
    const table = parseFeatures('id,a\n9,x\n7,y\n', { source: 'f.csv', key: 'id', keys: ['7', '8'] });
    expect(table).toMatchObject({ rows: 2, missingRows: 1 });
    expect(makeSlices(config({}), table).findings).toMatchObject([{ code: 'evaluation/features-missing' }]);
  });

  it('reads JSON Lines, and many numbers without a dictionary', () => {
    const lines = Array.from({ length: 1_500 }, (_, row) =>
      JSON.stringify({ id: row, a: row / 3, b: row % 2 === 0 }),
    );
    const table = parseFeatures(lines.join('\n'), {
      source: 'f.jsonl',
      key: 'id',
      keys: lines.map((_, row) => String(row)),
    });
    expect(table.columns.get('a')).toMatchObject({ type: 'number', codes: null });
    expect(table.columns.get('b')).toMatchObject({ type: 'boolean', values: ['true', 'false'] });
    const every = { kind: 'values', column: 'a', values: null } as const;
    expect(makeSlices(config({ declared: [every] }), table).findings).toMatchObject([
      { code: 'evaluation/slice-impossible', column: 'a' },
    ]);
  });

  it('tells a missing number from one where there are too many for a dictionary', () => {
    const lines = Array.from({ length: 1_200 }, (_, row) => `${row},${row === 7 ? '' : row / 7}`);
    const table = parseFeatures(`id,a\n${lines.join('\n')}\n`, {
      source: 'f',
      key: 'id',
      keys: lines.map((_, row) => String(row)),
    });
    expect(findRows(condition('a is missing'), table)).toEqual(Uint32Array.of(7));
    expect(findRows(condition('a is present'), table)).toHaveLength(1_199);
  });

  it('takes the first of two rows with one key, and refuses broken rows', () => {
    const file = { source: 'f', key: 'id', keys: ['1'] };
    expect(parseFeatures('id,a\n1,x\n1,y\n', file).columns.get('a')?.values).toEqual(['x']);
    expect(() => parseFeatures('id,a\n1,x,3\n', file)).toThrow(
      expect.objectContaining({ code: 'FEATURES_INVALID' }),
    );
    const lines = '{"id":"1","a":null,"b":2.5,"c":[1]}\n';
    expect([...parseFeatures(lines, file).columns].map(([name, { values }]) => [name, values])).toEqual([
      ['a', []],
      ['b', ['2.5']],
      ['c', []],
    ]);
  });

  it('refuses a table without its key', () => {
    expect(() => parseFeatures('a,b\n1,2\n', { source: 'f.csv', key: 'id', keys: [] })).toThrow(
      expect.objectContaining({ code: 'FEATURES_INVALID' }),
    );
  });
});

describe('findRows', () => {
  it.each([
    ['distance >= 500', '524'],
    ['not distance >= 500', '1'],
    ['distance is missing', '3'],
    ['distance is present and carrier is missing', '5'],
    ["carrier = 'AA'", '13'],
    ["carrier != 'AA'", '24'],
    ["carrier in ('AA', 'C,C')", '134'],
    ["not carrier in ('AA')", '24'],
    ['distance in (100, 1000)', '14'],
    // Unknown or true is true, unknown and false is false: three values, as in SQL.
    ["distance > 0 or carrier = 'AA'", '51234'],
    ["not (distance > 0 and carrier = 'B6')", '134'],
    ['1000 / (distance - 500) > 0', '54'],
    ['-distance < -999', '54'],
    ['abs(distance - 300) <= 200', '12'],
    ['length(note) = 2', '4'],
    ["lower(note) = 'žluť'", '2'],
    ["when < '2026-02-01'", '13'],
    ["when in ('2026-02-01')", '2'],
    ['weekday(when) = 1 and hour(when) < 12', '1'],
    ['year(when) = 2026 and month(when) = 12 and day(when) = 31', '4'],
    ['year(when) = month(when)', ''],
    ['distance + 1 > 1000 and distance - 1 < 1400', '4'],
    ['distance * 2 = 200', '1'],
    ["length(carrier) > 5 or lower(carrier) = 'aa'", '13'],
    ['red = true', '14'],
    ['red != true', '52'],
    ["carrier > 'AA'", '24'],
    ["note >= 'x' and note <= 'x'", '51'],
  ])('%s', (text, wanted) => expect(find(text)).toBe(wanted));

  it.each([['speed > 1'], ['carrier > 1'], ["distance = 'far'"], ['distance + 1']])(
    'does not fit: %s',
    (text) => expect(find(text)).toMatch(/wanted: /),
  );

  it('takes the types of the contract over its own', () => {
    expect(find("distance = '100'", new Map([['distance', 'text']]))).toBe('1');
    expect(find('carrier > 0', new Map([['carrier', 'number']]))).toBe('');
  });

  it('orders texts by code points, as UTF-8 does', () => {
    const order = (text: string) => Buffer.from(text, 'utf8');
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 1 }),
        fc.string({ unit: 'binary', minLength: 1 }),
        (a, b) => {
          fc.pre(a.isWellFormed() && b.isWellFormed() && !/["\n\r,]/.test(a + b) && /\S/.test(a));
          const table = parseFeatures(`k,a,b\n1,"${a}","${b}"\n`, {
            source: 'f',
            key: 'k',
            keys: ['1'],
            types: new Map([
              ['a', 'text'],
              ['b', 'text'],
            ]),
          });
          const isLess = Buffer.compare(order(a), order(b)) < 0;
          expect(findRows(condition('a < b'), table)).toEqual(
            isLess ? Uint32Array.of(0) : new Uint32Array(0),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('makeSlices', () => {
  const show = (part: Partial<SliceConfig>) =>
    makeSlices(config(part), read()).slices.map(({ name, rows }) => [
      name,
      [...rows].map((row) => keys[row]).join(''),
    ]);

  it('one a value, the commonest first', () => {
    expect(show({ declared: [{ kind: 'values', column: 'carrier', values: null }] })).toEqual([
      ['carrier=AA', '13'],
      ['carrier=B6', '2'],
      ['carrier=C,C', '4'],
    ]);
    // A value that no row has is a slice of no rows: the judge says that it has too few.
    expect(show({ declared: [{ kind: 'values', column: 'carrier', values: ['ZZ', 'B6'] }] })).toEqual([
      ['carrier=ZZ', ''],
      ['carrier=B6', '2'],
    ]);
  });

  it('between edges, each in the piece above it', () => {
    expect(show({ declared: [{ kind: 'edges', column: 'distance', edges: [500, 1000] }] })).toEqual([
      ['distance<500', '1'],
      ['500<=distance<1000', '2'],
      ['distance>=1000', '54'],
    ]);
  });

  it('by expression, and by pairs of rules with rows enough', () => {
    const declared = [
      { kind: 'where', name: 'far', where: condition('distance >= 500') },
      { kind: 'values', column: 'red', values: null },
    ] as const;
    expect(show({ declared, pairs: true })).toEqual([
      ['far', '524'],
      ['red=true', '14'],
      ['red=FALSE', '2'],
      ['red=false', '5'],
      ['far & red=true', '4'],
      ['far & red=FALSE', '2'],
      ['far & red=false', '5'],
    ]);
    expect(show({ declared, pairs: true, minimumRows: 2 })).toHaveLength(4);
  });

  it('says which rule cannot be applied', () => {
    const declared = [
      { kind: 'values', column: 'speed', values: null },
      { kind: 'edges', column: 'carrier', edges: [1] },
      { kind: 'where', name: 'w', where: condition('speed > 1') },
      { kind: 'values', column: 'carrier', values: ['AA'] },
    ] as const;
    const { slices, findings } = makeSlices(config({ declared }), read());
    expect(slices).toHaveLength(1);
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual(
      Array.from({ length: 3 }, () => ['evaluation/slice-impossible', 'fail']),
    );
  });

  it('none whose name a cell spells out for other rows, nor values that look alike', () => {
    const long = 'x'.repeat(120);
    const rows = ['1', '1 & b=2', '1', '1 & b=2', `${long}1`, `${long}2`].map(
      (cell, row) => `${row},${cell},${row % 2 === 0 ? 2 : 3}`,
    );
    const table = parseFeatures(`id,a,b\n${rows.join('\n')}\n`, {
      source: 'f',
      key: 'id',
      keys: rows.map((_, row) => String(row)),
    });
    const value = (column: string) => ({ kind: 'values', column, values: null }) as const;
    const made = makeSlices(config({ declared: [value('a'), value('b')], pairs: true }), table);
    const names = made.slices.map(({ name }) => name);
    expect(names).toContain('a=1');
    expect(names).not.toContain('a=1 & b=2');
    expect(names).not.toContain(`a=${long}`);
    expect(made.findings).toMatchObject([
      { code: 'evaluation/slice-ambiguous', severity: 'warn', examples: [`a=${long}`, 'a=1 & b=2'] },
    ]);
  });

  it('never more than 500, and no name twice', () => {
    const rows = Array.from({ length: 900 }, (_, row) => `${row},${row % 30},${row % 29}`);
    const table = parseFeatures(`id,a,b\n${rows.join('\n')}\n`, {
      source: 'f',
      key: 'id',
      keys: rows.map((_, row) => String(row)),
    });
    const value = (column: string) => ({ kind: 'values', column, values: null }) as const;
    const made = makeSlices(config({ declared: [value('a'), value('b'), value('a')], pairs: true }), table);
    expect(made.slices).toHaveLength(500);
    expect(new Set(made.slices.map(({ name }) => name)).size).toBe(500);
    expect(made.findings).toMatchObject([{ code: 'evaluation/slices-many' }]);
    // Evidence that is too large is read by nobody.
    const rule = config({ declared: [value('a'), value('b')], pairs: true });
    const many = makeSlices(rule, table, 20);
    expect(many.slices).toHaveLength(200);
    expect(many.findings).toMatchObject([{ code: 'evaluation/slices-many', allowed: '200' }]);
  });
});
