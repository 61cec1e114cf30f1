import { InputError } from '../error/error.ts';
import type { MetricResult } from '../evidence/evidence.ts';
import type { Finding } from '../finding/finding.ts';
import { countDiscordant, testMcNemar } from '../statistics/mcnemar.ts';
import { type Estimate, estimateDifference, type Measured, measure } from './estimate.ts';
import { findMetric, type Metric, metrics } from './metric.ts';
import { roundForReport } from './rounding.ts';

export interface CompareInput {
  /** 0 or 1, one a held-out row. */
  readonly labels: Uint8Array;
  /** Aligned with the labels (`alignByKey`). */
  readonly challenger: Float64Array;
  /** Aligned likewise; null when there is no champion. */
  readonly champion: Float64Array | null;
  /** Names; all metrics when absent. */
  readonly metrics?: readonly string[];
  readonly seed: number;
}

export interface Comparison {
  /** Rounded by `roundForReport`; only metrics with finite values. */
  readonly metrics: readonly MetricResult[];
  /** Why a metric is missing. A gate that names it fails. */
  readonly findings: readonly Finding[];
}

const allNames = metrics.map((metric) => metric.name);

/** Computes every metric of the challenger and its difference to the champion, with 95 % intervals. */
export function compareModels(input: CompareInput): Comparison {
  const results: MetricResult[] = [];
  const findings: Finding[] = [];
  for (const name of new Set(input.metrics ?? allNames)) {
    const metric = findMetric(name);
    const outcome = metric ? tryCompare(metric, input) : unknownMetric(name);
    if ('code' in outcome) findings.push(outcome);
    else results.push(outcome);
  }
  return { metrics: results, findings };
}

function tryCompare(metric: Metric, input: CompareInput): MetricResult | Finding {
  try {
    return compareOne(metric, input) ?? undefinedMetric(metric, 'its value is not a finite number');
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return undefinedMetric(metric, error.message, error.hint);
  }
}

function compareOne(metric: Metric, input: CompareInput): MetricResult | null {
  const { labels, seed } = input;
  const challenger = measure(metric, labels, input.challenger, seed);
  const champion = input.champion && measure(metric, labels, input.champion, seed);
  const difference = champion && estimateDifference(challenger, champion, seed);
  const values = [challenger.value, champion?.value ?? 0, difference?.value ?? 0];
  if (!values.every(Number.isFinite)) return null;
  return {
    metric: metric.name,
    slice: null,
    set: 'held-out',
    rows: labels.length,
    higherIsBetter: metric.higherIsBetter,
    grade: 'judged',
    challenger: roundForReport(challenger.value, challenger.standardError),
    challengerInterval: toInterval(challenger, metric.range),
    champion: champion && roundForReport(champion.value, champion.standardError),
    difference: difference && roundForReport(difference.value, difference.standardError),
    differenceInterval: difference && toInterval(difference, unbounded),
    standardError: null,
    pWorse: null,
    pBetter: null,
    method: describeMethod(metric, challenger, champion, difference),
  };
}

const unbounded = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

/** null when the interval is not known, for example when a class has one row: a comparison gate then fails. */
function toInterval(
  estimate: Estimate,
  [low, high]: readonly [number, number],
): readonly [number, number] | null {
  if (!estimate.interval.every(Number.isFinite)) return null;
  const [from, to] = estimate.interval.map((bound) =>
    roundForReport(Math.min(Math.max(bound, low), high), estimate.standardError),
  ) as [number, number];
  return [from, to];
}

function describeMethod(
  metric: Metric,
  challenger: Measured,
  champion: Measured | null,
  difference: Estimate | null,
): string {
  const method = (difference ?? challenger).method;
  if (metric.name !== 'accuracy' || !champion) return method;
  const { championOnly, challengerOnly } = countDiscordant(
    champion.parts as Float64Array,
    challenger.parts as Float64Array,
  );
  return `${method}; McNemar exact p ${testMcNemar(championOnly, challengerOnly).toPrecision(2)}`;
}

function unknownMetric(name: string): Finding {
  return {
    code: 'evaluation/metric-unknown',
    severity: 'fail',
    message: `There is no metric "${name}"`,
    found: name,
    allowed: allNames.join(', '),
    fix: `Name one of ${allNames.join(', ')} in the gates of model.yml.`,
  };
}

/** A warning: a gate that names the metric fails by itself, the others need it not. */
function undefinedMetric(metric: Metric, because: string, fix?: string): Finding {
  return {
    code: 'evaluation/metric-undefined',
    severity: 'warn',
    message: `${metric.name} has no value: ${because}`,
    fix: fix ?? 'Look at the predictions: every score must be a number from 0 to 1.',
  };
}
