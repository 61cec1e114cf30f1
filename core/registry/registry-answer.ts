import type { Stage } from '../config/stage.ts';
import type { VersionRecord } from './ledger.ts';
import type { EndpointFile } from './registry-files.ts';
import type { StateFile, Stay } from './state-file.ts';
import { unreadableFile } from './unreadable-file.ts';

/** A version that serves at an endpoint, and what a rollback would do. */
export interface Serving extends Omit<Stay, 'until' | 'from'> {
  readonly since: string;
  readonly previous: number | null;
  readonly fallback: string;
}

/** Everything about one model in one answer: what serves where, trained on what, approved by whom, how well. */
export interface ModelAnswer {
  readonly model: string;
  /** The version that `record` is of. */
  readonly version: number;
  readonly stage: Stage;
  readonly stages: readonly { readonly version: number; readonly stage: Stage }[];
  readonly serving: readonly Serving[];
  readonly record: VersionRecord;
  readonly lastEvent: StateFile['lastEvent'];
}

/** One model in a list of all. */
export interface ModelLine {
  readonly model: string;
  readonly newest: number;
  readonly versions: number;
  readonly stages: Readonly<Partial<Record<Stage, number>>>;
  readonly serving: readonly {
    readonly endpoint: string;
    readonly version: number;
    readonly since: string;
  }[];
  readonly lastChange: string;
}

/** One stay of one model at one endpoint. */
export interface ServedLine extends Stay {
  readonly model: string;
}

/** Stays that have not ended, by endpoint. */
export function servingStays({ deployments }: StateFile): readonly Stay[] {
  return deployments.filter(({ until }) => until === null).sort((a, b) => (a.endpoint < b.endpoint ? -1 : 1));
}

/** The version that an answer is about when none is named: what serves (first endpoint by name), else the newest. */
export const shownVersion = (state: StateFile): number | null =>
  servingStays(state)[0]?.version ?? [...state.stages.keys()].at(-1) ?? null;

export function lineOf(state: StateFile): ModelLine {
  const stages: Partial<Record<Stage, number>> = {};
  for (const stage of state.stages.values()) stages[stage] = (stages[stage] ?? 0) + 1;
  return {
    model: state.model,
    newest: [...state.stages.keys()].at(-1) ?? 0,
    versions: state.stages.size,
    stages,
    serving: servingStays(state).map(({ endpoint, version, from }) => ({ endpoint, version, since: from })),
    lastChange: state.lastEvent.at,
  };
}

/**
 * Joins what the files of one model say.
 * @param endpoints of every endpoint where the state file says that a version serves
 * @throws InputError LEDGER_FILE_INVALID where two files do not say the same
 */
export function answerModel(
  state: StateFile,
  endpoints: readonly EndpointFile[],
  record: VersionRecord,
): ModelAnswer {
  const stage = state.stages.get(record.version);
  const path = `models/${state.model}/state.yml`;
  if (stage === undefined) throw unreadableFile(path, `it does not name v${record.version}`);
  const serving = servingStays(state).map(({ until: _, from, ...stay }): Serving => {
    const file = endpoints.find(({ endpoint }) => endpoint === stay.endpoint);
    if (file?.champion !== stay.version) {
      const there = file === undefined ? 'there is no such file' : `there it is v${file.champion ?? ' none'}`;
      const where = `endpoints/${stay.endpoint}/${state.model}.yml`;
      throw unreadableFile(where, `v${stay.version} serves as ${path} says, and ${there}`);
    }
    return { ...stay, since: from, previous: file.previous, fallback: file.fallback };
  });
  return {
    model: state.model,
    version: record.version,
    stage,
    stages: [...state.stages].map(([version, each]) => ({ version, stage: each })),
    serving,
    record,
    lastEvent: state.lastEvent,
  };
}

/**
 * What served at an instant, by endpoint.
 * @param instant milliseconds since 1970
 * @throws InputError LEDGER_FILE_INVALID for a stay whose times are no times
 */
export function servedAt(state: StateFile, instant: number): readonly ServedLine[] {
  const path = `models/${state.model}/state.yml`;
  return state.deployments
    .filter(({ from, until }) => {
      const [start, end] = [from, until ?? '9999-12-31T23:59:59Z'].map((time) => Date.parse(time));
      if (!Number.isFinite(start) || !Number.isFinite(end))
        throw unreadableFile(path, `"${from}" is no time`);
      return Number(start) <= instant && instant < Number(end);
    })
    .map((stay) => ({ model: state.model, ...stay }))
    .sort((a, b) => (a.endpoint < b.endpoint ? -1 : 1));
}
