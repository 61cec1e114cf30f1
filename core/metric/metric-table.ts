import type { CustomMetric, Scorer } from '../config/custom-metric.ts';
import { checkMetricName, type MetricName, parseMetricName } from '../config/metric-name.ts';
import type { Task } from '../config/model.ts';
import { calibrationMetrics } from './calibration-metric.ts';
import { type ClassAveraging, type ClassFormula, classFormulas, makeClassF } from './class-average.ts';
import { confusionMetrics, makeFBeta } from './confusion-metric.ts';
import { makeCustom } from './custom-metric.ts';
import { makeFairness } from './fairness-metric.ts';
import type { RowGroups } from './group-confusion.ts';
import type { Metric } from './metric.ts';
import { multiclassAucMetrics } from './multiclass-auc-metric.ts';
import { makeClassAverage, makeOneClass, multiclassMetrics } from './multiclass-metric.ts';
import { multiclassProbabilityMetrics } from './multiclass-probability-metric.ts';
import { probabilityMetrics } from './probability-metric.ts';
import { rankingCurveMetrics } from './ranking-curve-metric.ts';
import { makePinball, regressionMetrics } from './regression-metric.ts';
import { makeHitRate, makeNdcgAt, retrievalMetrics } from './retrieval-metric.ts';
import { makeScorerMean } from './scorer-metric.ts';

/** What a name means depends on. */
export interface MetricContext {
  readonly task: Task;
  /** `metrics:` of model.yml. */
  readonly custom?: readonly CustomMetric[];
  /** `scorers:` of model.yml: they say which direction is better. */
  readonly scorers?: readonly Scorer[];
  /**
   * Columns that fairness is measured between, one group a row of the sample that the metric will be made ready for.
   * Absent while no data are read: such a metric is known then, and refuses every sample.
   */
  readonly groups?: ReadonlyMap<string, RowGroups>;
}

const fixed: readonly Metric[] = [
  ...confusionMetrics,
  ...rankingCurveMetrics,
  ...probabilityMetrics,
  ...calibrationMetrics,
  ...multiclassMetrics,
  ...multiclassAucMetrics,
  ...multiclassProbabilityMetrics,
  ...regressionMetrics,
  ...retrievalMetrics,
];

/**
 * The metric that a gate or a result names, or null when the task has none of that name. What is measured beside the
 * team's code (latency, size, cost) is none: it has no row.
 * @param name `auc`, `f-beta@2`, `recall:late`, `disparate-impact-ratio by sex`, `score:helpful`, or one of the team's own
 */
export function findMetric(name: string, context: MetricContext): Metric | null {
  const custom = context.custom?.find((each) => each.name === name);
  if (custom !== undefined) {
    return makeCustom(custom, context.task, (named) => findMetric(named, { task: context.task }));
  }
  if (name.includes(' by ')) return findFairness(name, context);
  const parsed = parseMetricName(name);
  if (parsed === null || checkMetricName(name, { task: context.task }) !== null) return null;
  const known = fixed.find((metric) => metric.name === name && metric.tasks.includes(context.task));
  return known ?? findMade(name, parsed, context);
}

function findFairness(name: string, { task, groups }: MetricContext): Metric | null {
  const at = name.indexOf(' by ');
  const column = groups?.get(name.slice(at + ' by '.length)) ?? null;
  if (task !== 'binary-classification' || (groups !== undefined && column === null)) return null;
  return makeFairness(name, name.slice(0, at), column);
}

/** Metrics with a parameter, a class or a column in their name. Its form fits the task: `checkMetricName` has seen it. */
function findMade(name: string, { base, parameter, of }: MetricName, context: MetricContext): Metric | null {
  const averaged = averagedForm.exec(base);
  if (averaged !== null) {
    const [, kind, averaging] = averaged as unknown as [string, string, ClassAveraging];
    return makeClassAverage(name, averaging, toFormula(kind, parameter ?? 1));
  }
  if (base === 'score') {
    const scorer = context.scorers?.find((each) => each.name === of);
    return scorer === undefined ? null : makeScorerMean(name, scorer);
  }
  if (of !== null) return makeOneClass(name, of, toFormula(base, 1));
  // What is measured beside the team's code has a name that is known, and no parameter.
  return parameter === null ? null : (makers[base]?.(name, parameter) ?? null);
}

const makers: Readonly<Record<string, (name: string, parameter: number) => Metric>> = {
  'f-beta': makeFBeta,
  pinball: makePinball,
  ndcg: makeNdcgAt,
  'hit-rate': makeHitRate,
};

const averagedForm = /^(precision|recall|f1|f-beta)-(macro|micro|weighted)$/;

function toFormula(kind: string, beta: number): ClassFormula {
  return kind === 'precision' || kind === 'recall' ? classFormulas[kind] : makeClassF(beta);
}
