import { computeAuc } from './auc.ts';
import { refuseStatistic } from './refusal.ts';

/** Natural-log losses stay finite for a probability of exactly 0 or 1. */
const clip = 2 ** -52;

export interface AveragedAuc {
  /** Every class, or pair of classes, counts the same. */
  readonly macro: number;
  /** They count by their rows. */
  readonly weighted: number;
}

/**
 * Mean AUC of each class against all others.
 * @param truth class of each row, an index into `columns`
 * @param columns probabilities, one column a class
 * @throws InputError STATISTICS_EMPTY, STATISTICS_SINGLE_CLASS when a class has no rows or all
 */
export function computeOneVsRestAuc(truth: Uint16Array, columns: readonly Float64Array[]): AveragedAuc {
  const parts = columns.map((scores, at) => {
    const labels = Uint8Array.from(truth, (own) => (own === at ? 1 : 0));
    return { auc: computeAuc(labels, scores), weight: labels.reduce((sum, label) => sum + label, 0) };
  });
  return average(parts);
}

/**
 * Mean AUC of each pair of classes, over the rows of both alone.
 * @throws InputError STATISTICS_EMPTY, STATISTICS_SINGLE_CLASS when a class has no rows
 * @see Hand and Till 2001
 */
export function computeOneVsOneAuc(truth: Uint16Array, columns: readonly Float64Array[]): AveragedAuc {
  const parts: { readonly auc: number; readonly weight: number }[] = [];
  columns.forEach((ofFirst, first) => {
    columns.slice(first + 1).forEach((ofSecond, offset) => {
      const second = first + 1 + offset;
      const rows = [...truth.keys()].filter((row) => truth[row] === first || truth[row] === second);
      const pick = (scores: Float64Array) => Float64Array.from(rows, (row) => scores[row] as number);
      const labels = Uint8Array.from(rows, (row) => (truth[row] === first ? 1 : 0));
      const turned = labels.map((label) => 1 - label);
      const auc = (computeAuc(labels, pick(ofFirst)) + computeAuc(turned, pick(ofSecond))) / 2;
      parts.push({ auc, weight: rows.length });
    });
  });
  if (parts.length === 0) throw refuseStatistic('single_class', 'AUC');
  return average(parts);
}

function average(parts: readonly { readonly auc: number; readonly weight: number }[]): AveragedAuc {
  const whole = parts.reduce((sum, { weight }) => sum + weight, 0);
  return {
    macro: parts.reduce((sum, { auc }) => sum + auc, 0) / parts.length,
    weighted: parts.reduce((sum, { auc, weight }) => sum + auc * weight, 0) / whole,
  };
}

/**
 * Log-loss of each row: minus the natural logarithm of the probability of its true class.
 * Probabilities are moved inside [2^-52, 1 - 2^-52], and each row is made to sum to one after that.
 * @param truth class of each row, an index into `columns`
 * @see scikit-learn 1.2 log_loss
 */
export function computeClassLogLosses(truth: Uint16Array, columns: readonly Float64Array[]): Float64Array {
  const inside = (value: number): number => Math.min(Math.max(value, clip), 1 - clip);
  return Float64Array.from(truth, (own, row) => {
    const whole = columns.reduce((sum, scores) => sum + inside(scores[row] as number), 0);
    return -Math.log(inside((columns[own] as Float64Array)[row] as number) / whole);
  });
}
