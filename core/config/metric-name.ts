/** Metrics that a gate can name. Direction and arithmetic are core/evaluation's; configuration needs to know the names only. */
export const metricNames = ['auc', 'log-loss', 'brier', 'accuracy'] as const;
export type MetricName = (typeof metricNames)[number];
