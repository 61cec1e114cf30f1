import { refuseStatistic } from './refusal.ts';

/** A sample as its different values, ascending, and how often each occurs. Counts are whole numbers, none is 0. */
export interface ValueCounts {
  readonly values: Float64Array;
  readonly counts: Float64Array;
  readonly total: number;
}

/** Whole numbers in a range of up to so many are counted in one table instead of being sorted. */
const countingRange = 1 << 20;
/** Below it the engine's own sort is faster than seven passes. */
const radixStart = 4_096;

/** Counts the finite values of a sample; what is missing or not finite is left out. */
export function countValues(sample: Float64Array): ValueCounts {
  const range = wholeRange(sample);
  if (range !== null) return countWhole(sample, range.min, range.max);
  return countSorted(sortFinite(sample));
}

/** Values and counts that are known already: ascending, each value once. */
export function toValueCounts(pairs: readonly (readonly [value: number, count: number])[]): ValueCounts {
  const counts = Float64Array.from(pairs, ([, count]) => count);
  let total = 0;
  for (const count of counts) total += count;
  return { values: Float64Array.from(pairs, ([value]) => value), counts, total };
}

/** True when the first rows look like whole numbers in a small range: only counting all of them tells for certain. */
export function isSmallWhole(sample: Float64Array): boolean {
  return wholeRange(sample.subarray(0, peekRows)) !== null;
}

/** Rows that are looked at before anything is chosen for all of them. */
const peekRows = 4_096;

/** Smallest and largest when every finite value is a whole number and the range is small; else null. */
function wholeRange(sample: Float64Array): { readonly min: number; readonly max: number } | null {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < sample.length; at++) {
    const value = sample[at] as number;
    if ((value | 0) === value) {
      if (value < min) min = value;
      if (value > max) max = value;
      if (max - min >= countingRange) return null;
    } else if (value - value === 0) return null;
  }
  return min <= max ? { min, max } : null;
}

function countWhole(sample: Float64Array, min: number, max: number): ValueCounts {
  const table = new Uint32Array(max - min + 1);
  for (let at = 0; at < sample.length; at++) {
    const value = sample[at] as number;
    if (value - value === 0) table[value - min] = (table[value - min] as number) + 1;
  }
  let different = 0;
  for (let at = 0; at < table.length; at++) if (table[at] !== 0) different++;
  const values = new Float64Array(different);
  const counts = new Float64Array(different);
  let total = 0;
  for (let at = 0, to = 0; at < table.length; at++) {
    const count = table[at] as number;
    if (count === 0) continue;
    values[to] = at + min;
    counts[to++] = count;
    total += count;
  }
  return { values, counts, total };
}

function countSorted(sorted: Float64Array): ValueCounts {
  const values = new Float64Array(sorted.length);
  const counts = new Float64Array(sorted.length);
  let last = -1;
  for (let at = 0; at < sorted.length; at++) {
    const value = sorted[at] as number;
    if (last < 0 || value !== values[last]) values[++last] = value;
    counts[last] = (counts[last] as number) + 1;
  }
  return {
    values: values.subarray(0, last + 1),
    counts: counts.subarray(0, last + 1),
    total: sorted.length,
  };
}

/** The finite values, ascending. The sample stays as it is. */
export function sortFinite(sample: Float64Array): Float64Array {
  let finite = 0;
  for (let at = 0; at < sample.length; at++)
    if ((sample[at] as number) - (sample[at] as number) === 0) finite++;
  const kept = new Float64Array(finite);
  for (let at = 0, to = 0; at < sample.length; at++) {
    const value = sample[at] as number;
    // -0 and 0 are one value: adding 0 leaves one of them.
    if (value - value === 0) kept[to++] = value + 0;
  }
  return finite < radixStart ? kept.sort() : sortByRadix(kept);
}

const digitBits = 11;
const digits = 6;

/**
 * Least-significant-digit radix sort on the bits of the double, mapped so that unsigned order is numeric order.
 * Two 32-bit words a value, eleven bits a pass; a pass whose digit is the same everywhere is skipped.
 */
