import type { Metric, MetricPlan } from './metric.ts';
import { prepareAll } from './metric-bundle.ts';

/** A metric that is told by the passes it reads; alone, it has them to itself. */
export function defineMetric(
  definition: Omit<Metric, 'prepare' | 'plan'> & { readonly plan: MetricPlan },
): Metric {
  const metric: Metric = {
    ...definition,
    prepare: (sample) => {
      const evaluate = prepareAll([metric], sample);
      const out = new Float64Array(1);
      return (weights) => {
        evaluate(weights, out);
        return out[0] as number;
      };
    },
  };
  return metric;
}
