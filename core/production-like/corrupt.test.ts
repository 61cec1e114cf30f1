import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Corruption, CorruptionSuite } from '../config/production-like.ts';
import { productionLikeSchema } from '../config/production-like-schema.ts';
import { corruptRow, planCorruptions, type RecordedTable } from './corrupt.ts';
import { reformat, rescale, truncate } from './format.ts';

const header = ['row', 'date', 'distance', 'origin', 'destination'];
const recordedTable: RecordedTable = {
  columns: ['distance', 'origin'],
  rows: [
    ['', '?'],
    ['9', 'LHR'],
  ],
};
const recorded = new Map([['data/recorded.csv', recordedTable]]);
const all: readonly Corruption[] = [
  { name: 'lost', kind: 'missing', columns: ['distance'], share: 0.2 },
  { name: 'dates', kind: 'format', columns: ['date'], share: 0.3, as: 'day-first' },
  { name: 'metres', kind: 'units', columns: ['distance'], share: 0.3, factor: 1609.344 },
  { name: 'cut', kind: 'truncate', columns: ['origin', 'destination'], share: 0.3, characters: 2 },
  { name: 'unseen', kind: 'categories', columns: ['origin'], share: 0.3, value: 'unknown' },
  { name: 'swapped', kind: 'swap', columns: ['origin', 'destination'], share: 0.3 },
  { name: 'real', kind: 'recorded', columns: ['origin', 'distance'], share: 0.3, file: 'data/recorded.csv' },
];
const suiteOf = (corruptions: readonly Corruption[], seed = 7): CorruptionSuite => ({ seed, corruptions });
const plan = (suite: CorruptionSuite) => planCorruptions(suite, header, 'row', recorded);
const rowOf = (key: number | string) => [String(key), '2026-03-04', '100', 'ABE', 'ORD'];
const rows = Array.from({ length: 4000 }, (_, at) => rowOf(at));

describe('one row', () => {
  it.each<readonly [Corruption['kind'], readonly string[]]>([
    ['missing', ['1', '2026-03-04', '', 'ABE', 'ORD']],
    ['format', ['1', '04.03.2026', '100', 'ABE', 'ORD']],
    ['units', ['1', '2026-03-04', '160934.4', 'ABE', 'ORD']],
    ['truncate', ['1', '2026-03-04', '100', 'AB', 'OR']],
    ['categories', ['1', '2026-03-04', '100', 'unknown', 'ORD']],
    ['swap', ['1', '2026-03-04', '100', 'ORD', 'ABE']],
  ])('%s', (kind, want) => {
    const corruptions = all
      .filter((one) => one.kind === kind)
      .map((one): Corruption => ({ ...one, share: 1 }));
    const { cells, changed } = corruptRow(rowOf(1), plan(suiteOf(corruptions)));
    expect(cells).toEqual(want);
    expect(changed).toEqual([want.filter((cell, at) => cell !== rowOf(1)[at]).length]);
  });

  it('recorded: cells of one real row, together', () => {
    const suite = plan(suiteOf(all.slice(6).map((one) => ({ ...one, share: 1 }))));
    const seen = new Set(rows.map((row) => corruptRow(row, suite).cells.slice(2, 4).join('|')));
    expect([...seen].sort()).toEqual(['9|LHR', '|?']);
  });

  it('takes a row that is too short as one of empty cells, and a recorded row likewise', () => {
    const hit = all.map((one) => ({ ...one, share: 1 }));
    expect(corruptRow(['1'], plan(suiteOf(hit.slice(1, 2)))).cells).toEqual(['1', '']);
    expect(corruptRow([], plan(suiteOf(hit.slice(0, 1)))).changed).toEqual([0]);
    const short = new Map([['data/recorded.csv', { columns: ['distance', 'origin'], rows: [['7']] }]]);
    const step = planCorruptions(suiteOf(hit.slice(6)), header, 'row', short);
    expect(corruptRow(rowOf(1), step).cells.slice(2, 4)).toEqual(['7', '']);
  });

  it('leaves the row that it was given as it was', () => {
    const row = rowOf(5);
    corruptRow(row, plan(suiteOf(all)));
    expect(row).toEqual(rowOf(5));
  });
});

describe('which rows are hit', () => {
  const hits = (suite: CorruptionSuite, at: number, given = rows) => {
    const planned = plan(suite);
    return given.filter((row) => (corruptRow(row, planned).changed[at] ?? 0) > 0).map(([key]) => key);
  };

  it('is the share asked for', () => {
    for (const share of [0.01, 0.25, 0.9]) {
      const found = hits(suiteOf([{ ...(all[0] as Corruption), share }]), 0).length / rows.length;
      expect(Math.abs(found - share)).toBeLessThan(0.03);
    }
  });

  it('depends on key, seed and name, not on order, other rows or other corruptions', () => {
    const one = hits(suiteOf(all), 1);
    expect(hits(suiteOf(all), 1, [...rows].reverse()).reverse()).toEqual(one);
    expect(hits(suiteOf(all), 1, rows.slice(0, 100))).toEqual(one.filter((key) => Number(key) < 100));
    expect(hits(suiteOf([...all].reverse()), 5)).toEqual(one);
    expect(hits(suiteOf(all.slice(1, 2)), 0)).toEqual(one);
    expect(hits(suiteOf(all, 8), 1)).not.toEqual(one);
    expect(hits(suiteOf(all.map((step) => ({ ...step, name: `${step.name}-2` }))), 1)).not.toEqual(one);
  });

  it('is independent from one corruption to the next', () => {
    const [first, second] = [new Set(hits(suiteOf(all), 1)), hits(suiteOf(all), 0)];
    const both = second.filter((key) => first.has(key)).length / rows.length;
    expect(Math.abs(both - (first.size / rows.length) * (second.length / rows.length))).toBeLessThan(0.02);
  });

  it('keeps every key, whatever the cells are', () => {
    const cells = fc.array(fc.string({ unit: 'binary', maxLength: 6 }), { minLength: 5, maxLength: 5 });
    const suite = plan(suiteOf(all.map((one) => ({ ...one, share: 1 }))));
    fc.assert(
      fc.property(cells, (row) => {
        const spoiled = corruptRow(row, suite);
        expect(spoiled.cells).toHaveLength(5);
        expect(spoiled.cells[0]).toBe(row[0]);
        expect(spoiled).toEqual(corruptRow(row, suite));
      }),
    );
  });
});

