import type { CurvePoint } from '../evidence/judgement-detail.ts';
import { readBinary } from './binary-sample.ts';
import { roundShare } from './report-step.ts';
import type { Sample } from './sample.ts';
import { cutByScore } from './score-bins.ts';

export interface Curves {
  /** From (0, 0) to (1, 1). */
  readonly roc: readonly CurvePoint[];
  /** From the first quantile of scores to recall 1. */
  readonly precisionRecall: readonly CurvePoint[];
}

/** Quantiles of scores at which a curve is looked at. */
const quantiles = 50;
/** Fewer rows give a curve of less than five points, and fewer of a class one that says where each of them lies. */
const least = { rows: 500, ofClass: 10 };

/**
 * Both curves of two classes at quantiles of the scores, each step of at least a hundred rows, and each number rounded to
 * what its rows can carry: less than the labels can be read from.
 * @returns null where there are too few rows for one
 * @throws InputError METRIC_UNDEFINED
 */
export function drawCurves(sample: Sample): Curves | null {
  const { labels, scores } = readBinary(sample, 'a curve');
  const bins = cutByScore(scores, quantiles);
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const negatives = labels.length - positives;
  if (bins === null || labels.length < least.rows) return null;
  if (positives < least.ofClass || negatives < least.ofClass) return null;
  const roc: CurvePoint[] = [[0, 0]];
  const precisionRecall: CurvePoint[] = [];
  let [found, at] = [0, 0];
  for (const end of bins.ends) {
    for (; at < end; at++) found += labels[bins.order[at] as number] as number;
    const recall = roundShare(found / positives, positives);
    roc.push([roundShare((end - found) / negatives, negatives), recall]);
    precisionRecall.push([recall, roundShare(found / end, end)]);
  }
  return { roc, precisionRecall };
}
