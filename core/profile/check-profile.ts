import { bucketKey } from './bucket.ts';
import { cutExtreme, findLengths } from './build.ts';
import { type ProfileLimits, toDay, toMonth } from './distribution.ts';
import { reduceMoments, toMoments } from './moments.ts';
import type { ColumnProfile, Distribution, Moments } from './profile.ts';
import { maxExtremeCharacters } from './profile.ts';
import { countReadable } from './statistics.ts';
import { compareValues, countCharacters, toValueText } from './value-text.ts';

type Of<Kind extends Distribution['kind']> = Extract<Distribution, { kind: Kind }>;

/**
 * Says what is wrong in a column of a profile that somebody else wrote: numbers that cannot all be true.
 * @param rows of the whole table
 * @returns one clause without any value of the column; null when everything agrees
 */
export function findColumnFault(column: ColumnProfile, rows: number, limits: ProfileLimits): string | null {
  const present = rows - column.nulls - column.unreadable;
  if (present < 0) return 'it has more empty and unreadable cells than rows';
  if (column.distribution.kind === 'hidden') return findHiddenFault(column);
  const counted = countReadable(column.distribution);
  if (counted === null ? present === 0 : counted !== present) return 'its counts do not add up to its rows';
  if (present === 0) return findEmptyFault(column);
  return (
    findDistributionFault(column.type, column.distribution, limits) ??
    findDistinctFault(column, present) ??
    findExtremeFault(column) ??
    findLengthFault(column) ??
    findMomentsFault(column, present)
  );
}

function findHiddenFault(column: ColumnProfile): string | null {
  return tellsNothing(column) && column.distinct === null ? null : 'it is hidden and tells of its values';
}

function findEmptyFault(column: ColumnProfile): string | null {
  return tellsNothing(column) && column.distinct === 0 ? null : 'it has no value and tells of some';
}

function tellsNothing({ min, max, moments, lengths }: ColumnProfile): boolean {
  return min === null && max === null && moments === null && lengths === null;
}

function findDistributionFault(
  type: ColumnProfile['type'],
  distribution: Distribution,
  limits: ProfileLimits,
): string | null {
  const isNumber = type === 'integer' || type === 'number';
  switch (distribution.kind) {
    case 'values':
      return findValuesFault(type, distribution, limits);
    case 'buckets':
      if (!isNumber) return `a column of type ${type} has no buckets`;
      return findKeyFault(distribution.buckets, limits.buckets, toKeyRange(distribution.level));
    case 'days':
      if (type !== 'timestamp') return `a column of type ${type} has no days`;
      return findKeyFault(distribution.days, limits.values, dayRange[distribution.unit]);
    default:
      return type === 'text' || type === 'timestamp' ? null : `a column of type ${type} is always comparable`;
  }
}

function findValuesFault(
  type: ColumnProfile['type'],
  { values }: Of<'values'>,
  limits: ProfileLimits,
): string | null {
  if (values.length > limits.values) return 'it lists too many values';
  if (values.some(([text]) => toValueText(type, text) !== text)) {
    return `one of its values is not spelt as a value of type ${type}`;
  }
  const ascending = values.every(
    ([text], at) => at === 0 || compareValues(type, values[at - 1]?.[0] ?? '', text) < 0,
  );
  if (!ascending) return 'its values are not in ascending order';
  const characters = values.reduce((sum, [text]) => sum + countCharacters(text), 0);
  return type === 'text' && characters > limits.characters ? 'its values are too long together' : null;
}

const dayRange: Readonly<Record<Of<'days'>['unit'], readonly [number, number]>> = {
  day: [toDay('0000-01-01'), toDay('9999-12-31')],
  month: [toMonth(toDay('0000-01-01')), toMonth(toDay('9999-12-31'))],
};

function toKeyRange(level: number): readonly [number, number] {
  const most = bucketKey(Number.MAX_VALUE, level);
  return [-most, most];
}

function findKeyFault(
  counted: readonly (readonly [number, number])[],
  most: number,
  [low, high]: readonly [number, number],
): string | null {
  if (counted.length > most) return 'it lists too many buckets or days';
  if (counted.some(([key]) => key < low || key > high)) return 'a bucket or day is out of range';
  const ascending = counted.every(([key], at) => at === 0 || (counted[at - 1]?.[0] ?? key) < key);
  return ascending ? null : 'its buckets or days are not in ascending order';
}

