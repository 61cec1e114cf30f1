import type { CalibrationBin } from '../evidence/judgement-detail.ts';
import { roundShare } from './report-step.ts';
import { cutByScore } from './score-bins.ts';

const mostBins = 20;

/**
 * Predicted against found shares in at most 20 bins of about equal count, lowest prediction first.
 * @param probability of each row
 * @param cameTrue 1 where what it was the probability of came
 * @returns null with fewer than a hundred rows
 */
export function binCalibration(
  probability: Float64Array,
  cameTrue: Uint8Array,
): readonly CalibrationBin[] | null {
  const bins = cutByScore(probability, mostBins);
  if (bins === null) return null;
  let at = 0;
  const described = bins.ends.map((end): CalibrationBin => {
    const rows = end - at;
    let [predicted, found] = [0, 0];
    for (; at < end; at++) {
      const row = bins.order[at] as number;
      predicted += probability[row] as number;
      found += cameTrue[row] as number;
    }
    return { predicted: roundShare(predicted / rows, rows), found: roundShare(found / rows, rows), rows };
  });
  return described.reverse();
}
