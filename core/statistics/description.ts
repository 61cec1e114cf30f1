import { sum } from 'simple-statistics';
import { computeQuantile } from './quantile.ts';
import { refuseStatistic } from './refusal.ts';

/** What a sample of numbers looks like, in the unit of the values where none is named. */
export interface Description {
  readonly count: number;
  readonly mean: number;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** n in the denominator. Squared unit. */
  readonly populationVariance: number;
  readonly populationDeviation: number;
  /** n - 1 in the denominator; NaN for one value. Squared unit. */
  readonly sampleVariance: number;
  readonly sampleDeviation: number;
  /** Of the values themselves; NaN where they do not differ. */
  readonly populationSkewness: number;
  /** Corrected for bias from three values on. */
  readonly sampleSkewness: number;
  /** Excess: 0 for a normal distribution; NaN where the values do not differ. */
  readonly populationKurtosis: number;
  /** Corrected for bias from four values on. */
  readonly sampleKurtosis: number;
  /** Median of the distances from the median. */
  readonly medianDeviation: number;
  /** Between the quartiles of type 7. */
  readonly interquartileRange: number;
}

/**
 * Describes a sample.
 * @param values finite
 * @throws InputError STATISTICS_EMPTY
 * @see Joanes and Gill 1998 for the corrected moments; scipy.stats.skew and kurtosis for where they begin
 */
export function describeValues(values: Float64Array): Description {
  if (values.length === 0) throw refuseStatistic('empty', 'a description');
  const count = values.length;
  const sorted = values.slice().sort();
  const median = computeQuantile(sorted, 0.5);
  const { mean, deviations } = centre(values);
  const squares = sumPowers(deviations, 2);
  return {
    count,
    mean,
    median,
    min: sorted[0] as number,
    max: sorted[count - 1] as number,
    populationVariance: squares / count,
    populationDeviation: Math.sqrt(squares / count),
    sampleVariance: count < 2 ? Number.NaN : squares / (count - 1),
    sampleDeviation: count < 2 ? Number.NaN : Math.sqrt(squares / (count - 1)),
    ...describeShape(deviations, mean, squares / count),
    medianDeviation: computeQuantile(values.map((value) => Math.abs(value - median)).sort(), 0.5),
    interquartileRange: computeQuantile(sorted, 0.75) - computeQuantile(sorted, 0.25),
  };
}

/**
 * Correlation of each value with the one before it.
 * @returns NaN where the values do not differ
 * @throws InputError STATISTICS_EMPTY
 * @see NIST Engineering Statistics Handbook 1.3.5.12
 */
export function computeAutocorrelation(values: Float64Array): number {
  if (values.length === 0) throw refuseStatistic('empty', 'the autocorrelation');
  const { deviations } = centre(values);
  const products = Array.from(deviations.subarray(1), (value, at) => value * (deviations[at] as number));
  return sum(products) / sumPowers(deviations, 2);
}

/**
 * Distances from the mean, and once more from their own mean: a mean of ten million is rounded by more than the digits
 * that a spread of a tenth needs. The sums carry their rounding along.
 */
function centre(values: Float64Array): { readonly mean: number; readonly deviations: Float64Array } {
  const mean = sum(Array.from(values)) / values.length;
  const rough = values.map((value) => value - mean);
  const rest = sum(Array.from(rough)) / values.length;
  return { mean, deviations: rough.map((value) => value - rest) };
}

const sumPowers = (deviations: Float64Array, power: number): number =>
  sum(Array.from(deviations, (value) => value ** power));

/** Below this share of the mean a spread is the rounding of equal values. */
const leastSpread = 1e-15;

function describeShape(deviations: Float64Array, mean: number, variance: number) {
  const n = deviations.length;
  if (!(variance > (leastSpread * mean) ** 2)) {
    const nothing = Number.NaN;
    return {
      populationSkewness: nothing,
      sampleSkewness: nothing,
      populationKurtosis: nothing,
      sampleKurtosis: nothing,
    };
  }
  const skewness = sumPowers(deviations, 3) / n / variance ** 1.5;
  const kurtosis = sumPowers(deviations, 4) / n / variance ** 2 - 3;
  return {
    populationSkewness: skewness,
    sampleSkewness: n > 2 ? (skewness * Math.sqrt(n * (n - 1))) / (n - 2) : skewness,
    populationKurtosis: kurtosis,
    sampleKurtosis: n > 3 ? (((n + 1) * kurtosis + 6) * (n - 1)) / (n - 2) / (n - 3) : kurtosis,
  };
}
