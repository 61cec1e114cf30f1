/** Leading mantissa bits that a bucket of level 0 keeps: its values differ by less than 1/128 of themselves. */
const mantissaBits = 7;
/** Bits of the upper 32-bit word of a double below those that level 0 keeps: the word holds 20 mantissa bits. */
const droppedBits = 20 - mantissaBits;
/** Level at which only the sign is left. */
export const maxLevel = 11 + mantissaBits;

export type Bucket = readonly [key: number, count: number];

const bits = new DataView(new ArrayBuffer(8));

/**
 * Puts a number into a bucket by the leading bits of its double: sign, exponent and 7 bits of the mantissa at level 0,
 * one bit fewer for each level above. Keys are in the order of the numbers; zero has key 0 of its own.
 * @param value finite
 * @throws RangeError for NaN and infinities: they are no values of a column
 */
export function bucketKey(value: number, level = 0): number {
  if (!Number.isFinite(value)) throw new RangeError(`${value} has no bucket`);
  if (value === 0) return 0;
  bits.setFloat64(0, Math.abs(value));
  const key = toKey(bits.getUint32(0) >>> droppedBits, level);
  return value < 0 ? -key : key;
}

/** Smallest and largest double of a bucket, both inclusive. */
export function bucketRange(key: number, level: number): { readonly low: number; readonly high: number } {
  if (key === 0) return { low: 0, high: 0 };
  const magnitude = Math.abs(key) - 1;
  const near = toDouble((magnitude << level) << droppedBits, 0) || Number.MIN_VALUE;
  const next = ((magnitude + 1) << level) * 2 ** droppedBits;
  const far = Math.min(toDouble(next - 1, 0xffff_ffff), Number.MAX_VALUE);
  // The topmost bucket ends in the bits of infinity and NaN.
  const end = Number.isNaN(far) ? Number.MAX_VALUE : far;
  return key < 0 ? { low: -end, high: -near } : { low: near, high: end };
}

/** The same counts at a higher level, still ascending. */
export function coarsen(buckets: readonly Bucket[], from: number, to: number): readonly Bucket[] {
  const counts = new Map<number, number>();
  for (const [key, count] of buckets) {
    const coarse = coarsenKey(key, to - from);
    counts.set(coarse, (counts.get(coarse) ?? 0) + count);
  }
  return toAscending(counts);
}

/** The bucket that holds a bucket, some levels higher. */
export function coarsenKey(key: number, steps: number): number {
  return key === 0 ? 0 : Math.sign(key) * toKey(Math.abs(key) - 1, steps);
}

/** Raises the level until at most `most` buckets are left: the lowest such level, whatever was merged before. */
export function fitBuckets(
  buckets: readonly Bucket[],
  level: number,
  most: number,
): { readonly level: number; readonly buckets: readonly Bucket[] } {
  let fitted = { level, buckets };
  while (fitted.buckets.length > most && fitted.level < maxLevel) {
    fitted = {
      level: fitted.level + 1,
      buckets: coarsen(fitted.buckets, fitted.level, fitted.level + 1),
    };
  }
  return fitted;
}

/** Counts by key in ascending order of the keys. */
export function toAscending(counts: Iterable<Bucket>): readonly Bucket[] {
  return [...counts].sort(([a], [b]) => a - b);
}

function toKey(magnitude: number, level: number): number {
  return (magnitude >>> level) + 1;
}

function toDouble(high: number, low: number): number {
  bits.setUint32(0, high);
  bits.setUint32(4, low);
  return bits.getFloat64(0);
}
