import { bucketRange, coarsen } from '../profile/bucket.ts';
import { toBuckets, toDays, toMonths } from '../profile/distribution.ts';
import type { ColumnProfile, Distribution } from '../profile/profile.ts';
import { countReadable } from '../profile/statistics.ts';
import type { Sample } from '../statistics/psi.ts';
import { toValueCounts } from '../statistics/value-counts.ts';

/** The same column on both sides in one form, so that it can be compared. */
export type ColumnPair =
  | OrderedPair
  | CategoryPair
  | { readonly kind: 'not comparable'; readonly because: string };

/** Numbers, or times as days or months. */
export interface OrderedPair {
  readonly kind: 'ordered';
  readonly reference: Sample;
  readonly current: Sample;
  /** What one value stands for: `values`, `buckets of 1/128`, `days`. */
  readonly unit: string;
  /** Largest share of rows in one bucket: an error of a distribution function is never larger. 0: values are exact. */
  readonly blur: number;
}

/** Rows by value, in the same order on both sides; a last category `missing` where either side has some. */
export interface CategoryPair {
  readonly kind: 'categories';
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

/** Brings both sides of a column into one form; what cannot be compared says why. */
export function pairColumns(current: ColumnProfile, reference: ColumnProfile): ColumnPair {
  const obstacle = findObstacle(current, reference);
  if (obstacle !== null) return { kind: 'not comparable', because: obstacle };
  if (current.type === 'text' || current.type === 'boolean') return pairCategories(current, reference);
  return current.type === 'timestamp' ? pairTimes(current, reference) : pairNumbers(current, reference);
}

function findObstacle(current: ColumnProfile, reference: ColumnProfile): string | null {
  const kinds = [current.distribution.kind, reference.distribution.kind];
  if (kinds.includes('hidden')) return 'the column is private: nothing of its values is kept';
  if (familyOf(current) !== familyOf(reference)) {
    return `the column is ${current.type}, and ${reference.type} in the reference`;
  }
  if (kinds.includes('many')) return 'it has too many different values to keep them';
  return reference.distribution.kind === 'none' ? 'the reference has no value in this column' : null;
}

/** Whole and other numbers compare. */
export const familyOf = ({ type }: Pick<ColumnProfile, 'type'>): string =>
  type === 'integer' ? 'number' : type;

const missingOf = ({ nulls, unreadable }: ColumnProfile): number => nulls + unreadable;

function pairCategories(current: ColumnProfile, reference: ColumnProfile): CategoryPair {
  const [now, before] = [countsOf(current.distribution), countsOf(reference.distribution)];
  const values = [...new Set([...before.keys(), ...now.keys()])];
  const missing = missingOf(current) + missingOf(reference) > 0;
  const count = (counts: ReadonlyMap<string, number>, column: ColumnProfile): Float64Array =>
    Float64Array.from([
      ...values.map((value) => counts.get(value) ?? 0),
      ...(missing ? [missingOf(column)] : []),
    ]);
  return { kind: 'categories', reference: count(before, reference), current: count(now, current) };
}

export function countsOf(distribution: Distribution): ReadonlyMap<string, number> {
  return new Map(distribution.kind === 'values' ? distribution.values : []);
}

function pairNumbers(current: ColumnProfile, reference: ColumnProfile): OrderedPair {
  const distributions = [current.distribution, reference.distribution];
  if (!distributions.some(({ kind }) => kind === 'buckets')) {
    return toOrdered(current, reference, numbersOf, 'values');
  }
  const level = Math.max(...distributions.map((each) => toBuckets(each)?.level ?? 0));
  const blur = Math.max(...distributions.map((each) => largestShare(each, level)));
  return { ...toOrdered(current, reference, (each) => middlesOf(each, level), widthOf(level)), blur };
}

/** A bucket keeps seven bits of the mantissa at level 0, and one bit fewer for each level: then of the exponent. */
const widthOf = (level: number): string =>
  level <= 7
    ? `buckets of 1/${2 ** (7 - level)} of the value`
    : `buckets of ${2 ** (level - 7)} powers of two`;

function pairTimes(current: ColumnProfile, reference: ColumnProfile): OrderedPair {
  const both = [current, reference].map(({ distribution }) => toDays(distribution));
  const months = both.some((days) => days?.unit === 'month');
  const read = (distribution: Distribution): Counted => {
    const days = toDays(distribution);
    if (days === null) return [];
    return (months ? toMonths(days) : days).days;
  };
  return toOrdered(current, reference, read, months ? 'months' : 'days');
}

type Counted = readonly (readonly [value: number, count: number])[];

function toOrdered(
  current: ColumnProfile,
  reference: ColumnProfile,
  read: (distribution: Distribution) => Counted,
  unit: string,
): OrderedPair {
  const toSample = (column: ColumnProfile): Sample => ({
    counts: toValueCounts(addEqual(read(column.distribution))),
    missing: missingOf(column),
  });
  return { kind: 'ordered', reference: toSample(reference), current: toSample(current), unit, blur: 0 };
}

function numbersOf(distribution: Distribution): Counted {
  if (distribution.kind !== 'values') return [];
  return distribution.values.map(([text, count]) => [Number(text), count]);
}

/** A bucket is shown by its middle: the same one on both sides. */
function middlesOf(distribution: Distribution, level: number): Counted {
  return bucketsAt(distribution, level).map(([key, count]) => {
    const { low, high } = bucketRange(key, level);
    return [low + (high - low) / 2, count];
  });
}

function bucketsAt(distribution: Distribution, level: number): Counted {
  const found = toBuckets(distribution);
  return found === null ? [] : coarsen(found.buckets, found.level, level);
}

function largestShare(distribution: Distribution, level: number): number {
  const total = countReadable(distribution) ?? 0;
  const most = bucketsAt(distribution, level).reduce((max, [, count]) => Math.max(max, count), 0);
  return total === 0 ? 0 : most / total;
}

/** Integers above 2^53 that are different as text may be one double. */
function addEqual(counted: Counted): Counted {
  const added: [number, number][] = [];
  for (const [value, count] of counted) {
    const last = added.at(-1);
    if (last !== undefined && last[0] === value) last[1] += count;
    else added.push([value, count]);
  }
  return added;
}
