import type { BothModels, CalibrationBin, ComparisonDetail } from '../evidence/judgement-detail.ts';
import { readBinary } from './binary-sample.ts';
import { binCalibration } from './calibration-bins.ts';
import { confidenceOf, hitsOf, readProbabilities } from './class-sample.ts';
import { tabulateConfusion } from './confusion-table.ts';
import { drawCurves } from './curve.ts';
import type { Sample } from './sample.ts';
import { describeDistribution } from './score-distribution.ts';

/**
 * The pictures of a judgement: aggregates only. What the task does not have is null, and so is what needs more rows.
 * Of many classes, calibration and distribution are those of the class that was predicted.
 * @param champion predictions for the same rows; null without a champion
 * @param thresholdText where the threshold of class 1 comes from; null where there is none
 */
export function describeComparison(
  challenger: Sample,
  champion: Sample | null,
  thresholdText: string | null,
): ComparisonDetail {
  const curves = ofBoth(challenger, champion, (sample) => (isBinary(sample) ? drawCurves(sample) : null));
  const confusion = ofBoth(challenger, champion, tabulateConfusion);
  const scores = scoresOf(challenger);
  const distribution =
    scores === null
      ? null
      : describeDistribution(scores.values, champion && (scoresOf(champion)?.values ?? null), scores.range);
  return {
    roc: curves && mapBoth(curves, ({ roc }) => roc),
    precisionRecall: curves && mapBoth(curves, ({ precisionRecall }) => precisionRecall),
    calibration: ofBoth(challenger, champion, describeCalibration),
    distribution,
    confusion: confusion && {
      classes: confusion.challenger.classes,
      ...mapBoth(confusion, ({ counts }) => counts),
    },
    threshold: thresholdText,
  };
}

const isBinary = ({ truth, predicted }: Sample): boolean =>
  truth.kind === 'binary' && predicted.kind === 'score';
const hasProbabilities = ({ truth, predicted }: Sample): boolean =>
  truth.kind === 'class' && predicted.kind === 'probabilities';

function ofBoth<Shape>(
  challenger: Sample,
  champion: Sample | null,
  describe: (sample: Sample) => Shape | null,
): BothModels<Shape> | null {
  const first = describe(challenger);
  return first === null ? null : { challenger: first, champion: champion && describe(champion) };
}

function mapBoth<Shape, Other>(both: BothModels<Shape>, map: (shape: Shape) => Other): BothModels<Other> {
  return { challenger: map(both.challenger), champion: both.champion === null ? null : map(both.champion) };
}

function describeCalibration(sample: Sample): readonly CalibrationBin[] | null {
  if (isBinary(sample)) {
    const { labels, scores } = readBinary(sample, 'a calibration');
    return binCalibration(scores, labels);
  }
  if (!hasProbabilities(sample)) return null;
  const classes = readProbabilities(sample, 'a calibration');
  return binCalibration(confidenceOf(classes), hitsOf(classes));
}

interface Scores {
  readonly values: Float64Array;
  /** Null: as far as the values go. */
  readonly range: readonly [number, number] | null;
}

function scoresOf(sample: Sample): Scores | null {
  const { predicted } = sample;
  if (isBinary(sample)) return { values: (predicted as { values: Float64Array }).values, range: [0, 1] };
  if (hasProbabilities(sample))
    return { values: confidenceOf(readProbabilities(sample, 'a distribution')), range: [0, 1] };
  return predicted.kind === 'number' || predicted.kind === 'score'
    ? { values: predicted.values, range: null }
    : null;
}
