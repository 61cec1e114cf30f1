import { InputError } from '../error/error.ts';
import type { Metric } from '../metric/metric.ts';
import type { Sample } from '../metric/sample.ts';
import { type AucComponents, computeAucComponents } from '../statistics/delong.ts';
import { countDiscordant, testMcNemar, testMcNemarWorse } from '../statistics/mcnemar.ts';
import type { ComparedPart } from './compared-part.ts';
import { type Estimate, estimateAuc, estimateAucDifference, estimateMean } from './estimate.ts';
import { areHits, widenPaired, widenShare } from './hit-interval.ts';
import { countSpread, type Stakes } from './stakes.ts';
import { widenFew, widenUnseen } from './wide-interval.ts';

/** One metric of both models on the same rows. */
export interface MeasuredMetric {
  readonly metric: Metric;
  readonly challenger: Estimate;
  /** Null: there is no champion, or its predictions cannot have this metric. */
  readonly champion: Pick<Estimate, 'value' | 'standardError'> | null;
  /** Challenger minus champion. */
  readonly difference: Estimate | null;
  readonly method: string;
}

/** Below this a mean is bootstrapped: the normal interval leans on many rows. */
const smallSample = 1000;
/** Differences that are this small beside the values are rounding. */
const rounding = 1e-12;

/** True where the interval has a closed form: nothing needs to be drawn. */
export function hasClosedForm({ estimate }: Metric, part: ComparedPart, { units }: Stakes): boolean {
  if (part.units.ofRow !== null) return false;
  if (estimate.kind === 'row-mean') return units >= smallSample;
  return estimate.kind === 'auc' && part.weights === null;
}

/**
 * Measures a metric that `hasClosedForm`.
 * @throws InputError METRIC_UNDEFINED, STATISTICS_EMPTY, STATISTICS_SINGLE_CLASS
 */
export function measureClosed(metric: Metric, part: ComparedPart, stakes: Stakes): MeasuredMetric {
  const isMean = metric.estimate.kind === 'row-mean';
  return toCautious(isMean ? measureMean(metric, part) : measureAuc(metric, part, stakes), stakes);
}

/** What has no spread on these rows is not certain for that; what both models say of every row alike is. */
export function toCautious(measured: MeasuredMetric, stakes: Stakes): MeasuredMetric {
  const { metric, difference } = measured;
  // Counting takes long, and few need it.
  const isSpread = measured.challenger.standardError !== 0 && difference?.standardError !== 0;
  if (isSpread) return measured;
  const count = metric.estimate.kind === 'row-mean' ? stakes.units : stakes.countRarest();
  const challenger = widenUnseen(measured.challenger, count, metric.range);
  if (difference?.standardError !== 0 || stakes.same || (isOfOrder(metric) && stakes.isSameOrder())) {
    return { ...measured, challenger };
  }
  return { ...measured, challenger, difference: widenUnseen(difference, count, metric.range) };
}

/** True for metrics that see of scores nothing but their order. */
const isOfOrder = ({ name, tasks }: Metric): boolean =>
  name === 'auc' || name === 'pr-auc' || tasks.includes('ranking');

function measureMean(metric: Metric, part: ComparedPart): MeasuredMetric {
  const challenger = rowsOf(metric, part.challenger);
  const champion = part.champion && tryOr(() => rowsOf(metric, part.champion as Sample));
  const paired = champion && estimateMean(subtractSettled(challenger, champion), part.weights);
  const discordant = champion && testDiscordant(challenger, champion, part);
  const weighted = part.weights === null ? '' : 'weighted ';
  const own = estimateMean(challenger, part.weights);
  const isShare = part.weights === null && areHits(challenger);
  return {
    metric,
    challenger: isShare ? widenShare(own, challenger) : own,
    champion: champion && estimateMean(champion, part.weights),
    difference: paired && (discordant?.apply(paired) ?? paired),
    method: `${paired ? 'paired ' : ''}${weighted}mean, normal interval${discordant?.text ?? ''}`,
  };
}

function rowsOf(metric: Metric, sample: Sample): Float64Array {
  if (metric.estimate.kind !== 'row-mean') throw new TypeError(`${metric.name} is no mean of rows`);
  return metric.estimate.rowValues(sample);
}

function measureAuc(metric: Metric, part: ComparedPart, stakes: Stakes): MeasuredMetric {
  const count = countSpread(metric, stakes);
  const challenger = toComponents(part.challenger);
  const champion = part.champion && tryOr(() => toComponents(part.champion as Sample));
  return {
    metric,
    challenger: widenFew(estimateAuc(challenger), count),
    champion: champion && estimateAuc(champion),
    difference: champion && widenFew(estimateAucDifference(challenger, champion), count),
    method: 'DeLong',
  };
}

function toComponents({ truth, predicted }: Sample): AucComponents {
  if (truth.kind === 'binary' && predicted.kind === 'score')
    return computeAucComponents(truth.values, predicted.values);
  throw new InputError('METRIC_UNDEFINED', 'auc needs two classes and one score a row', {
    hint: 'Write one probability of class 1 for each row.',
  });
}

/** Predictions of the champion that cannot have a metric do not take it from the challenger. */
export function tryOr<Value>(make: () => Value): Value | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

/** Two sums of the same rows in another order differ in the last digits: that is no difference. */
export function settle(challenger: number, champion: number): number {
  const difference = challenger - champion;
  const scale = Math.abs(challenger) + Math.abs(champion);
  return Math.abs(difference) <= rounding * scale ? 0 : difference;
}

function subtractSettled(challenger: Float64Array, champion: Float64Array): Float64Array {
  return challenger.map((value, row) => settle(value, champion[row] as number));
}

export interface DiscordantTest {
  /** Puts its p-values into an estimate, and the interval that goes with few rows on which models differ. */
  readonly apply: <Any extends Estimate>(estimate: Any) => Any;
  readonly text: string;
}

/** McNemar's exact test, where every row is right or wrong and stands for itself; null: it does not apply. */
export function testDiscordant(
  challenger: Float64Array,
  champion: Float64Array,
  part: ComparedPart,
): DiscordantTest | null {
  if (part.weights !== null || part.units.ofRow !== null) return null;
  if (!areHits(challenger) || !areHits(champion)) return null;
  const { championOnly, challengerOnly } = countDiscordant(champion, challenger);
  const sides = {
    atLeastZero: testMcNemarWorse(championOnly, challengerOnly),
    atMostZero: testMcNemarWorse(challengerOnly, championOnly),
  };
  const isNone = championOnly + challengerOnly === 0;
  return {
    // Where they differ nowhere the interval is that of what was not seen (`toCautious`).
    apply: (estimate) => ({
      ...(isNone ? estimate : widenPaired(estimate, challengerOnly, championOnly, part.rows)),
      ...sides,
    }),
    text: `; McNemar exact p ${testMcNemar(championOnly, challengerOnly).toPrecision(2)}`,
  };
}
