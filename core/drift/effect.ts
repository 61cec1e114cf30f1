import type { DriftTest } from '../config/drift-rules.ts';
import { computeJensenShannon, computeKl } from '../statistics/divergence.ts';
import { testHomogeneity } from '../statistics/homogeneity.ts';
import { computeKsDistance, testKolmogorovSmirnov } from '../statistics/kolmogorov-smirnov.ts';
import { type BinnedSamples, binByReference, psiFloor } from '../statistics/psi.ts';
import { computeCorrectedPsi } from '../statistics/psi-bias.ts';
import { computeWasserstein } from '../statistics/wasserstein.ts';
import { measureMeanShift, mostDeviations, type ShiftColumns } from './mean-effect.ts';
import type { CategoryPair, OrderedPair } from './pair.ts';

/** How far one column has moved. */
export interface Effect {
  /** In the unit of the test; finite. */
  readonly effect: number;
  readonly pValue: number;
  /** Rows that were compared. */
  readonly rows: number;
  readonly referenceRows: number;
  readonly method: string;
}

export type Comparable = OrderedPair | CategoryPair;

/**
 * Measures one test.
 * @param bins quantile bins of the reference, for ordered values
 * @param columns exact moments, for the mean shift
 */
export function measureEffect(
  test: DriftTest,
  pair: Comparable,
  bins: number,
  columns: ShiftColumns,
): Effect {
  if (test === 'mean-shift') return measureMeanShift(columns);
  if (pair.kind === 'ordered' && (test === 'ks' || test === 'wasserstein')) return measureOrdered(test, pair);
  return measureBinned(test, binPair(pair, bins));
}

function measureOrdered(test: 'ks' | 'wasserstein', { reference, current, unit, blur }: OrderedPair): Effect {
  const rows = current.counts.total;
  const referenceRows = reference.counts.total;
  if (rows === 0) return { effect: 0, pValue: 1, rows, referenceRows, method: 'no value to compare' };
  const { p, method: kind } = testKolmogorovSmirnov(reference.counts, current.counts);
  const resolution = unit === 'values' ? 'exact values' : `on ${unit}`;
  if (test === 'wasserstein') {
    const { normed } = computeWasserstein(reference.counts, current.counts, 0);
    const effect = Math.min(mostDeviations, normed);
    const method = `Wasserstein-1 distance over the population standard deviation of the reference, ${resolution}; p: two-sample Kolmogorov-Smirnov, ${kind}`;
    return { effect, pValue: p, rows, referenceRows, method };
  }
  // Inside a bucket the distance may be larger: never by more than the fullest bucket holds.
  const bound = blur === 0 ? '' : `, D at most ${blur.toPrecision(2)} too small`;
  return {
    effect: computeKsDistance(reference.counts, current.counts),
    pValue: p,
    rows,
    referenceRows,
    method: `two-sample Kolmogorov-Smirnov D, ${resolution}${bound}; p: ${kind}`,
  };
}

interface Bins extends Pick<BinnedSamples, 'reference' | 'current'> {
  /** `10 quantile bins of the reference (type 7)`. */
  readonly words: string;
}

function binPair(pair: Comparable, bins: number): Bins {
  if (pair.kind === 'categories') {
    const pooled = poolRare(pair, leastForEffect);
    const rest = pooled.pooled === 0 ? '' : `, ${pooled.pooled} rare ones as one`;
    return { ...pooled, words: `${pooled.reference.length} categories${rest}` };
  }
  const binned = binByReference(pair.reference, pair.current, bins);
  const missing = pair.reference.missing + pair.current.missing > 0 ? ', empty cells are a bin' : '';
  const own =
    binned.edges.length === 0 ? 'bins, one for each value' : 'quantile bins of the reference (type 7)';
  const count = binned.reference.length - (missing === '' ? 0 : 1);
  const unit = pair.unit === 'values' ? '' : ` on ${pair.unit}`;
  return { ...binned, words: `${count} ${own}${unit}${missing}` };
}

