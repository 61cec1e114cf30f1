import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnType } from '../config/contract.ts';
import { bucketKey } from '../profile/bucket.ts';
import {
  type LabelPair,
  maxLabels,
  maxPlaces,
  maxTextPairs,
  mergeAssociations,
  toAssociation,
  toTextKey,
} from './association-table.ts';
import type { Association, MeasuredRule } from './measured.ts';
import { measuredSchema } from './measured-schema.ts';

/** Each pair once, as an engine groups them. */
function group(pairs: readonly LabelPair[]): readonly LabelPair[] {
  const counts = new Map<string, LabelPair>();
  for (const [place, label, rows] of pairs) {
    const key = JSON.stringify([place, label]);
    counts.set(key, [place, label, rows + (counts.get(key)?.[2] ?? 0)]);
  }
  return [...counts.values()];
}

const tableOf = (type: ColumnType, pairs: readonly LabelPair[], shown = true): Association | null =>
  toAssociation({ column: 'f', type }, 0, group(pairs), shown);
const ruleOf = (table: Association | null): MeasuredRule => ({
  kind: 'association',
  name: 'leak',
  features: table === null ? [] : [table],
});
const merge = (type: ColumnType, parts: readonly (readonly LabelPair[])[]): MeasuredRule =>
  mergeAssociations(
    'leak',
    parts.map((part) => ruleOf(tableOf(type, part))),
    () => type,
  );

const label = fc.constantFrom('yes', 'no', 'a label that is longer than what is kept of it');
const places: Readonly<Record<'number' | 'timestamp' | 'text', fc.Arbitrary<LabelPair[0]>>> = {
  number: fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => bucketKey(value)),
    fc.constantFrom(null, '?x'),
  ),
  timestamp: fc.oneof(fc.integer({ min: -700_000, max: 2_900_000 }), fc.constant(null)),
  text: fc.constantFrom(null, 'a', 'b', '#', toTextKey('x'.repeat(100))),
};

describe('tables of parts', () => {
  it.each(['number', 'timestamp', 'text'] as const)(
    'add up to that of the whole, however the rows are cut: %s',
    (type) => {
      const rows = fc
        .array(fc.tuple(places[type], label), { maxLength: 60 })
        .map((pairs) => pairs.map(([place, text]): LabelPair => [place, toTextKey(text), 1]));
      fc.assert(
        fc.property(rows, fc.array(fc.nat({ max: 60 }), { maxLength: 4 }), (pairs, cuts) => {
          const edges = [0, ...cuts.map((cut) => Math.min(cut, pairs.length)).sort((a, b) => a - b)];
          const parts = edges.map((edge, at) => pairs.slice(edge, edges[at + 1] ?? pairs.length));
          expect(merge(type, parts)).toEqual(ruleOf(tableOf(type, pairs)));
        }),
      );
    },
  );

  it.each([
    ['number', (at: number) => bucketKey(1.5 ** (at % 1_700) * (at % 2 === 0 ? 1 : -1.01))],
    ['number', (at: number) => bucketKey(at ** 3)],
    ['timestamp', (at: number) => at * 7 - 9_000],
  ] as const)('add up also where each has fewer places than the whole: %s %#', (type, place) => {
    const pairs = Array.from(
      { length: 6_000 },
      (_, at): LabelPair => [place(at), at % 3 === 0 ? 'y' : 'n', 1],
    );
    const whole = tableOf(type, pairs);
    expect(whole?.keys?.level).toBeGreaterThan(0);
    expect(whole?.values).toBeLessThanOrEqual(maxPlaces);
    expect(whole?.values).toBeGreaterThan(maxPlaces / 8);
    expect(whole?.ordered).toBe(true);
    expect(whole?.cells.reduce((sum, [, , rows]) => sum + rows, 0)).toBe(6_000);
    for (const cuts of [
      [0, 10],
      [0, 5_000],
      [0, 1, 2_000, 4_100],
    ]) {
      const parts = cuts.map((from, at) => pairs.slice(from, cuts[at + 1] ?? 6_000));
      expect(merge(type, parts)).toEqual(ruleOf(whole));
    }
  });

  it('with too many labels together are no measure, as in one pass', () => {
    const part = (from: number) =>
      Array.from({ length: maxLabels }, (_, at): LabelPair => ['a', `l${from + at}`, 1]);
    expect(merge('text', [part(0), part(0)])).toMatchObject({ kind: 'association' });
    expect(merge('text', [part(0), part(1)])).toMatchObject({
      kind: 'unmeasured',
      because: 'the label has more than 100 different values',
    });
  });

  it('with too many texts together lose the feature', () => {
    const part = (from: number) =>
      Array.from({ length: maxTextPairs / 2 }, (_, at): LabelPair => [`v${from + at}`, 'y', 1]);
    expect(merge('text', [part(0), part(maxTextPairs / 2)])).toMatchObject({ features: [{ feature: 'f' }] });
    expect(merge('text', [part(0), part(1 + maxTextPairs / 2), part(1)])).toMatchObject({ features: [] });
  });

  it('with a private column, or without the feature in one of them, are never added up', () => {
    const pairs: readonly LabelPair[] = [['a', 'y', 1]];
    const hidden = tableOf('text', pairs, false);
    expect(hidden).toMatchObject({ values: 1, labels: 1, keys: null });
    const rules = [ruleOf(tableOf('text', pairs)), ruleOf(hidden)];
    expect(mergeAssociations('leak', rules, () => 'text')).toMatchObject({ features: [] });
    const without = [ruleOf(tableOf('text', pairs)), ruleOf(null)];
    expect(mergeAssociations('leak', without, () => 'text')).toMatchObject({ features: [] });
  });
});

it('texts are kept short, and never mistaken for the digest of another', () => {
  expect(toTextKey('LAX')).toBe('LAX');
  expect(toTextKey('x'.repeat(5_000))).toMatch(/^#[0-9a-f]{32}$/);
  const forged = toTextKey('x'.repeat(40));
  expect(toTextKey(forged)).not.toBe(forged);
});

it('a table that another job wrote is read whole or not at all', () => {
  const read = (change: object) => {
    const table = tableOf('text', [
      ['a', 'y', 1],
      [null, 'n', 2],
    ]);
    const rules = [{ kind: 'association', name: 'leak', features: [{ ...table, ...change }] }];
    const rest = { files: [], problems: [], rows: 3, columns: [], profile: null };
    return measuredSchema.safeParse({ ...rest, rules }).success;
  };
  expect(read({})).toBe(true);
  expect(read({ keys: null })).toBe(true);
  expect(read({ cells: [[2, 0, 1]] })).toBe(false);
  expect(read({ cells: [[0, 2, 1]] })).toBe(false);
  expect(read({ keys: { level: 0, values: ['a'], labels: ['n', 'y'] } })).toBe(false);
  expect(read({ keys: { level: 0, values: ['a', 'a'], labels: ['n', 'y'] } })).toBe(false);
  expect(read({ keys: { level: 65, values: [null, 'a'], labels: ['n', 'y'] } })).toBe(false);
});
