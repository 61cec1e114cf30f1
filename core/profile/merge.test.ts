import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildProfile } from './build.ts';
import { smallLimits, tables, takeRows } from './cells.fixture.ts';
import { emptyProfile, mergeProfiles } from './merge.ts';
import { toPublicProfile } from './private.ts';
import { maxBuckets, maxValues, type Profile } from './profile.ts';

const split = fc.record({
  table: tables,
  /** Part of each row. */
  parts: fc.array(fc.nat({ max: 7 }), { minLength: 40, maxLength: 40 }),
  order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 }),
});

const columnOf = (profile: Profile, name: string) => {
  const column = profile.columns.find((found) => found.name === name);
  if (column === undefined) throw new TypeError(`no column ${name}`);
  return column;
};

describe('merging profiles', () => {
  it('equals the profile of one pass, for any split and any order', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(split, ({ table, parts, order }) => {
        const profiles = order.map((part) =>
          buildProfile(
            takeRows(table, (row) => parts[row] === part),
            smallLimits,
          ),
        );
        const whole = buildProfile(table, smallLimits);
        for (const { type, distribution } of whole.columns) kinds.add(`${type} ${distribution.kind}`);
        expect(mergeProfiles(profiles, smallLimits)).toEqual(whole);
      }),
      { numRuns: 300 },
    );
    // Otherwise the property would say nothing about the forms that matter.
    expect([...kinds]).toEqual(
      expect.arrayContaining([
        'integer buckets',
        'number buckets',
        'text many',
        'timestamp many',
        'number values',
      ]),
    );
  });

  it('does not depend on how the parts are grouped', () => {
    fc.assert(
      fc.property(tables, tables, tables, (a, b, c) => {
        const [x, y, z] = [a, b, c].map((table) => buildProfile(table, smallLimits)) as [
          Profile,
          Profile,
          Profile,
        ];
        const merge = (...parts: Profile[]) => mergeProfiles(parts, smallLimits);
        expect(merge(merge(x, y), z)).toEqual(merge(x, merge(y, z)));
        expect(merge(z, x)).toEqual(merge(x, z));
        expect(merge(emptyProfile, x, emptyProfile)).toEqual(x);
      }),
      { numRuns: 100 },
    );
  });

  it('counts times by day, then by month, when there are too many', () => {
    const times = Array.from(
      { length: 40 },
      (_, day) => new Date(Date.UTC(2024, 0, 1 + 9 * (day % 20), Math.floor(day / 20))),
    );
    const cells = times.map((time) => time.toISOString());
    const profile = (part: readonly string[], values: number) =>
      buildProfile([{ name: 'at', type: 'timestamp', cells: part }], { ...smallLimits, values });
    const byDay = profile(cells, 20);
    expect(byDay.columns[0]?.distribution).toMatchObject({ kind: 'days', unit: 'day' });
    const byMonth = profile(cells, 19);
    expect(byMonth.columns[0]?.distribution).toEqual({
      kind: 'days',
      unit: 'month',
      days: [
        [648, 8],
        [649, 6],
        [650, 8],
        [651, 6],
        [652, 6],
        [653, 6],
      ],
    });
    for (const [values, whole] of [
      [20, byDay],
      [19, byMonth],
    ] as const) {
      const parts = [cells.slice(0, 3), cells.slice(3, 30), cells.slice(30)];
      const merged = mergeProfiles(
        parts.map((part) => profile(part, values)),
        { ...smallLimits, values },
      );
      expect(merged).toEqual(whole);
    }
  });

  it('keeps to the real limits: 10,000 values, then buckets of few', () => {
    const cells = Array.from({ length: 30_000 }, (_, at) => String((at * 7919) % 20_011));
    const column = (part: readonly string[]) => [{ name: 'n', type: 'integer', cells: part }] as const;
    const whole = buildProfile(column(cells));
    const merged = mergeProfiles(
      [0, 1, 2].map((at) => buildProfile(column(cells.slice(10_000 * at, 10_000 * at + 10_000)))),
    );
    expect(merged).toEqual(whole);
    const { distribution, distinct, min, max, moments } = columnOf(merged, 'n');
    expect(distribution).toMatchObject({ kind: 'buckets', level: 0 });
    if (distribution.kind !== 'buckets') return;
    expect(distribution.buckets.length).toBeLessThan(maxBuckets);
    expect(distribution.buckets.reduce((sum, [, count]) => sum + count, 0)).toBe(30_000);
    expect({ distinct, min, max, count: moments?.count }).toEqual({
      distinct: null,
      min: '0',
      max: '20010',
      count: 30_000,
    });
    const kept = buildProfile(column(Array.from({ length: maxValues }, (_, at) => String(at))));
    expect(columnOf(kept, 'n').distinct).toBe(maxValues);
  });

  it('keeps long texts short: extremes are cut, too much text is not listed', () => {
    const long = 'é'.repeat(600_000);
    const profile = (...cells: string[]) => buildProfile([{ name: 't', type: 'text', cells }]);
    const merged = mergeProfiles([profile(`${long}a`), profile(`${long}b`)]);
    expect(merged).toEqual(profile(`${long}a`, `${long}b`));
    expect(columnOf(merged, 't')).toMatchObject({
      min: 'é'.repeat(200),
      max: 'é'.repeat(200),
      lengths: { min: 600_001, max: 600_001 },
      distribution: { kind: 'many' },
    });
    expect(columnOf(profile(`${long}a`), 't').distribution.kind).toBe('values');
  });

  it('refuses parts of different tables', () => {
    const a = buildProfile([{ name: 'a', type: 'integer', cells: ['1'] }]);
    const b = buildProfile([{ name: 'a', type: 'number', cells: ['1'] }]);
    expect(() => mergeProfiles([a, b])).toThrow(expect.objectContaining({ code: 'PROFILE_MERGE' }));
    expect(() => mergeProfiles([a, { v: 1, rows: 1, columns: [] }])).toThrow(
      expect.objectContaining({ code: 'PROFILE_MERGE' }),
    );
  });
});

