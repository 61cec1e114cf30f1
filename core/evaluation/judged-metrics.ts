import { isFairness, isServing } from '../config/metric-form.ts';
import { metricKey } from '../config/metric-name.ts';
import type { ModelConfig, Task } from '../config/model.ts';
import type { Gate } from '../config/policy.ts';

/** Names of the metrics that a judgement computes. */
export interface JudgedMetrics {
  /** Over all held-out rows. */
  readonly whole: readonly string[];
  readonly slices: readonly string[];
  readonly productionLike: readonly string[];
  /** Columns whose values are the groups of a fairness metric. */
  readonly groupColumns: readonly string[];
}

/** Shown of every model whatever its gates name; cheap, since their intervals have a closed form. */
const usual: Readonly<Record<Task, readonly string[]>> = {
  'binary-classification': ['auc', 'log-loss', 'brier', 'accuracy'],
  'multiclass-classification': ['accuracy', 'log-loss'],
  regression: ['mae'],
  ranking: ['mrr'],
  'scored-examples': [],
};

/** Gathers what gates, slices and the explanation ask for. Latency and its like are measured elsewhere. */
export function judgedMetrics(config: ModelConfig, gates: readonly Gate[]): JudgedMetrics {
  const ofRows = gates.filter(({ metric }) => !isServing(metric));
  const names = (some: readonly Gate[]) => [...new Set(some.map(metricKey))];
  const whole = ofRows.filter(({ slice, set }) => slice === undefined && set === undefined);
  const sliced = ofRows.filter(({ slice, slices }) => slice !== undefined || slices !== undefined);
  const spoiled = ofRows.filter(({ set, drop }) => set === 'production-like' || drop !== undefined);
  const scorers = (config.scorers ?? []).map(({ name }) => `score:${name}`);
  const shown = config.task === 'scored-examples' ? scorers : usual[config.task];
  const own = names(whole).filter((name) => !isFairness(name));
  return {
    whole: [...new Set([...names(whole), ...names(sliced), ...names(spoiled), ...shown])],
    slices:
      config.slices === undefined ? [] : [...new Set([...names(sliced), ...(config.slices.metrics ?? own)])],
    productionLike: config.productionLike === undefined ? [] : [...new Set([...names(spoiled), ...shown])],
    groupColumns: [...new Set(ofRows.flatMap(({ by }) => by ?? []))],
  };
}