function sortByRadix(values: Float64Array<ArrayBuffer>): Float64Array {
  const size = values.length;
  let words: Uint32Array<ArrayBuffer> = new Uint32Array(values.buffer);
  for (let at = 1; at < 2 * size; at += 2) {
    const high = words[at] as number;
    const mask = high >>> 31 === 1 ? 0xffffffff : 0;
    words[at] = high ^ (mask | 0x80000000);
    words[at - 1] = (words[at - 1] as number) ^ mask;
  }
  let spare = new Uint32Array(2 * size);
  const table = new Uint32Array(1 << digitBits);
  for (let digit = 0; digit < digits; digit++) {
    if (!countDigits(words, digit, table, size)) continue;
    moveByDigit(words, spare, digit, table);
    [words, spare] = [spare, words];
  }
  for (let at = 1; at < 2 * size; at += 2) {
    const high = words[at] as number;
    const mask = high >>> 31 === 1 ? 0 : 0xffffffff;
    words[at] = high ^ (mask | 0x80000000);
    words[at - 1] = (words[at - 1] as number) ^ mask;
  }
  return new Float64Array(words.buffer);
}

/** Digits 0 to 2 lie in the low word, the third with 10 bits; 3 to 5 likewise in the high one. */
function countDigits(words: Uint32Array, digit: number, table: Uint32Array, size: number): boolean {
  const word = digit < 3 ? 0 : 1;
  const shift = (digit % 3) * digitBits;
  const mask = (1 << digitBits) - 1;
  table.fill(0);
  for (let at = word; at < words.length; at += 2) {
    const key = ((words[at] as number) >>> shift) & mask;
    table[key] = (table[key] as number) + 1;
  }
  let before = 0;
  for (let key = 0; key < table.length; key++) {
    const count = table[key] as number;
    if (count === size) return false;
    table[key] = before;
    before += count;
  }
  return true;
}

function moveByDigit(from: Uint32Array, to: Uint32Array, digit: number, table: Uint32Array): void {
  const word = digit < 3 ? 0 : 1;
  const shift = (digit % 3) * digitBits;
  const mask = (1 << digitBits) - 1;
  for (let at = 0; at < from.length; at += 2) {
    const key = ((from[at + word] as number) >>> shift) & mask;
    const place = table[key] as number;
    table[key] = place + 1;
    to[2 * place] = from[at] as number;
    to[2 * place + 1] = from[at + 1] as number;
  }
}

/**
 * Quantiles with linear interpolation (type 7) of a counted sample.
 * @param levels ascending, each in [0, 1]
 * @throws InputError STATISTICS_EMPTY
 * @see Hyndman and Fan 1996
 */
export function computeQuantiles(
  { values, counts, total }: ValueCounts,
  levels: readonly number[],
): number[] {
  if (total === 0) throw refuseStatistic('empty', 'a quantile');
  let at = 0;
  let upTo = counts[0] as number;
  const valueOfRank = (rank: number): number => {
    while (upTo <= rank) upTo += counts[++at] as number;
    return values[at] as number;
  };
  return levels.map((level) => {
    const position = level * (total - 1);
    const rank = Math.floor(position);
    const low = valueOfRank(rank);
    const part = position - rank;
    if (part === 0) return low;
    const high = valueOfRank(Math.min(rank + 1, total - 1));
    // The next level may need the lower rank again.
    if (high !== low) {
      upTo -= counts[at] as number;
      at--;
    }
    return interpolate(low, high, part);
  });
}

/** As numpy's lerp, so that edges agree to the last bit. */
function interpolate(low: number, high: number, part: number): number {
  const difference = high - low;
  return part >= 0.5 ? high - difference * (1 - part) : low + difference * part;
}

/** Mean and variance (n in the denominator for `population`, n - 1 for `sample`), in two passes. */
export function computeMoments({ values, counts, total }: ValueCounts): {
  readonly mean: number;
  readonly population: number;
  readonly sample: number;
} {
  if (total === 0) throw refuseStatistic('empty', 'the mean');
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += (values[at] as number) * (counts[at] as number);
  const mean = sum / total;
  let squares = 0;
  for (let at = 0; at < values.length; at++)
    squares += ((values[at] as number) - mean) ** 2 * (counts[at] as number);
  return { mean, population: squares / total, sample: squares / (total - 1) };
}
