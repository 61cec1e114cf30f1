import type { ColumnType } from '../../core/config/contract.ts';
import { type Bucket, fitBuckets, toAscending } from '../../core/profile/bucket.ts';
import { mergeDistributions } from '../../core/profile/distribution.ts';
import type { ColumnProfile, Distribution } from '../../core/profile/profile.ts';
import { maxBuckets, maxExtremeCharacters } from '../../core/profile/profile.ts';
import { type Json, toCount, toText } from './ask.ts';
import { readExact, writeExact } from './cell-sql.ts';
import {
  integerSumColumns,
  readDoubleSums,
  readIntegerSums,
  type Weight,
  writeDoubleSums,
  writeFraction,
  writeIntegerSums,
  writeKey,
} from './exact-sums.ts';

/** A column with too many values to keep them: what is left of it when rows are only added up. */
export interface Reduced {
  /** Readable cells. */
  readonly count: number;
  readonly statistics: Omit<ColumnProfile, 'name' | 'type' | 'nulls' | 'unreadable' | 'distinct'>;
}

/** Aggregates of a column `value` that `readReduced` understands: always the same number for a type. */
export function writeAggregates(type: ColumnType, value: string, weight: Weight): readonly string[] {
  const count = weight === null ? `count(${value})` : `CAST(coalesce(sum(${weight}), 0) AS BIGINT)`;
  const ends = (side: 'min' | 'max'): string =>
    type === 'text'
      ? `left(${side}(${value}), ${maxExtremeCharacters})`
      : writeExact(type, `${side}(${value})`);
  const more =
    type === 'integer'
      ? writeIntegerSums(value, weight)
      : type === 'text'
        ? [`min(length(${value}))`, `max(length(${value}))`]
        : [];
  return [count, ends('min'), ends('max'), ...more];
}

export function countAggregates(type: ColumnType): number {
  return 3 + (type === 'integer' ? integerSumColumns : type === 'text' ? 2 : 0);
}

/** True for types whose values are also counted by bucket or day. */
export const hasKeys = (type: ColumnType): boolean => type !== 'text' && type !== 'boolean';

/** The columns of a query that counts by key: `c` the column, `b` the key, `x` the fraction of a double. */
export function writeKeyed(
  type: ColumnType,
  value: string,
): { readonly key: string; readonly fraction: string } {
  const fraction = type === 'number' ? writeFraction(value) : 'CAST(NULL AS BIGINT)';
  return { key: writeKey(type, value), fraction };
}

/** SELECT parts after the grouping by `c` and `b`. */
export function writeKeyCounts(weight: Weight, hasDoubles: boolean): string {
  const count = weight === null ? 'count(*)' : `CAST(sum(${weight}) AS BIGINT)`;
  return [count, ...(hasDoubles ? writeDoubleSums('x', weight) : [])].join(', ');
}

/** One key of a column with its count, and for doubles the sums of their fractions. */
export type KeyCount = readonly [Bucket, ...Json[]];

export function readReduced(
  type: ColumnType,
  aggregates: readonly (Json | undefined)[],
  keys: readonly KeyCount[],
): Reduced {
  const count = toCount(aggregates[0]);
  const [min, max] = [aggregates[1], aggregates[2]].map((cell) => readEnd(type, cell));
  const rest = aggregates.slice(3);
  return {
    count,
    statistics: {
      min: min ?? null,
      max: max ?? null,
      moments:
        type === 'integer' ? readIntegerSums(count, rest) : type === 'number' ? readDoubleSums(keys) : null,
      lengths: type === 'text' && count > 0 ? { min: toCount(rest[0]), max: toCount(rest[1]) } : null,
      distribution: toDistribution(
        type,
        keys.map(([bucket]) => bucket),
      ),
    },
  };
}

function readEnd(type: ColumnType, cell: Json | undefined): string | null {
  const text = toText(cell);
  return text === null ? null : readExact(type, text);
}

function toDistribution(type: ColumnType, keys: readonly Bucket[]): Distribution {
  const ascending = toAscending(keys);
  if (type === 'timestamp') {
    const days = { kind: 'days', unit: 'day', days: ascending } as const;
    // The merge knows when days become months.
    return mergeDistributions(type, days, { ...days, days: [] });
  }
  return hasKeys(type) ? { kind: 'buckets', ...fitBuckets(ascending, 0, maxBuckets) } : { kind: 'many' };
}
