import { refuseStatistic } from './refusal.ts';

/** Ratio of selection rates below which the four-fifths rule sees adverse impact. */
const fourFifths = 0.8;
/** 0.8 / 1 must pass however it was rounded. */
const slack = 1e-12;

/** Rates of one group; NaN where it has no row to take them over. */
export interface GroupRates {
  readonly rows: number;
  /** Share predicted as class 1. */
  readonly selection: number;
  /** Share of its positives that are found. */
  readonly truePositive: number;
  /** Share of its negatives that are taken for positives. */
  readonly falsePositive: number;
}

/** How far the groups lie apart; a group without a rate is left out, and without any there is no value: NaN. */
export interface Fairness {
  /** In the order of the group numbers. */
  readonly groups: readonly GroupRates[];
  readonly demographicParityDifference: number;
  /** Lowest over highest selection rate; NaN when nobody is selected. */
  readonly disparateImpactRatio: number;
  /** The four-fifths rule; null when the ratio has no value. */
  readonly passesFourFifths: boolean | null;
  /** Difference of the true positive rates. */
  readonly equalOpportunityDifference: number;
  /** The larger difference of the true and the false positive rates. */
  readonly equalisedOddsDifference: number;
}

/**
 * Compares what a binary classifier does to groups of rows.
 * @param labels, predicted 0 or 1
 * @param groups group of each row, as an index below `count`
 * @throws InputError STATISTICS_EMPTY
 * @see Hardt, Price and Srebro 2016 for equal opportunity and odds; 29 CFR 1607.4 (D) for four fifths
 */
export function compareGroups(
  labels: Uint8Array,
  predicted: Uint8Array,
  groups: Uint16Array,
  count: number,
): Fairness {
  if (labels.length === 0) throw refuseStatistic('empty', 'a comparison of groups');
  // Rows by group, label and prediction.
  const cells = new Float64Array(count * 4);
  for (let row = 0; row < labels.length; row++) {
    const cell = (groups[row] as number) * 4 + (labels[row] as number) * 2 + (predicted[row] as number);
    cells[cell] = (cells[cell] as number) + 1;
  }
  return compareRates(
    Array.from({ length: count }, (_, group) => toRates(cells.subarray(group * 4, group * 4 + 4))),
  );
}

/** Differences and ratio of rates that are known already. */
export function compareRates(groups: readonly GroupRates[]): Fairness {
  const selection = rangeOf(groups.map((group) => group.selection));
  const truePositive = rangeOf(groups.map((group) => group.truePositive));
  const falsePositive = rangeOf(groups.map((group) => group.falsePositive));
  const ratio = selection.low / selection.high;
  return {
    groups,
    demographicParityDifference: selection.high - selection.low,
    disparateImpactRatio: ratio,
    passesFourFifths: Number.isNaN(ratio) ? null : ratio >= fourFifths - slack,
    equalOpportunityDifference: truePositive.high - truePositive.low,
    equalisedOddsDifference: rangeOf([
      truePositive.high - truePositive.low,
      falsePositive.high - falsePositive.low,
    ]).high,
  };
}

function toRates(cells: Float64Array): GroupRates {
  const [rightLow, wrongHigh, wrongLow, rightHigh] = cells as unknown as [number, number, number, number];
  const rows = rightLow + wrongHigh + wrongLow + rightHigh;
  return {
    rows,
    selection: (wrongHigh + rightHigh) / rows,
    truePositive: rightHigh / (wrongLow + rightHigh),
    falsePositive: wrongHigh / (rightLow + wrongHigh),
  };
}

/** NaN at both ends when no value is known. */
function rangeOf(values: readonly number[]): { readonly low: number; readonly high: number } {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return { low: Number.NaN, high: Number.NaN };
  return { low: Math.min(...known), high: Math.max(...known) };
}
