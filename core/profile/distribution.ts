import type { ColumnType } from '../config/contract.ts';
import { type Bucket, bucketKey, coarsen, fitBuckets, toAscending } from './bucket.ts';
import { type Distribution, maxBuckets, maxValueCharacters, maxValues } from './profile.ts';
import { compareValues, countCharacters } from './value-text.ts';

type Counted = readonly [value: string, count: number];

/** How much of a distribution is kept. Tests lower it; every stored profile has the default. */
export interface ProfileLimits {
  readonly values: number;
  readonly buckets: number;
  readonly characters: number;
}

export const profileLimits: ProfileLimits = {
  values: maxValues,
  buckets: maxBuckets,
  characters: maxValueCharacters,
};

/**
 * The distribution of counted values: every value where they are few, else the finest form that fits.
 * @param values different canonical texts (`toValueText`) with counts above zero, in any order
 */
export function toDistribution(
  type: ColumnType,
  values: readonly Counted[],
  limits: ProfileLimits = profileLimits,
): Distribution {
  if (values.length === 0) return { kind: 'none' };
  if (fitsValues(type, values, limits)) {
    return { kind: 'values', values: [...values].sort(([a], [b]) => compareValues(type, a, b)) };
  }
  return reduceValues(type, values, limits);
}

/**
 * The distribution of two sets of rows together. Which form it takes depends on the union alone, because every form is
 * left only for too many values, and a union never has fewer: so the order of merging does not matter.
 */
export function mergeDistributions(
  type: ColumnType,
  a: Distribution,
  b: Distribution,
  limits: ProfileLimits = profileLimits,
): Distribution {
  if (a.kind === 'hidden' || b.kind === 'hidden') return { kind: 'hidden' };
  if (a.kind === 'none') return b;
  if (b.kind === 'none') return a;
  if (a.kind === 'many' || b.kind === 'many') return { kind: 'many' };
  if (a.kind === 'values' && b.kind === 'values') {
    return toDistribution(type, addCounts([...a.values, ...b.values]), limits);
  }
  if (a.kind === 'buckets' || b.kind === 'buckets') return mergeBuckets(a, b, limits);
  return mergeDays(a, b, limits);
}

/** Numbers as buckets, whether they are kept one by one or not; null for what is neither. */
export function toBuckets(distribution: Distribution): Extract<Distribution, { kind: 'buckets' }> | null {
  if (distribution.kind === 'buckets') return distribution;
  if (distribution.kind !== 'values') return null;
  const keyed = distribution.values.map(([text, count]) => [bucketKey(Number(text)), count] as const);
  return { kind: 'buckets', level: 0, buckets: toAscending(addCounts(keyed)) };
}

/** Times as days or months, whether they are kept one by one or not; null for what is neither. */
export function toDays(distribution: Distribution): Extract<Distribution, { kind: 'days' }> | null {
  if (distribution.kind === 'days') return distribution;
  if (distribution.kind !== 'values') return null;
  const keyed = distribution.values.map(([text, count]) => [toDay(text), count] as const);
  return { kind: 'days', unit: 'day', days: toAscending(addCounts(keyed)) };
}

/** Days as months. */
export function toMonths(
  days: Extract<Distribution, { kind: 'days' }>,
): Extract<Distribution, { kind: 'days' }> {
  if (days.unit === 'month') return days;
  const keyed = days.days.map(([day, count]) => [toMonth(day), count] as const);
  return { kind: 'days', unit: 'month', days: toAscending(addCounts(keyed)) };
}

const dayMilliseconds = 86_400_000;

/** UTC day number since 1970-01-01 of a canonical time. */
export function toDay(time: string): number {
  return Date.parse(`${time.slice(0, 'YYYY-MM-DD'.length)}T00:00:00Z`) / dayMilliseconds;
}

/** Month number since 1970-01 of a day number. */
export function toMonth(day: number): number {
  const date = new Date(day * dayMilliseconds);
  return 12 * (date.getUTCFullYear() - 1970) + date.getUTCMonth();
}

function fitsValues(type: ColumnType, values: readonly Counted[], limits: ProfileLimits): boolean {
  if (values.length > limits.values) return false;
  if (type !== 'text') return true;
  return values.reduce((sum, [text]) => sum + countCharacters(text), 0) <= limits.characters;
}

function reduceValues(type: ColumnType, values: readonly Counted[], limits: ProfileLimits): Distribution {
  const all: Distribution = { kind: 'values', values };
  if (type === 'integer' || type === 'number') return mergeBuckets(all, { kind: 'none' }, limits);
  return type === 'timestamp' ? mergeDays(all, { kind: 'none' }, limits) : { kind: 'many' };
}

function mergeBuckets(a: Distribution, b: Distribution, limits: ProfileLimits): Distribution {
  const parts = [a, b].flatMap((part) => toBuckets(part) ?? []);
  const level = Math.max(...parts.map((part) => part.level));
  const all = parts.flatMap((part): readonly Bucket[] => coarsen(part.buckets, part.level, level));
  return { kind: 'buckets', ...fitBuckets(toAscending(addCounts(all)), level, limits.buckets) };
}

function mergeDays(a: Distribution, b: Distribution, limits: ProfileLimits): Distribution {
  const parts = [a, b].flatMap((part) => toDays(part) ?? []);
  const unit = parts.some((part) => part.unit === 'month') ? 'month' : 'day';
  const same = unit === 'month' ? parts.map(toMonths) : parts;
  const days = toAscending(addCounts(same.flatMap((part) => part.days)));
  const merged = { kind: 'days', unit, days } as const;
  if (days.length <= limits.values) return merged;
  const months = toMonths(merged);
  return months.days.length <= limits.values ? months : { kind: 'many' };
}

/** Adds the counts of equal keys. */
function addCounts<Key>(counted: readonly (readonly [Key, number])[]): [Key, number][] {
  const counts = new Map<Key, number>();
  for (const [key, count] of counted) counts.set(key, (counts.get(key) ?? 0) + count);
  return [...counts];
}