describe('a suite that does not fit', () => {
  const missing = (columns: readonly string[]): CorruptionSuite =>
    suiteOf([{ name: 'x', kind: 'missing', columns, share: 1 }]);

  it.each<readonly [string, () => unknown]>([
    ['PRODUCTION_LIKE_KEY', () => plan(missing(['row']))],
    ['PRODUCTION_LIKE_COLUMN', () => plan(missing(['gate']))],
    ['PRODUCTION_LIKE_COLUMN', () => planCorruptions(missing(['a']), ['row', 'a', 'a'], 'row', recorded)],
    ['PRODUCTION_LIKE_COLUMN', () => planCorruptions(missing(['a']), ['a'], 'row', recorded)],
    ['PRODUCTION_LIKE_RECORDED', () => planCorruptions(suiteOf(all), header, 'row', new Map())],
    [
      'PRODUCTION_LIKE_RECORDED',
      () =>
        planCorruptions(
          suiteOf(all),
          header,
          'row',
          new Map([['data/recorded.csv', { columns: ['origin'], rows: [['a']] }]]),
        ),
    ],
    [
      'PRODUCTION_LIKE_RECORDED',
      () =>
        planCorruptions(
          suiteOf(all),
          header,
          'row',
          new Map([['data/recorded.csv', { ...recordedTable, rows: [] }]]),
        ),
    ],
  ])('%s', (code, run) => expect(run).toThrow(expect.objectContaining({ code })));

  it.each([
    { corruptions: [] },
    { corruptions: [all[0], all[0]] },
    { corruptions: [{ ...all[0], share: 0 }] },
    { corruptions: [{ ...all[0], share: 1.1 }] },
    { corruptions: [{ ...all[0], share: Number.NaN }] },
    { corruptions: [{ ...all[0], columns: [] }] },
    { corruptions: [{ ...all[0], columns: ['a', 'a'] }] },
    { corruptions: [{ ...all[2], factor: 1 }] },
    { corruptions: [{ ...all[2], factor: Number.POSITIVE_INFINITY }] },
    { corruptions: [{ ...all[5], columns: ['a', 'b', 'c'] }] },
    { corruptions: [{ ...all[6], file: '../up.csv' }] },
    { corruptions: [{ ...all[1], as: 'roman' }] },
    { corruptions: [{ ...all[0], kind: 'noise' }] },
    { corruptions: [all[0]], seed: -1 },
  ])('is refused in model.yml: %j', (written) =>
    expect(productionLikeSchema.safeParse(written).success).toBe(false),
  );

  it('is read as written', () => {
    expect(productionLikeSchema.parse({ corruptions: all })).toEqual({ seed: 1, corruptions: all });
  });
});

describe('formats', () => {
  it.each([
    ['2026-03-04', 'day-first', '04.03.2026'],
    ['2026-03-04 10:00:00', 'month-first', '03/04/2026 10:00:00'],
    ['2026-03-04T10:00', 'compact', '20260304T10:00'],
    ['2026-03-04', 'unix-seconds', '1772582400'],
    ['2026-03-04 00:00:01Z', 'unix-seconds', '1772582401'],
    ['2026-13-04', 'unix-seconds', '2026-13-04'],
    ['soon', 'day-first', 'soon'],
    ['soon', 'unix-seconds', 'soon'],
    ['-1234567.5', 'thousands', '-1,234,567.5'],
    ['12', 'thousands', '12'],
    ['1234.5', 'decimal-comma', '1234,5'],
    ['a.b', 'decimal-comma', 'a.b'],
    ['Straße', 'upper', 'STRASSE'],
    ['ABE', 'lower', 'abe'],
    ['ABE', 'spaces', ' ABE '],
    ['', 'spaces', ''],
  ] as const)('%j %s', (cell, as, want) => expect(reformat(cell, as)).toBe(want));

  it('scale numbers and nothing else, and cut whole characters', () => {
    expect(['0.1', '', ' ', 'x', '1e308'].map((cell) => rescale(cell, 3))).toEqual([
      '0.3',
      '',
      ' ',
      'x',
      '1e308',
    ]);
    expect([truncate('a😀b', 2), truncate('ab', 5), truncate('ab', 0)]).toEqual(['a😀', 'ab', '']);
  });
});
