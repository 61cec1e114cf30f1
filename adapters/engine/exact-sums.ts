import type { ColumnType } from '../../core/config/contract.ts';
import type { Bucket } from '../../core/profile/bucket.ts';
import { type ExactSums, reduceMoments } from '../../core/profile/moments.ts';
import type { Moments } from '../../core/profile/profile.ts';
import type { Json } from './ask.ts';

/*
 * Sums that any order of adding gives the same bits: whole numbers only, in 128 bits, put together with BigInt.
 *
 * Integers: the sum of 64-bit values fits. Squares of values below 2^31 fit in 64 bits; larger ones are split as
 * v = high * 2^32 + low, so that each of the three products fits.
 * Doubles: within one bucket all have one exponent, so value = (implicit + fraction) * 2^exponent, and the fraction (52 bits)
 * is summed, its square again as three products of 26-bit halves.
 */

const fractionBits = 52n;
const halfBits = 26n;
/** Smallest double is 2^-1074: everything is a multiple of it, and squares of its square. */
const leastExponent = 1074;
const scale = 2 * leastExponent;

/** A factor when a row stands for `n` rows with this value; else null. */
export type Weight = string | null;

const times = (product: string, weight: Weight): string =>
  weight === null ? product : `CAST(${product} AS HUGEINT) * ${weight}`;
const sum = (product: string, weight: Weight): string =>
  `CAST(coalesce(sum(${times(product, weight)}), 0) AS VARCHAR)`;

/** Five columns that `readIntegerSums` puts together. */
export function writeIntegerSums(value: string, weight: Weight): readonly string[] {
  const isSmall = `${value} BETWEEN -2147483648 AND 2147483647`;
  const high = `(${value} >> 32)`;
  const low = `(${value} & 4294967295)`;
  const large = (product: string) => sum(`(CASE WHEN NOT (${isSmall}) THEN ${product} END)`, weight);
  return [
    sum(value, weight),
    sum(`(CASE WHEN ${isSmall} THEN ${value} * ${value} END)`, weight),
    large(`${high} * ${high}`),
    large(`${high} * ${low}`),
    large(`CAST(${low} AS UBIGINT) * CAST(${low} AS UBIGINT)`),
  ];
}

export const integerSumColumns = 5;

export function readIntegerSums(count: number, cells: readonly (Json | undefined)[]): Moments | null {
  const [total, small, high, mixed, low] = cells.map(toBigInt) as [bigint, bigint, bigint, bigint, bigint];
  const squares = small + (high << 64n) + (mixed << 33n) + low;
  return reduceMoments({ count, scale: 0, sum: total, squares });
}

/** The bits of the magnitude of a double, as a whole number. */
const writeBits = (value: string): string => `CAST(CAST(abs(${value}) AS BIT) AS BIGINT)`;

/** The bucket of a value (`bucketKey` of core at level 0), or the UTC day of a time. */
export function writeKey(type: ColumnType, value: string): string {
  if (type === 'timestamp') return `CAST(floor(epoch_us(${value}) / 86400000000) AS BIGINT)`;
  const double = type === 'integer' ? `CAST(${value} AS DOUBLE)` : value;
  return `CAST(sign(${double}) AS BIGINT) * ((${writeBits(double)} >> 45) + 1)`;
}

/** The fraction of a double: its lowest 52 bits. */
export const writeFraction = (value: string): string => `${writeBits(value)} & 4503599627370495`;

/** Four columns for each bucket of doubles that `readDoubleSums` puts together. */
export function writeDoubleSums(fraction: string, weight: Weight): readonly string[] {
  const high = `(${fraction} >> 26)`;
  const low = `(${fraction} & 67108863)`;
  return [fraction, `${high} * ${high}`, `${high} * ${low}`, `${low} * ${low}`].map((part) =>
    sum(part, weight),
  );
}

/** Sums of doubles from those of their buckets. */
export function readDoubleSums(buckets: readonly (readonly [Bucket, ...Json[]])[]): Moments | null {
  const sums = buckets.reduce<ExactSums>(
    (all, [[key, count], ...cells]) => {
      const part = readBucket(key, count, cells.map(toBigInt));
      return {
        count: all.count + count,
        scale,
        sum: all.sum + part.sum,
        squares: all.squares + part.squares,
      };
    },
    { count: 0, scale, sum: 0n, squares: 0n },
  );
  return reduceMoments(sums);
}

function readBucket(key: number, count: number, cells: readonly bigint[]): { sum: bigint; squares: bigint } {
  if (key === 0) return { sum: 0n, squares: 0n };
  const [fractions = 0n, high = 0n, mixed = 0n, low = 0n] = cells;
  const biased = Math.floor((Math.abs(key) - 1) / 128);
  const implicit = biased === 0 ? 0n : 1n << fractionBits;
  const rows = BigInt(count);
  // (implicit + fraction)^2, added up.
  const fractionSquares = (high << (2n * halfBits)) + (mixed << (halfBits + 1n)) + low;
  const mantissas = rows * implicit + fractions;
  const squares = rows * implicit * implicit + 2n * implicit * fractions + fractionSquares;
  const exponent = Math.max(biased, 1) - 1 - leastExponent;
  const signed = key < 0 ? -mantissas : mantissas;
  return { sum: signed << BigInt(scale + exponent), squares: squares << BigInt(scale + 2 * exponent) };
}

function toBigInt(value: Json | undefined): bigint {
  if (typeof value !== 'string' && typeof value !== 'number') throw new TypeError('a sum that is no sum');
  return BigInt(value);
}
