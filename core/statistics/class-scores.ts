import { type Confusion, sumConfusion } from './confusion.ts';

/** Precision, recall and F of one class, or their average over classes; each in [0, 1]. */
export interface ClassScore {
  readonly precision: number;
  readonly recall: number;
  /** Weighted harmonic mean: recall counts `beta` times as much as precision. */
  readonly f: number;
}

export type Averaging =
  /** Every class counts the same. */
  | 'macro'
  /** Every row counts the same, classes taken together. */
  | 'micro'
  /** Every class counts by its rows in the truth. */
  | 'weighted';

export interface ScoreSettings {
  /** Above 0; 1 is the harmonic mean, 2 favours recall. */
  readonly beta?: number;
  /** What 0 / 0 counts as: a class that nobody predicted has no precision. */
  readonly zeroDivision?: number;
}

/**
 * Precision, recall and F of every class against all others.
 * @see van Rijsbergen 1979 for F; scikit-learn's precision_recall_fscore_support for 0 / 0
 */
export function computeClassScores(
  confusion: Confusion,
  settings: ScoreSettings = {},
): readonly ClassScore[] {
  const { truth, predicted } = sumConfusion(confusion);
  return confusion.map((counts, at) =>
    scoreCounts(counts[at] as number, truth[at] as number, predicted[at] as number, settings),
  );
}

/** One number of all classes. @param confusion of at least one row */
export function averageClassScores(
  confusion: Confusion,
  averaging: Averaging,
  settings: ScoreSettings = {},
): ClassScore {
  const { total, hits, truth } = sumConfusion(confusion);
  if (averaging === 'micro') return scoreCounts(hits, total, total, settings);
  const scores = computeClassScores(confusion, settings);
  const weights = averaging === 'weighted' ? truth : truth.map(() => 1);
  const whole = averaging === 'weighted' ? total : scores.length;
  const average = (key: keyof ClassScore): number =>
    scores.reduce((sum, score, at) => sum + score[key] * (weights[at] as number), 0) / whole;
  return { precision: average('precision'), recall: average('recall'), f: average('f') };
}

/**
 * Precision, recall and F from three counts (or sums of weights).
 * @param hits rows of the class that were predicted as it
 * @param truth rows of the class
 * @param predicted rows predicted as the class
 */
export function scoreCounts(
  hits: number,
  truth: number,
  predicted: number,
  { beta = 1, zeroDivision = 0 }: ScoreSettings = {},
): ClassScore {
  const share = (part: number, whole: number): number => (whole === 0 ? zeroDivision : part / whole);
  const squared = beta ** 2;
  return {
    precision: share(hits, predicted),
    recall: share(hits, truth),
    f: share((1 + squared) * hits, squared * truth + predicted),
  };
}

/** Share of the rows of all other classes that were not taken for this one; `zeroDivision` without such rows. */
export function computeSpecificity(confusion: Confusion, positive: number, zeroDivision = 0): number {
  const { total, truth, predicted } = sumConfusion(confusion);
  const others = total - (truth[positive] as number);
  const hits = (confusion[positive] as Float64Array)[positive] as number;
  return others === 0 ? zeroDivision : (others - ((predicted[positive] as number) - hits)) / others;
}
