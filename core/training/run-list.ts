import type { Digest, RunRecord } from '../evidence/evidence.ts';

/** A run record that was found, and where. */
export interface ListedRun {
  /** Of the bytes of its record. */
  readonly digest: Digest;
  readonly record: RunRecord;
  /** `flight-delay@v7` in the ledger, an artifact's name, a path; one record may lie at several. */
  readonly places: readonly string[];
}

export interface RunFilter {
  readonly model?: string | undefined;
  readonly outcome?: string | undefined;
  /** ISO instant: runs that started then or later. */
  readonly since?: string | undefined;
}

export interface RunOrder {
  /** Newest first when absent. */
  readonly metric?: string | undefined;
  readonly order: 'asc' | 'desc';
}

/** Puts what was found together: a record is listed once, with every place that has it. */
export function mergeRuns(runs: readonly ListedRun[]): readonly ListedRun[] {
  const merged = new Map<Digest, ListedRun>();
  for (const run of runs) {
    const known = merged.get(run.digest);
    const places = known === undefined ? run.places : [...new Set([...known.places, ...run.places])];
    merged.set(run.digest, { ...run, places });
  }
  return [...merged.values()];
}

/** Runs that fit, in order; of a metric those that do not have it come last. */
export function selectRuns(
  runs: readonly ListedRun[],
  filter: RunFilter,
  order: RunOrder,
): readonly ListedRun[] {
  const since = filter.since === undefined ? null : Date.parse(filter.since);
  return runs
    .filter(
      ({ record }) =>
        (filter.model === undefined || record.model === filter.model) &&
        (filter.outcome === undefined || record.outcome === filter.outcome) &&
        (since === null || Date.parse(record.startedAt) >= since),
    )
    .sort((a, b) => byMetric(a, b, order) || byTime(a, b));
}

function byMetric(a: ListedRun, b: ListedRun, { metric, order }: RunOrder): number {
  if (metric === undefined) return 0;
  const [first, second] = [metricOf(a.record, metric), metricOf(b.record, metric)];
  if (first === null || second === null) return Number(first === null) - Number(second === null);
  return order === 'asc' ? first - second : second - first;
}

const byTime = (a: ListedRun, b: ListedRun): number =>
  Date.parse(b.record.startedAt) - Date.parse(a.record.startedAt) || (a.digest < b.digest ? -1 : 1);

/** A metric as it was at the end; names are the training's own. */
export const metricOf = ({ metrics }: Pick<RunRecord, 'metrics'>, name: string): number | null =>
  Object.hasOwn(metrics, name) ? (metrics[name] ?? null) : null;

/** Shortest name that people use: `501.2`, of a trial `501.1/7`. */
export function runName({ record, places }: ListedRun): string {
  const trial = places.map((place) => /^gatehouse-trial-(.{1,40})$/.exec(place)?.[1]).find(Boolean);
  return `${record.runId}.${record.runAttempt}${trial === undefined ? '' : `/${trial}`}`;
}

/** The versions that a run became: `v7`; empty: it was never merged. */
export const versionsOf = ({ places }: ListedRun): readonly string[] =>
  places.flatMap((place) => /@(v\d+)$/.exec(place)?.[1] ?? []);

/** Every run that a text may mean: run id, `id.attempt`, version, place, or the beginning of its record's digest. */
export function findRuns(runs: readonly ListedRun[], text: string): readonly ListedRun[] {
  const exact = runs.filter(
    (run) => runName(run) === text || run.places.includes(text) || run.digest === text,
  );
  if (exact.length > 0) return exact;
  const hex = text.replace(/^sha256:/, '');
  return runs.filter(
    (run) =>
      String(run.record.runId) === text ||
      `${run.record.runId}.${run.record.runAttempt}` === text ||
      versionsOf(run).includes(text) ||
      (/^[0-9a-f]{7,64}$/.test(hex) && run.digest.startsWith(`sha256:${hex}`)),
  );
}
