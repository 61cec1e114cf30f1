import { refuseStatistic } from './refusal.ts';

export interface CalibrationBin {
  readonly rows: number;
  /** Mean score; NaN without rows. */
  readonly score: number;
  /** Share of class 1; NaN without rows. */
  readonly share: number;
}

export interface CalibrationError {
  /** ECE: gap of score and share, weighted by rows, 0 to 1. */
  readonly expected: number;
  /** MCE: the largest gap of a bin, 0 to 1. */
  readonly largest: number;
}

/**
 * Rows by score in bins of equal width: bin i holds the scores in (i / bins, (i + 1) / bins], the first also 0.
 * @param labels 0 or 1
 * @param scores probabilities of class 1, in [0, 1]
 * @throws InputError STATISTICS_EMPTY
 */
export function binByScore(
  labels: Uint8Array,
  scores: Float64Array,
  bins: number,
): readonly CalibrationBin[] {
  if (labels.length === 0) throw refuseStatistic('empty', 'the calibration');
  const [rows, score, hits] = [0, 1, 2].map(() => new Float64Array(bins)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let row = 0; row < labels.length; row++) {
    const value = scores[row] as number;
    const bin = binOf(value, bins);
    rows[bin] = (rows[bin] as number) + 1;
    score[bin] = (score[bin] as number) + value;
    hits[bin] = (hits[bin] as number) + (labels[row] as number);
  }
  return Array.from(rows, (count, bin) => ({
    rows: count,
    score: (score[bin] as number) / count,
    share: (hits[bin] as number) / count,
  }));
}

/** Bin of a score; an edge belongs to the bin below it. What is no number spoils the first bin, so that it shows. */
export function binOf(score: number, bins: number): number {
  if (Number.isNaN(score)) return 0;
  const guess = Math.min(bins - 1, Math.max(0, Math.ceil(score * bins) - 1));
  // The product is rounded: 0.3 must be found at or below the very number 3 / 10.
  if (guess > 0 && score <= guess / bins) return guess - 1;
  return guess < bins - 1 && score > (guess + 1) / bins ? guess + 1 : guess;
}

/**
 * Expected and maximum calibration error of binary scores.
 * @throws InputError STATISTICS_EMPTY
 * @see Naeini, Cooper and Hauskrecht 2015
 */
export function computeCalibrationError(
  labels: Uint8Array,
  scores: Float64Array,
  bins = 10,
): CalibrationError {
  let expected = 0;
  let largest = 0;
  for (const bin of binByScore(labels, scores, bins)) {
    if (bin.rows === 0) continue;
    const gap = Math.abs(bin.share - bin.score);
    expected += (bin.rows / labels.length) * gap;
    largest = Math.max(largest, gap);
  }
  return { expected, largest };
}
