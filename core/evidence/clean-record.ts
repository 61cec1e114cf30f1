import { canonicalJson } from '../json/canonical.ts';
import { isForbiddenKey } from '../json/strict.ts';
import type { ParameterValue, RunRecord } from './evidence.ts';
import { maxRunRecordBytes, parseRunRecord } from './run-record.ts';

/** Fixed forms, checked by the schema: no secret fits in, and hiding would only break them. */
const fixedForms: ReadonlySet<string> = new Set([
  'grade',
  'commit',
  'startedAt',
  'at',
  'gpuTool',
  'outcome',
  'digest',
  'dataDigest',
  'resumedFrom',
  'currency',
]);

/**
 * Takes secrets out of a run record, wherever they may have got in: values, names, paths, package names. Bounded again,
 * so that hours of training are not lost to one long text: texts are cut, a record that is too large loses history and
 * then its list of packages.
 * @param hide replaces every secret in a text
 * @throws InputError RUN_RECORD_INVALID when it is no run record even so
 */
export function cleanRecord(record: RunRecord, hide: (text: string) => string): RunRecord {
  const clean = cleanValue(record, hide, '') as RunRecord;
  return parseRunRecord(canonicalJson(fitRecord(boundRecord(clean))), 'run.json');
}

function cleanValue(value: unknown, hide: (text: string) => string, key: string): unknown {
  if (typeof value === 'string') return fixedForms.has(key) ? value : hide(value.toWellFormed());
  if (Array.isArray(value)) return value.map((item) => cleanValue(item, hide, key));
  if (typeof value !== 'object' || value === null) return value;
  // A name of the team's own may be "commit" as well: only our keys have fixed forms, and the maps hold no text but their own.
  const own = key === 'parameters' || key === 'environment' || key === 'runtimes' || key === 'metrics';
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) =>
      own ? [hide(name.toWellFormed()), cleanValue(item, hide, '')] : [name, cleanValue(item, hide, name)],
    ),
  );
}

/** Cuts what the training side may have made too long to what the schema takes. */
function boundRecord(record: RunRecord): RunRecord {
  const entries = <T>(values: Readonly<Record<string, T>>, most: number, toValue: (value: T) => T) =>
    Object.fromEntries(
      Object.entries(values)
        .filter(([name]) => name !== '' && !isForbiddenKey(name))
        .slice(0, most)
        .map(([name, value]) => [cut(name, 200), toValue(value)]),
    );
  const cutValue = (value: ParameterValue) => (typeof value === 'string' ? cut(value, 500) : value);
  return {
    ...record,
    changedFiles: record.changedFiles.slice(0, 100).map((path) => cut(path, 1_000)),
    runner: cut(record.runner, 200),
    command: cut(record.command, 4_000),
    parameters: entries(record.parameters, 300, cutValue),
    environment: entries(record.environment, 50, (value) => cut(value, 1_000)),
    metrics: entries(record.metrics, 200, (value) => value),
    runtimes: entries(record.runtimes, 20, (value) => cut(value, 200)),
    packages: record.packages
      .slice(0, 3_000)
      .filter(([name]) => name !== '')
      .map(([name, version]): [string, string] => [cut(name, 200), cut(version || 'unknown', 200)]),
    history: record.history.map((point) => ({
      ...point,
      metrics: entries(point.metrics, 50, (value) => value),
    })),
    phases: record.phases.slice(0, 50).map(({ name, durationMs }) => ({ name: cut(name, 200), durationMs })),
    // The newest one says how it ended.
    attempts: record.attempts.slice(-100).map((attempt) => ({
      ...attempt,
      runner: cut(attempt.runner, 200),
      how: cut(attempt.how, 2_000),
    })),
  };
}

/** The last sign says that something is missing; half a surrogate pair is no text. */
const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;

function fitRecord(record: RunRecord): RunRecord {
  if (Buffer.byteLength(canonicalJson(record)) <= maxRunRecordBytes) return record;
  if (record.history.length > 2) return fitRecord({ ...record, history: thinHalf(record.history) });
  return record.packages.length > 0 ? fitRecord({ ...record, packages: [] }) : record;
}

/** Every second one; the first and the last stay. */
const thinHalf = <T>(items: readonly T[]): readonly T[] =>
  items.filter((_, at) => at % 2 === 0 || at === items.length - 1);
