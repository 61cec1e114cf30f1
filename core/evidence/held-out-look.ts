import type { JudgementEvidence } from './evidence.ts';

/**
 * True when a judgement read something off the held-out labels: a number of any slice, set or comparison. One that could
 * not be computed at all (labels, predictions or a champion missing) tells nobody anything and is free.
 * @see Dwork et al., "The reusable holdout: Preserving validity in adaptive data analysis", Science 349 (2015)
 */
export const isLook = ({ comparisons }: Pick<JudgementEvidence, 'comparisons'>): boolean =>
  comparisons.some(({ metrics }) => metrics.some(({ grade }) => grade === 'judged'));
