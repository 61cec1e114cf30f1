import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildProfile } from './build.ts';
import { smallLimits, tables } from './cells.fixture.ts';
import { parseProfile, renderProfile } from './parse-profile.ts';
import { toPublicProfile } from './private.ts';
import type { ColumnProfile, Profile } from './profile.ts';

const refused = (text: string, limits?: typeof smallLimits) =>
  expect(() => parseProfile(text, 'profiles/flights.json', limits));
const isInvalid = expect.objectContaining({
  code: 'PROFILE_INVALID',
  where: expect.objectContaining({ file: 'profiles/flights.json' }),
});

describe('reading a profile', () => {
  it('gives back what was written, with or without private columns', () => {
    fc.assert(
      fc.property(tables, fc.boolean(), (table, small) => {
        const limits = small ? smallLimits : undefined;
        const profile = buildProfile(table, limits);
        expect(parseProfile(renderProfile(profile), 'p', limits)).toEqual(profile);
        const shown = toPublicProfile(profile, () => 'personal');
        expect(parseProfile(renderProfile(shown), 'p', limits)).toEqual(shown);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['a doubled key', '{"v":1,"v":1,"rows":0,"columns":[]}'],
    ['another version', '{"v":2,"rows":0,"columns":[]}'],
    ['a further key', '{"v":1,"rows":0,"columns":[],"more":1}'],
    ['rows that are no count', '{"v":1,"rows":-1,"columns":[]}'],
    ['rows that are not finite', '{"v":1,"rows":1e999,"columns":[]}'],
    ['a list', '[]'],
  ])('refuses %s', (_, text) => {
    refused(text).toThrow(isInvalid);
  });

  it('refuses any changed number, whichever it is', () => {
    const whole = renderProfile(
      buildProfile([
        { name: 'i', type: 'integer', cells: ['1', '2', '2', null, 'x'] },
        { name: 't', type: 'text', cells: ['a', 'bc', 'bc', 'a', 'a'] },
      ]),
    );
    const numbers = [...whole.matchAll(/(?<=[:,[])\d+(?=[,\]}])/g)];
    expect(numbers.length).toBeGreaterThan(15);
    const accepted = numbers.filter(({ 0: number, index }) => {
      const changed = whole.slice(0, index) + String(Number(number) + 1) + whole.slice(index + number.length);
      try {
        parseProfile(changed, 'p');
        return true;
      } catch {
        return false;
      }
    });
    expect(accepted).toEqual([]);
  });
});

const base = buildProfile(
  [
    { name: 'n', type: 'number', cells: ['0.5', '1', '2', '3', '4', '5', '6', '700'] },
    { name: 'at', type: 'timestamp', cells: [1, 2, 3, 4, 5, 6, 7, 8].map((day) => `2024-01-0${day}`) },
    { name: 'word', type: 'text', cells: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] },
    { name: 'few', type: 'text', cells: ['a', 'a', 'a', 'a', 'a', 'a', 'b', 'b'] },
  ],
  { ...smallLimits, values: 7 },
);

function change(at: number, patch: Partial<Record<keyof ColumnProfile, unknown>>): string {
  const columns = base.columns.map((column, index) => (index === at ? { ...column, ...patch } : column));
  return JSON.stringify({ ...base, columns });
}

const moments = base.columns[0]?.moments;

describe('refuses a column', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['with more empty cells than rows', change(0, { nulls: 9 })],
    ['with a missing value', change(0, { nulls: 1 })],
    [
      'with buckets out of order',
      change(0, {
        distribution: {
          kind: 'buckets',
          level: 2,
          buckets: [
            [40000, 4],
            [30000, 4],
          ],
        },
      }),
    ],
    [
      'with a bucket twice',
      change(0, {
        distribution: {
          kind: 'buckets',
          level: 2,
          buckets: [
            [30000, 4],
            [30000, 4],
          ],
        },
      }),
    ],
    [
      'with a bucket beyond the doubles',
      change(0, { distribution: { kind: 'buckets', level: 7, buckets: [[99999, 8]] } }),
    ],
    ['whose min is in no bucket', change(0, { min: '0.001' })],
    ['whose max is no number', change(0, { max: 'many' })],
    ['whose min is not canonical', change(0, { min: '0.50' })],
    ['whose min is missing', change(0, { min: null })],
    ['of numbers that cannot be compared', change(0, { distribution: { kind: 'many' } })],
    ['without moments', change(0, { moments: null })],
    ['with moments of other rows', change(0, { moments: { ...moments, count: 7 } })],
    ['with moments at another scale', change(0, { moments: { ...moments, scale: 60 } })],
    ['with impossible moments', change(0, { moments: { ...moments, squares: '1' } })],
    ['with more different values than rows', change(0, { distinct: 9 })],
    ['of times in buckets', change(1, { distribution: { kind: 'buckets', level: 0, buckets: [[1, 8]] } })],
    ['of times with a sum', change(1, { moments })],
    [
      'of times beyond the calendar',
      change(1, { distribution: { kind: 'days', unit: 'day', days: [[9e6, 8]] } }),
    ],
    ['of texts without lengths', change(2, { lengths: null })],
    ['of texts with lengths out of order', change(2, { lengths: { min: 2, max: 1 } })],
    ['of texts with long extremes', change(2, { max: 'x'.repeat(201) })],
    ['that says it has no value', change(2, { distribution: { kind: 'none' } })],
    ['that is hidden and tells', change(3, { distribution: { kind: 'hidden' } })],
    [
      'with values out of order',
      change(3, {
        distribution: {
          kind: 'values',
          values: [
            ['b', 2],
            ['a', 6],
          ],
        },
      }),
    ],
    [
      'with a count of zero',
      change(3, {
        distribution: {
          kind: 'values',
          values: [
            ['a', 8],
            ['b', 0],
          ],
        },
      }),
    ],
    ['with another number of values', change(3, { distinct: 3 })],
    ['with other lengths', change(3, { lengths: { min: 1, max: 2 } })],
    [
      'with too many values',
      change(2, {
        distinct: 8,
        distribution: { kind: 'values', values: [...'abcdefgh'].map((x) => [x, 1]) },
      }),
    ],
    ['with half a character', change(2, { min: '\ud800' })],
    ['of another type', change(2, { type: 'boolean' })],
    ['of no type', change(2, { type: 'blob' })],
    ['twice', JSON.stringify({ ...base, columns: [base.columns[0], base.columns[0]] })],
  ];

  it('none of which is the one that was changed', () => {
    expect(parseProfile(JSON.stringify(base), 'p', { ...smallLimits, values: 7 })).toEqual(
      base satisfies Profile,
    );
  });

  it.each(cases)('%s', (_, text) => {
    refused(text, { ...smallLimits, values: 7 }).toThrow(isInvalid);
  });

  it('without telling its values', () => {
    const text = change(3, {
      distribution: {
        kind: 'values',
        values: [
          ['s3cret', 2],
          ['a', 6],
        ],
      },
      min: 's3cret',
    });
    expect.assertions(1);
    try {
      parseProfile(text, 'p');
    } catch (error) {
      expect(String(error)).not.toContain('s3cret');
    }
  });
});
