import { parseStrictJson } from '../json/strict.ts';
import { type ClaimedLeaf, refuseClaimed, toPointer } from './claimed-metric.ts';

type Members = Readonly<Record<string, unknown>>;

/** What ml-ci-action's file may hold beside its metrics. */
const besideMetrics = new Set(['model_name', 'framework', 'timestamp', 'dataset', 'hyperparameters']);

/**
 * Lists the values of a JSON file of metrics: a tree of names and numbers as DVC and dvclive write it, the file of
 * ml-ci-action, or one run of MLflow as `mlflow runs describe` and its REST API tell it.
 * @throws InputError JSON_INVALID (NaN and Infinity are no JSON), CLAIMED_METRICS
 * @see https://github.com/ml-ci-labs/ml-ci-action/blob/main/src/utils/metrics.py, load_metrics
 * @see https://mlflow.org/docs/latest/rest-api.html, Get Run
 */
export function listJsonMetrics(text: string, source: string): readonly ClaimedLeaf[] {
  const value = parseStrictJson(text, source);
  if (!isMembers(value)) throw refuseClaimed(source, 'it is no object of names and values', { pointer: '' });
  const mlflow = findMlflowMetrics(value);
  if (mlflow !== null) return listMlflow(mlflow.metrics, mlflow.path, source);
  return isMlCi(value) ? listTree(value.metrics, ['metrics']).map(withoutRoot) : listTree(value, []);
}

/** Lists the values of plain data; the items of lists are no metrics. */
function listTree(value: unknown, path: readonly string[]): readonly ClaimedLeaf[] {
  if (Array.isArray(value)) return [];
  if (!isMembers(value)) return [{ path, value }];
  return Object.entries(value).flatMap(([key, member]) => listTree(member, [...path, key]));
}

const withoutRoot = (leaf: ClaimedLeaf): ClaimedLeaf => ({ ...leaf, path: leaf.path.slice(1) });

function isMlCi(value: Members): boolean {
  const others = Object.keys(value).filter((key) => key !== 'metrics');
  return isMembers(value.metrics) && others.length > 0 && others.every((key) => besideMetrics.has(key));
}

/** `{run: {info, data}}` from the REST API, `{info, data}` from the command. */
function findMlflowMetrics(
  value: Members,
): { readonly metrics: unknown; readonly path: readonly string[] } | null {
  const inner = isMembers(value.run) ? value.run : value;
  const root = inner === value ? [] : ['run'];
  if (!isMembers(inner.info) || !isMembers(inner.data) || !('run_id' in inner.info)) return null;
  return { metrics: inner.data.metrics ?? {}, path: [...root, 'data', 'metrics'] };
}

/** By name, or a list of `{key, value, timestamp, step}` in which the last one of a name counts. */
function listMlflow(metrics: unknown, path: readonly string[], source: string): readonly ClaimedLeaf[] {
  if (isMembers(metrics)) return Object.entries(metrics).map(([name, value]) => ({ path: [name], value }));
  if (!Array.isArray(metrics))
    throw refuseClaimed(source, 'its metrics are none', { pointer: toPointer(path) });
  const last = new Map<string, { readonly value: unknown; readonly rank: readonly number[] }>();
  for (const [at, metric] of metrics.entries()) {
    if (!isMembers(metric) || typeof metric.key !== 'string') {
      const pointer = toPointer([...path, String(at)]);
      throw refuseClaimed(source, 'a metric of MLflow has no key', { pointer });
    }
    const rank = [toCount(metric.step), toCount(metric.timestamp)];
    const known = last.get(metric.key);
    if (known === undefined || !isBefore(rank, known.rank))
      last.set(metric.key, { value: metric.value, rank });
  }
  return [...last].map(([name, { value }]) => ({ path: [name], value }));
}

/** Its API writes long integers as text. */
const toCount = (value: unknown): number => Number(value ?? 0) || 0;

const isBefore = (a: readonly number[], b: readonly number[]): boolean => {
  const at = a.findIndex((each, index) => each !== b[index]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
};

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
