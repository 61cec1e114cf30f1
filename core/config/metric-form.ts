import type { Task } from './model.ts';

/** What stands behind "@" in a name: the beta of an F score, a quantile, or how many of a ranking are looked at. */
export type ParameterKind = 'beta' | 'quantile' | 'cutoff';

/** One name of the grammar. Arithmetic is core/metric's. */
export interface MetricForm {
  readonly base: string;
  /** Required in the name: `pinball@0.9`. */
  readonly parameter?: ParameterKind;
  /** Required in the name: a class (`recall:late`) or a column (`score:helpfulness`). */
  readonly of?: 'class' | 'column';
}

const plain = (names: string): readonly MetricForm[] => names.split(' ').map((base) => ({ base }));
const averaged = (base: string, parameter?: ParameterKind): readonly MetricForm[] =>
  ['macro', 'micro', 'weighted'].map((average) => ({
    base: `${base}-${average}`,
    ...(parameter === undefined ? {} : { parameter }),
  }));

/** What a gate of a model of each task can name without a declaration, the gaps between groups aside. */
export const metricForms: Readonly<Record<Task, readonly MetricForm[]>> = {
  'binary-classification': [
    ...plain('auc log-loss brier accuracy balanced-accuracy precision recall specificity f1'),
    { base: 'f-beta', parameter: 'beta' },
    ...plain('pr-auc ece mce mcc kappa'),
  ],
  'multiclass-classification': [
    ...plain('accuracy balanced-accuracy'),
    ...['precision', 'recall', 'f1'].flatMap((base) => averaged(base)),
    ...averaged('f-beta', 'beta'),
    ...plain(
      'auc-ovr-macro auc-ovr-weighted auc-ovo-macro auc-ovo-weighted log-loss brier ece mce mcc kappa',
    ),
    ...['precision', 'recall', 'f1'].map((base): MetricForm => ({ base, of: 'class' })),
  ],
  regression: [
    ...plain('rmse mse mae mape smape r2 median-ae max-error bias'),
    { base: 'pinball', parameter: 'quantile' },
    ...plain('interval-coverage interval-width explained-variance'),
  ],
  ranking: [
    { base: 'ndcg', parameter: 'cutoff' },
    ...plain('mrr'),
    { base: 'hit-rate', parameter: 'cutoff' },
    ...plain('map'),
  ],
  'scored-examples': [{ base: 'score', of: 'column' }],
};

/** Gaps between groups of rows; their gate names the column in `by`. Two classes only. */
export const fairnessNames = [
  'demographic-parity-difference',
  'equalized-odds-difference',
  'equal-opportunity-difference',
  'disparate-impact-ratio',
] as const;

/** What our actions measure beside the team's code: no label can judge it, and no two runs agree to the digit. */
export const measuredNames = [
  'latency-p50',
  'latency-p95',
  'latency-p99',
  'throughput',
  'error-rate',
  'size-bytes',
  'cost-per-1000',
  'behaviour-pass-rate',
] as const;

/** True for a metric that is measured by its nature: it cannot be judged from labels. */
export const isMeasured = (metric: string): boolean =>
  (measuredNames as readonly string[]).includes(metric) || metric.startsWith('score:');

/** True for what a model is like in service rather than how good it is: a comparison of it is none of quality. */
export const isServing = (metric: string): boolean => (measuredNames as readonly string[]).includes(metric);

/** True for a gap between groups: `disparate-impact-ratio`, also followed by ` by COLUMN`. */
export const isFairness = (metric: string): boolean =>
  fairnessNames.some((name) => metric === name || metric.startsWith(`${name} by `));

const lowerIsBetter: ReadonlySet<string> = new Set(
  [
    'log-loss brier ece mce rmse mse mae mape smape median-ae max-error pinball interval-width',
    'demographic-parity-difference equalized-odds-difference equal-opportunity-difference',
    'latency-p50 latency-p95 latency-p99 error-rate size-bytes cost-per-1000',
  ].flatMap((names) => names.split(' ')),
);
/** A bias may stand on either side of 0, and covers of intervals miss theirs on both. */
const undirected: ReadonlySet<string> = new Set(['bias', 'interval-coverage', 'score']);
const known: ReadonlySet<string> = new Set([
  ...Object.values(metricForms).flatMap((forms) => forms.map(({ base }) => base)),
  ...fairnessNames,
  ...measuredNames,
]);

/** Which values of a metric are better; null: not known here, for the file declares it or no side is. */
export function directionOf(metric: string): 'higher' | 'lower' | null {
  const [base = ''] = metric.split(/[@:]| by /);
  if (!known.has(base) || undirected.has(base)) return null;
  return lowerIsBetter.has(base) ? 'lower' : 'higher';
}
