import { InputError } from '../error/error.ts';
import { type BinaryConfusion, makeBinaryConfusion } from './binary-confusion.ts';
import { readBinary } from './binary-sample.ts';
import type { Metric } from './metric.ts';
import { collectPasses } from './metric-pass.ts';
import type { Sample } from './sample.ts';
import { orderByValue } from './score-order.ts';

/** A score that says class 1, and how good the metric is there. */
export interface ChosenThreshold {
  readonly threshold: number;
  readonly value: number;
}

/** What most models are trained to be cut at. */
const usual = 0.5;

/**
 * Finds the score that makes a metric best when it is the least that says class 1; of equally good ones the nearest to
 * 0.5, then the lower. Sorting takes longest: each candidate changes the counts by its own rows alone.
 * @param validation rows that are no held-out rows: a threshold that was fitted on those flatters its model
 * @param metric one of two classes that a threshold changes
 * @throws InputError METRIC_UNDEFINED for another sample, THRESHOLD_UNDEFINED for a metric without threshold or without value
 */
export function chooseThreshold(validation: Sample, metric: Metric): ChosenThreshold {
  const { labels, scores } = readBinary(validation, metric.name);
  const passes = collectPasses(validation);
  const read = metric.plan?.(passes);
  const planned = passes.all.length;
  const counts = passes.share(makeBinaryConfusion, makeBinaryConfusion);
  if (read === undefined || passes.all.length > planned)
    throw refuseChoice(metric.name, 'does not depend on one');
  const ones = new Uint16Array(validation.rows).fill(1);
  for (const pass of passes.all) pass.run(ones);
  const best = searchBest(labels, scores, counts, metric.higherIsBetter ? read : () => -read());
  if (best === null) throw refuseChoice(metric.name, 'has no value at any score');
  return { threshold: best.threshold, value: metric.higherIsBetter ? best.value : -best.value };
}

function searchBest(
  labels: Uint8Array,
  scores: Float64Array,
  counts: BinaryConfusion,
  read: () => number,
): ChosenThreshold | null {
  const order = orderByValue(scores).reverse();
  const positives = counts.tp + counts.fn;
  const negatives = counts.tn + counts.fp;
  let [tp, fp] = [0, 0];
  let best: ChosenThreshold | null = null;
  for (let at = 0; at < order.length; at++) {
    const row = order[at] as number;
    if (labels[row] === 1) tp++;
    else fp++;
    const threshold = scores[row] as number;
    const next = order[at + 1];
    if (next !== undefined && scores[next] === threshold) continue;
    Object.assign(counts, { tp, fp, fn: positives - tp, tn: negatives - fp });
    const value = read();
    if (Number.isFinite(value) && isBetter({ threshold, value }, best)) best = { threshold, value };
  }
  return best;
}

/** Candidates come in descending order: at the same distance from 0.5 the later one is the lower. */
function isBetter(candidate: ChosenThreshold, best: ChosenThreshold | null): boolean {
  if (best === null || candidate.value > best.value) return true;
  return (
    candidate.value === best.value &&
    Math.abs(candidate.threshold - usual) <= Math.abs(best.threshold - usual)
  );
}

function refuseChoice(name: string, why: string): InputError {
  return new InputError('THRESHOLD_UNDEFINED', `no threshold can be chosen: ${name} ${why}`, {
    hint: 'Name a metric of the confusion matrix, and use validation rows in which both classes occur.',
  });
}