describe('the public profile', () => {
  const privacyOf = (column: string) =>
    column === 'the text' ? 'personal' : column === 'the number' ? 'secret' : 'none';

  it('tells nothing of private columns but their numbers of cells', () => {
    const table = [
      { name: 'the text', type: 'text', cells: ['Ada Lovelace', null, 'Grace Hopper'] },
      { name: 'the integer', type: 'integer', cells: ['1815', 'x', '1906'] },
      { name: 'the number', type: 'number', cells: ['47.25', '47.25', '47.25'] },
    ] as const;
    const shown = toPublicProfile(buildProfile(table), privacyOf);
    expect(JSON.stringify(shown)).not.toMatch(/Ada|Grace|Lovelace|Hopper|47|12/);
    expect(shown.rows).toBe(3);
    expect(columnOf(shown, 'the text')).toEqual({
      name: 'the text',
      type: 'text',
      nulls: 1,
      unreadable: 0,
      distinct: null,
      min: null,
      max: null,
      moments: null,
      lengths: null,
      distribution: { kind: 'hidden' },
    });
    expect(columnOf(shown, 'the integer')).toMatchObject({ min: '1815', max: '1906', unreadable: 1 });
  });

  it('is the same whether parts are hidden before or after merging', () => {
    fc.assert(
      fc.property(tables, tables, (a, b) => {
        const parts = [a, b].map((table) => buildProfile(table, smallLimits));
        const after = toPublicProfile(mergeProfiles(parts, smallLimits), privacyOf);
        const before = parts.map((part) => toPublicProfile(part, privacyOf));
        expect(mergeProfiles(before, smallLimits)).toEqual(after);
        expect(mergeProfiles([before[0] ?? emptyProfile, parts[1] ?? emptyProfile], smallLimits)).toEqual(
          after,
        );
      }),
      { numRuns: 50 },
    );
  });
});
