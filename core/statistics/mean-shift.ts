import { normalSf } from './normal.ts';
import { refuseStatistic } from './refusal.ts';

/** What a mean shift rests on: of a column of any size, three numbers. */
export interface SampleMoments {
  readonly mean: number;
  /** n - 1 in the denominator; NaN for one value. */
  readonly variance: number;
  readonly count: number;
}

export interface MeanShift {
  /** Difference of the means over its standard error; NaN when there is no difference and no spread. */
  readonly z: number;
  /** Two-sided, normal. */
  readonly p: number;
  /** Difference over the standard error of the current mean that the spread of the reference gives. */
  readonly zVsReference: number;
  /** Cohen's d: difference in pooled sample standard deviations. */
  readonly cohensD: number;
}

/** Compares two means, current minus reference. @throws InputError STATISTICS_EMPTY */
export function testMeanShift(reference: SampleMoments, current: SampleMoments): MeanShift {
  if (reference.count === 0 || current.count === 0) throw refuseStatistic('empty', 'a mean shift');
  const difference = current.mean - reference.mean;
  const [n, m] = [reference.count, current.count];
  const z = difference / Math.sqrt(reference.variance / n + current.variance / m);
  const pooled = ((n - 1) * reference.variance + (m - 1) * current.variance) / (n + m - 2);
  return {
    z,
    p: 2 * normalSf(Math.abs(z)),
    zVsReference: difference / (Math.sqrt(reference.variance) / Math.sqrt(m)),
    cohensD: difference / Math.sqrt(pooled),
  };
}
