import type { ClassCounts } from './class-confusion.ts';

/** A number of one class from its rows, its predictions, and what they share. */
export type ClassFormula = (hits: number, truth: number, predicted: number) => number;

export const classFormulas = {
  precision: (hits, _, predicted) => hits / predicted,
  recall: (hits, truth) => hits / truth,
} as const satisfies Record<string, ClassFormula>;

/** F with recall counted `beta` times as much as precision. @see van Rijsbergen 1979 */
export function makeClassF(beta: number): ClassFormula {
  const squared = beta ** 2;
  return (hits, truth, predicted) => ((1 + squared) * hits) / (squared * truth + predicted);
}

export type ClassAveraging = 'macro' | 'micro' | 'weighted';

/**
 * One number of all classes, as scikit-learn: a class that neither occurs nor is predicted is no class of these rows; of
 * the others, what is 0 / 0 counts 0 (a class that occurs and is never predicted has the worst precision). NaN without rows.
 * @see scikit-learn precision_recall_fscore_support
 */
export function averageClasses(
  counts: ClassCounts,
  averaging: ClassAveraging,
  formula: ClassFormula,
): number {
  const { truth, predicted, hits, total, right } = counts;
  if (averaging === 'micro') return total > 0 ? formula(right, total, total) : Number.NaN;
  let sum = 0;
  let whole = 0;
  for (let at = 0; at < truth.length; at++) {
    const rows = truth[at] as number;
    const said = predicted[at] as number;
    if (rows + said === 0) continue;
    const weight = averaging === 'macro' ? 1 : rows;
    // Not 0 / 0: one class without precision would take the value from all of them.
    if (rows > 0 && said > 0) sum += weight * formula(hits[at] as number, rows, said);
    whole += weight;
  }
  return sum / whole;
}
