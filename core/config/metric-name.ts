import {
  fairnessNames,
  type MetricForm,
  measuredNames,
  metricForms,
  type ParameterKind,
} from './metric-form.ts';
import type { Task } from './model.ts';
import { suggest } from './suggestion.ts';

/** A metric as a gate names it. */
export interface MetricName {
  readonly base: string;
  readonly parameter: number | null;
  /** Class or column behind the colon. */
  readonly of: string | null;
}

/** Names of other tools, and what they are called here. */
const habits: Readonly<Record<string, string>> = {
  'roc-auc': 'auc',
  'roc-auc-score': 'auc',
  'average-precision': 'pr-auc',
  'precision-recall-auc': 'pr-auc',
  'f1-score': 'f1',
  'accuracy-score': 'accuracy',
  'precision-score': 'precision',
  'recall-score': 'recall',
  sensitivity: 'recall',
  'brier-score': 'brier',
  'matthews-corrcoef': 'mcc',
  'cohen-kappa': 'kappa',
  'mean-squared-error': 'mse',
  'root-mean-squared-error': 'rmse',
  'mean-absolute-error': 'mae',
  'mean-absolute-percentage-error': 'mape',
  'r2-score': 'r2',
  'disparate-impact': 'disparate-impact-ratio',
  'equalised-odds-difference': 'equalized-odds-difference',
};

/** Names of a task without parameter, class and column, in the order in which they are shown. */
export const baseMetricNames = (task: Task): readonly string[] => metricForms[task].map(({ base }) => base);

const grammar = /^([a-z][a-z0-9]*(?:-[a-z0-9]+)*)(?:@(\d{1,9}(?:\.\d{1,9})?))?(?::(.{1,200}))?$/u;

/** Splits a metric into base name, parameter and class; null where it has not the form of one. */
export function parseMetricName(text: string): MetricName | null {
  const [, base, parameter, of] = grammar.exec(text) ?? [];
  if (base === undefined) return null;
  return { base, parameter: parameter === undefined ? null : Number(parameter), of: of ?? null };
}

/** What the file that names a metric says besides. */
export interface MetricScope {
  /** Null: a policy, which speaks of models of every task. */
  readonly task: Task | null;
  /** Names of `metrics:` of model.yml. */
  readonly custom?: readonly string[];
  /** Columns of `scorers:` of model.yml; absent: not known here. */
  readonly scorers?: readonly string[];
}

/** Why a name is no metric. */
export interface MetricFault {
  readonly message: string;
  readonly allowed: string;
  readonly meant: string | null;
}

/** Holds a name against the metrics of a task; null: it is one of them. */
export function checkMetricName(text: string, scope: MetricScope): MetricFault | null {
  if (scope.custom?.includes(text) === true) return null;
  const name = parseMetricName(text);
  const form = knownForms(scope.task).find(
    (each) => each.base === name?.base && (each.of === undefined) === (name.of === null),
  );
  if (name === null || form === undefined) return unknownMetric(text, scope);
  if (form.parameter !== undefined || text.includes('@')) return parameterFault(text, form, name.parameter);
  return form.base === 'score' ? scorerFault(name.of ?? '', scope.scorers) : null;
}

const parameterRules: Readonly<Record<ParameterKind, string>> = {
  beta: 'beta above 0 behind "@"',
  quantile: 'a quantile between 0 and 1 behind "@"',
  cutoff: 'a whole number of at least 1 behind "@"',
};
const examples: Readonly<Record<ParameterKind, string>> = { beta: '2', quantile: '0.9', cutoff: '10' };

function parameterFault(
  text: string,
  { base, parameter: kind }: MetricForm,
  value: number | null,
): MetricFault | null {
  const say = (what: string, allowed: string, meant: string | null) => ({
    message: `"${text.slice(0, 80)}" ${what}`,
    allowed,
    meant,
  });
  if (kind === undefined) return say('has a parameter, and takes none', base, base);
  const allowed = `${parameterRules[kind]}, for example ${base}@${examples[kind]}`;
  if (value === null) return say('lacks its parameter', allowed, null);
  if (!inRange[kind](value)) return say('has a parameter that it cannot take', allowed, null);
  // One metric, one name: results are found by it.
  const plain = `${base}@${value}`;
  return plain === text ? null : say('is written with more digits than it needs', plain, plain);
}

const inRange: Readonly<Record<ParameterKind, (value: number) => boolean>> = {
  beta: (value) => value > 0 && value <= 1000,
  quantile: (value) => value > 0 && value < 1,
  cutoff: (value) => Number.isInteger(value) && value > 0,
};

function scorerFault(column: string, scorers: readonly string[] | undefined): MetricFault | null {
  if (scorers === undefined || scorers.includes(column)) return null;
  const near = suggest(column, scorers);
  return {
    message: `no scorer "${column.slice(0, 80)}" is declared`,
    allowed: scorers.map((name) => `score:${name}`).join(', ') || 'a column that "scorers" declares',
    meant: near === null ? null : `score:${near}`,
  };
}

function knownForms(task: Task | null): readonly MetricForm[] {
  const own = task === null ? Object.values(metricForms).flat() : metricForms[task];
  const groups = task === null || task === 'binary-classification' ? fairnessNames : [];
  return [...own, ...[...groups, ...measuredNames].map((base) => ({ base }))];
}

/** How a form is written in a list of what is allowed. */
const show = ({ base, parameter, of }: MetricForm): string =>
  `${base}${parameter === undefined ? '' : `@${examples[parameter]}`}${of === undefined ? '' : `:${of.toUpperCase()}`}`;

function unknownMetric(text: string, scope: MetricScope): MetricFault {
  const known = [...new Set([...knownForms(scope.task).map(show), ...(scope.custom ?? [])])];
  const meant = findMeant(text, known);
  const whose = scope.task === null ? 'any task' : `the task ${scope.task}`;
  return { message: `no metric "${text.slice(0, 80)}" of ${whose}`, allowed: known.join(', '), meant };
}

function findMeant(text: string, known: readonly string[]): string | null {
  const plainText = text.toLowerCase().replaceAll('_', '-');
  const habit = Object.hasOwn(habits, plainText) ? (habits[plainText] ?? null) : null;
  // Average and class are left out where there is one class only, and needed where there are more.
  const more = known.find((name) => name.startsWith(`${plainText}-`) || name.startsWith(`${plainText}@`));
  const whole = known.find((name) => name === habit || name === text.split(':')[0]);
  return whole ?? suggest(text, known) ?? more ?? null;
}

/** As results name it: `disparate-impact-ratio by sex` for a gate with a column, else the metric alone. */
export const metricKey = ({ metric, by }: { readonly metric: string; readonly by?: string }): string =>
  by === undefined ? metric : `${metric} by ${by}`;
