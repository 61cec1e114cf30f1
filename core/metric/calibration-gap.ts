import { binOf } from '../statistics/calibration.ts';
import type { Pass, PassWeights } from './metric-pass.ts';

/** Bins of equal width over 0 to 1: as in core/statistics, and as most papers since Guo et al. 2017 but with 10 of them. */
const bins = 10;

/** How far predicted and found shares lie apart; NaN without weight. */
export interface CalibrationGap extends Pass {
  /** Mean gap of the bins by weight (ECE). */
  expected: number;
  /** Largest gap of a bin with weight (MCE). */
  largest: number;
}

/**
 * Bins rows by a probability once; each walk adds up what came beyond it.
 * @param probability of each row, in [0, 1]
 * @param cameTrue 1 where what it was the probability of came
 * @see Naeini, Cooper and Hauskrecht 2015
 */
export function makeCalibrationGap(probability: Float64Array, cameTrue: Uint8Array): CalibrationGap {
  const binOfRow = new Uint8Array(probability.length);
  const beyond = new Float64Array(probability.length);
  for (let row = 0; row < probability.length; row++) {
    const score = probability[row] as number;
    binOfRow[row] = binOf(score, bins);
    beyond[row] = (cameTrue[row] as number) - score;
  }
  const sums = new Float64Array(bins);
  const totals = new Float64Array(bins);
  const gap: CalibrationGap = {
    expected: Number.NaN,
    largest: Number.NaN,
    run: (weights) => {
      addByBin(binOfRow, beyond, weights, sums, totals);
      readGaps(sums, totals, gap);
    },
  };
  return gap;
}

function addByBin(
  binOfRow: Uint8Array,
  beyond: Float64Array,
  weights: PassWeights,
  sums: Float64Array,
  totals: Float64Array,
): void {
  sums.fill(0);
  totals.fill(0);
  for (let row = 0; row < binOfRow.length; row++) {
    const bin = binOfRow[row] as number;
    const weight = weights[row] as number;
    sums[bin] = (sums[bin] as number) + weight * (beyond[row] as number);
    totals[bin] = (totals[bin] as number) + weight;
  }
}

function readGaps(sums: Float64Array, totals: Float64Array, gap: CalibrationGap): void {
  let [sum, total, largest] = [0, 0, 0];
  for (let bin = 0; bin < bins; bin++) {
    const weight = totals[bin] as number;
    if (weight === 0) continue;
    const distance = Math.abs(sums[bin] as number);
    sum += distance;
    total += weight;
    // Written so that NaN stays.
    if (!(distance / weight <= largest)) largest = distance / weight;
  }
  gap.expected = sum / total;
  gap.largest = total > 0 ? largest : Number.NaN;
}
