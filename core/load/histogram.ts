/** Highest latency seen in a bucket, in whole microseconds, and how many lie in it. */
export type Bin = readonly [highestUs: number, count: number];

/**
 * Latencies as counts in buckets of fixed relative width. Each bucket keeps the highest value that fell into it, so that a
 * quantile is a value that was observed, and the maximum is exact.
 * @see HdrHistogram, whose layout this is: linear buckets within each power of two
 */
export interface Histogram {
  /** Ascending, without empty buckets. */
  readonly bins: readonly Bin[];
  /** Exact sum, in microseconds. */
  readonly sumUs: number;
}

/** 128 buckets for each power of two: a bucket is at most 1/128 = 0.8 % wide. */
const fineBits = 7;
const usPerMs = 1_000;

/** @param latenciesMs not negative; rounded to whole microseconds, at least one */
export function fillHistogram(latenciesMs: Iterable<number>): Histogram {
  return collect(
    (function* () {
      for (const ms of latenciesMs) yield [Math.max(1, Math.round(ms * usPerMs)), 1] as const;
    })(),
    fineBits,
  );
}

/** The histogram of all requests together: the same as if they had been counted in one. */
export function mergeHistograms(histograms: readonly Histogram[]): Histogram {
  const { bins } = collect(
    histograms.flatMap((histogram) => histogram.bins),
    fineBits,
  );
  return { bins, sumUs: histograms.reduce((sum, { sumUs }) => sum + sumUs, 0) };
}

/** Halves the resolution until no more than `most` buckets are left, for pictures. `most` is at least 32. */
export function coarsenHistogram(histogram: Histogram, most: number): Histogram {
  let coarse = histogram;
  for (let bits = fineBits - 1; bits >= 0 && coarse.bins.length > most; bits--) {
    coarse = { bins: collect(histogram.bins, bits).bins, sumUs: histogram.sumUs };
  }
  return coarse;
}

export const countOf = ({ bins }: Histogram): number => bins.reduce((sum, [, count]) => sum + count, 0);

/** 0 when nothing was counted. */
export const highestUs = ({ bins }: Histogram): number => bins.at(-1)?.[0] ?? 0;

/**
 * The value of a rank, 1 for the lowest: an observed value, not below the true one and at most 0.8 % above it.
 * @returns in microseconds; NaN for a rank that does not exist
 */
export function valueAtRank({ bins }: Histogram, rank: number): number {
  if (!(rank >= 1)) return Number.NaN;
  let seen = 0;
  for (const [highest, count] of bins) {
    seen += count;
    if (seen >= rank) return highest;
  }
  return Number.NaN;
}

/**
 * Rank of a quantile of type 1, the inverse of the empirical distribution: no value between two is made up.
 * @see Hyndman and Fan 1996
 */
export const rankOf = (count: number, p: number): number =>
  // 0.95 * 100 is 95 in floating point, 0.99 * 700 is 693 and a bit: no rank more for that.
  Math.max(1, Math.ceil(count * p - 1e-9));

function collect(values: Iterable<Bin>, bits: number): Histogram {
  const found = new Map<number, [highestUs: number, count: number]>();
  let sumUs = 0;
  for (const [us, count] of values) {
    sumUs += us * count;
    const bucket = bucketOf(us, bits);
    const bin = found.get(bucket);
    if (bin === undefined) {
      found.set(bucket, [us, count]);
      continue;
    }
    bin[0] = Math.max(bin[0], us);
    bin[1] += count;
  }
  return { bins: [...found].sort(([a], [b]) => a - b).map(([, bin]) => bin), sumUs };
}

/** Number of the bucket, growing with the value. @param us whole, from 1 to 2^31 - 1 */
function bucketOf(us: number, bits: number): number {
  const power = 31 - Math.clz32(us);
  const shift = Math.max(0, power - bits);
  return shift * 2 ** bits + (us >>> shift);
}