function measureBinned(test: DriftTest, bins: Bins): Effect {
  const sizes = { rows: sum(bins.current), referenceRows: sum(bins.reference) };
  const homogeneity = testBins(bins);
  const pValue = homogeneity.p;
  const tail = 'p: chi-square on the same bins';
  switch (test) {
    case 'jensen-shannon': {
      const { divergence } = computeJensenShannon(bins.current, bins.reference);
      const { effect, chance } = lessChance(divergence, chanceOf(bins) / 8 / Math.LN2);
      const method = `Jensen-Shannon distance, base 2, root of the divergence less what chance alone gives (${chance}), ${bins.words}; ${tail}`;
      return { effect: Math.sqrt(effect), pValue, ...sizes, method };
    }
    case 'kl': {
      const divergence = computeKl(floorShares(bins.current), floorShares(bins.reference));
      const { effect, chance } = lessChance(divergence, chanceOf(bins) / 2);
      const method = `Kullback-Leibler divergence of the data from the reference less what chance alone gives (${chance}), natural logarithm, floor ${psiFloor}, ${bins.words}; ${tail}`;
      return { effect, pValue, ...sizes, method };
    }
    case 'chi-square': {
      const method = `Cramér's V as of samples of equal size (root of the sum of (p - q)^2 / (2 (p + q)) less what chance alone gives), ${bins.words}; p: chi-square`;
      return { effect: homogeneity.effect, pValue, ...sizes, method };
    }
    default: {
      const { corrected, bias } = computeCorrectedPsi(bins);
      const method = `PSI less what chance alone gives (${bias.toPrecision(2)}), ${bins.words}, floor ${psiFloor}, natural logarithm; ${tail}`;
      return { effect: corrected, pValue, ...sizes, method };
    }
  }
}

/**
 * (B - 1)(1/n + 1/m): what chance alone gives in PSI. To second order both divergences are the same sum of squared
 * differences, KL half and Jensen-Shannon an eighth of it (in nats). Many categories would be "drift" by it alone.
 */
function chanceOf({ reference, current }: Bins): number {
  const kept = reference.filter((count, at) => count + (current[at] as number) > 0).length;
  return (kept - 1) * (1 / sum(reference) + 1 / sum(current));
}

function lessChance(found: number, expected: number): { readonly effect: number; readonly chance: string } {
  return { effect: Math.max(0, found - expected), chance: expected.toPrecision(2) };
}

/** Rows that a category should have in the smaller sample: fewer, and it goes with the other rare ones. */
const leastForEffect = 5;
/** Below it the chi-square distribution is too far from that of the statistic. @see Cochran 1954 */
const leastForP = 1;

function testBins(bins: Bins): { readonly p: number; readonly effect: number } {
  const { reference, current } = poolRare(bins, leastForP);
  const [n, m] = [sum(reference), sum(current)];
  if (reference.length < 2 || n === 0 || m === 0) return { p: 1, effect: 0 };
  // V of two samples shrinks with the share of the smaller one. As of samples of equal size it means one thing at any size.
  let phi2 = 0;
  for (let at = 0; at < reference.length; at++) {
    const [before, now] = [(reference[at] as number) / n, (current[at] as number) / m];
    phi2 += (now - before) ** 2 / (2 * (now + before));
  }
  const chance = ((reference.length - 1) * (1 / n + 1 / m)) / 4;
  return { p: testHomogeneity([reference, current]).p, effect: Math.sqrt(Math.max(0, phi2 - chance)) };
}

/**
 * Joins categories that both samples together promise too few rows of. By the mean of both shares: a value that is
 * new and frequent stays a category of its own, however large the reference is.
 */
function poolRare(
  { reference, current }: Pick<BinnedSamples, 'reference' | 'current'>,
  least: number,
): { readonly reference: Float64Array; readonly current: Float64Array; readonly pooled: number } {
  const [n, m] = [sum(reference), sum(current)];
  const fewer = Math.min(n, m);
  const kept: (readonly [number, number])[] = [];
  const rest: [number, number] = [0, 0];
  let pooled = 0;
  for (let at = 0; at < reference.length; at++) {
    const pair = [reference[at] as number, current[at] as number] as const;
    const expected = (fewer * (pair[0] / (n || 1) + pair[1] / (m || 1))) / 2;
    if (expected >= least) kept.push(pair);
    else {
      pooled += 1;
      rest[0] += pair[0];
      rest[1] += pair[1];
    }
  }
  const all = rest[0] + rest[1] > 0 ? [...kept, rest] : kept;
  return {
    reference: Float64Array.from(all, ([before]) => before),
    current: Float64Array.from(all, ([, now]) => now),
    pooled,
  };
}

function floorShares(counts: Float64Array): Float64Array {
  const total = sum(counts);
  return counts.map((count) => Math.max(count / total, psiFloor));
}

const sum = (counts: Float64Array): number => counts.reduce((total, count) => total + count, 0);
