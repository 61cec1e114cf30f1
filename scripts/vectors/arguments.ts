import type { Alternative } from '../../core/statistics/kolmogorov-smirnov.ts';
import type { SampleMoments } from '../../core/statistics/mean-shift.ts';
import type { Sample } from '../../core/statistics/psi.ts';
import { computeMoments, countValues, type ValueCounts } from '../../core/statistics/value-counts.ts';

/** Arguments of a case, as the file has them: numbers, lists, names; "NaN" and "Infinity" stand for those numbers. */
export type Arguments = Readonly<Record<string, unknown>>;

/** Calls a function of the product under the name that the vectors have for it. */
export type VectorFunction = (args: Arguments) => unknown;

/** A number; NaN for what is none, null and a missing argument among it. */
export function toNumber(value: unknown): number {
  return value === null || value === undefined || value === '' ? Number.NaN : Number(value);
}

/** As `toNumber`, with a value for an argument that is not there. */
export function toNumberOr(value: unknown, otherwise: number): number {
  return value === undefined || value === null ? otherwise : toNumber(value);
}

export function toList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error('an argument that should be a list is none');
}

/** null is a missing value, as NaN is. */
export const toFloats = (value: unknown): Float64Array => Float64Array.from(toList(value), toNumber);
export const toFlags = (value: unknown): Uint8Array => Uint8Array.from(toList(value), (one) => Number(one));
export const toTable = (value: unknown): Float64Array[] => toList(value).map(toFloats);
export const toCounts = (value: unknown): ValueCounts => countValues(toFloats(value));
export const toAlternative = (value: unknown): Alternative => (value ?? 'two-sided') as Alternative;

/** Finite values, and how many cells have none. */
export function toSample(value: unknown): Sample {
  const counts = toCounts(value);
  return { counts, missing: toList(value).length - counts.total };
}

export function toMoments(value: unknown): SampleMoments {
  const counts = toCounts(value);
  const { mean, sample } = computeMoments(counts);
  return { mean, variance: counts.total < 2 ? Number.NaN : sample, count: counts.total };
}

/** Classes by name: what occurs in any of the lists, in order (numbers by size, text by code point). */
export function toClasses(...lists: readonly unknown[]): readonly (string | number)[] {
  const all = [...new Set(lists.flatMap((list) => toList(list) as (string | number)[]))];
  return all.sort((left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return left - right;
    return String(left) < String(right) ? -1 : 1;
  });
}

export function toIndices(value: unknown, classes: readonly (string | number)[]): Uint16Array {
  const places = new Map(classes.map((name, at) => [name, at]));
  return Uint16Array.from(toList(value), (one) => places.get(one as string | number) ?? 0);
}
