import type { ColumnType } from '../config/contract.ts';
import type { Moments } from './profile.ts';
import { roundQuotient, roundRoot, splitDouble } from './rational.ts';

type Counted = readonly [value: string, count: number];

/** Sums that are not reduced yet: exact `numerator / 2^scale`. */
export interface ExactSums {
  readonly count: number;
  readonly scale: number;
  readonly sum: bigint;
  readonly squares: bigint;
}

/**
 * Adds up values exactly.
 * @param values canonical texts (`toValueText`) of type integer or number, with how often each occurs
 * @returns null for no value
 */
export function toMoments(type: ColumnType, values: readonly Counted[]): Moments | null {
  const parts = values.map(([text, count]) => {
    const { mantissa, exponent } =
      type === 'integer' ? { mantissa: BigInt(text), exponent: 0 } : splitDouble(Number(text));
    return { mantissa, exponent, count };
  });
  // A square has twice the exponent; what is above zero is shifted into the numerator.
  const scale = parts.reduce((most, { exponent }) => Math.max(most, -2 * exponent), 0);
  let sum = 0n;
  let squares = 0n;
  let count = 0;
  for (const part of parts) {
    const times = BigInt(part.count);
    sum += times * (part.mantissa << BigInt(scale + part.exponent));
    squares += times * ((part.mantissa * part.mantissa) << BigInt(scale + 2 * part.exponent));
    count += part.count;
  }
  return reduceMoments({ count, scale, sum, squares });
}

/** Adds two sums; any order of adding gives the same bits. */
export function addMoments(a: Moments | null, b: Moments | null): Moments | null {
  if (a === null || b === null) return a ?? b;
  const scale = Math.max(a.scale, b.scale);
  const add = (left: string, right: string): bigint =>
    (BigInt(left) << BigInt(scale - a.scale)) + (BigInt(right) << BigInt(scale - b.scale));
  return reduceMoments({
    count: a.count + b.count,
    scale,
    sum: add(a.sum, b.sum),
    squares: add(a.squares, b.squares),
  });
}

/** Writes sums at the smallest scale that keeps both whole numbers, so that equal sums have equal bytes; null for no value. */
export function reduceMoments({ count, scale, sum, squares }: ExactSums): Moments | null {
  if (count === 0) return null;
  const spare = BigInt(Math.min(scale, countTwos(sum), countTwos(squares)));
  return {
    count,
    scale: scale - Number(spare),
    sum: String(sum >> spare),
    squares: String(squares >> spare),
  };
}

/** How often two divides a whole number; zero has no end to it. */
function countTwos(value: bigint): number {
  return value === 0n ? Number.POSITIVE_INFINITY : (value & -value).toString(2).length - 1;
}

/** The mean, correctly rounded from the exact sums; null for no value. */
export function computeMeanOf(moments: Moments | null): number | null {
  if (moments === null) return null;
  return toFinite(roundQuotient(BigInt(moments.sum), BigInt(moments.count) << BigInt(moments.scale)));
}

/** The sample standard deviation (n - 1), correctly rounded from the exact sums; null for fewer than two values. */
export function computeDeviationOf(moments: Moments | null): number | null {
  if (moments === null || moments.count < 2) return null;
  const count = BigInt(moments.count);
  const sum = BigInt(moments.sum);
  const scale = BigInt(moments.scale);
  const numerator = ((count * BigInt(moments.squares)) << scale) - sum * sum;
  return toFinite(roundRoot(numerator, (count * (count - 1n)) << (2n * scale)));
}

/** The deviation of values near the largest double can lie beyond it. */
function toFinite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