function findDistinctFault({ distinct, distribution }: ColumnProfile, present: number): string | null {
  if (distribution.kind === 'values') {
    return distinct === distribution.values.length ? null : 'distinct is not the number of its values';
  }
  if (distinct === null) return null;
  const least = distribution.kind === 'buckets' ? distribution.buckets.length : 1;
  return distinct >= least && distinct <= present ? null : 'distinct cannot be that number';
}

function findExtremeFault({ type, min, max, distribution }: ColumnProfile): string | null {
  if (min === null || max === null) return 'min or max is missing';
  const spelt = [min, max].every(
    (text) => toValueText(type, text) === text && (type !== 'text' || isShort(text)),
  );
  if (!spelt || compareValues(type, min, max) > 0) return 'min and max are no values in order';
  const ends = findEnds(type, distribution);
  return ends === null ||
    (ends[0] === toEnd(type, min, distribution) && ends[1] === toEnd(type, max, distribution))
    ? null
    : 'min and max are not the ends of its distribution';
}

const isShort = (text: string): boolean => countCharacters(text) <= maxExtremeCharacters;

type End = string | number | null | undefined;

function findEnds(type: ColumnProfile['type'], distribution: Distribution): readonly [End, End] | null {
  if (distribution.kind === 'values') {
    const { values } = distribution;
    return [cutExtreme(type, values[0]?.[0]), cutExtreme(type, values.at(-1)?.[0])];
  }
  if (distribution.kind === 'buckets') {
    return [distribution.buckets[0]?.[0], distribution.buckets.at(-1)?.[0]];
  }
  return distribution.kind === 'days' ? [distribution.days[0]?.[0], distribution.days.at(-1)?.[0]] : null;
}

function toEnd(type: ColumnProfile['type'], text: string, distribution: Distribution): End {
  if (distribution.kind === 'buckets') return bucketKey(Number(text), distribution.level);
  if (distribution.kind === 'days') {
    const day = toDay(text);
    return distribution.unit === 'day' ? day : toMonth(day);
  }
  return cutExtreme(type, text);
}

function findLengthFault({ type, lengths, distribution }: ColumnProfile): string | null {
  if (type !== 'text') return lengths === null ? null : `a column of type ${type} has no lengths`;
  if (lengths === null || lengths.min > lengths.max) return 'lengths are missing or not in order';
  if (distribution.kind !== 'values') return null;
  const found = findLengths(distribution.values);
  return found?.min === lengths.min && found.max === lengths.max
    ? null
    : 'lengths are not those of its values';
}

function findMomentsFault(
  { type, moments, min, max, distribution }: ColumnProfile,
  present: number,
): string | null {
  if (type !== 'integer' && type !== 'number') {
    return moments === null ? null : `a column of type ${type} has no moments`;
  }
  if (moments === null || moments.count !== present) return 'moments do not count its values';
  const sums = { ...moments, sum: BigInt(moments.sum), squares: BigInt(moments.squares) };
  if (!isSame(reduceMoments(sums), moments)) return 'moments are not written at their smallest scale';
  // Cauchy and Schwarz: no numbers have such sums otherwise.
  const possible = (BigInt(present) * sums.squares) << BigInt(moments.scale);
  const [least, most] = [min, max].map((end) => toMoments(type, [[end ?? '0', present]]));
  const within = compareSums(least, moments) <= 0 && compareSums(moments, most) <= 0;
  if (!within || possible < sums.sum * sums.sum) return 'moments contradict each other';
  if (distribution.kind !== 'values') return null;
  return isSame(toMoments(type, distribution.values), moments) ? null : 'moments are not those of its values';
}

/** The order of two exact sums. */
function compareSums(a: Moments | null | undefined, b: Moments | null | undefined): number {
  const left = BigInt(a?.sum ?? '0') << BigInt(b?.scale ?? 0);
  const right = BigInt(b?.sum ?? '0') << BigInt(a?.scale ?? 0);
  return left === right ? 0 : left < right ? -1 : 1;
}

function isSame(a: Moments | null, b: Moments): boolean {
  return a?.count === b.count && a.scale === b.scale && a.sum === b.sum && a.squares === b.squares;
}
