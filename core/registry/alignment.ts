import type { LedgerView } from '../change/moves.ts';
import type { DesiredStages } from '../config/model.ts';
import type { Stage } from '../config/stage.ts';
import type { ModelState } from './ledger.ts';

/** One line in which `stages.yml` and the ledger do not say the same. */
export interface StageDifference {
  readonly version: number;
  /** Set when it is about who serves an endpoint. */
  readonly endpoint: string | null;
  /** null: the file does not say so. */
  readonly desired: Stage | null;
  /** null: the ledger does not know the version. */
  readonly ledger: Stage | null;
}

/** What a move needs to know of a model's state. */
export function viewOf(state: ModelState): LedgerView {
  return {
    versions: new Map([...state.versions].map(([number, { stage }]) => [number, stage])),
    champions: new Map(
      [...state.endpoints].map(([endpoint, { champion, previous }]) => [
        endpoint,
        { version: champion, previous },
      ]),
    ),
  };
}

/**
 * Says where the file on the default branch and the ledger differ: what an alignment pull request has to mend
 * (GATE.md rule 1). A version that the file does not name asks for nothing and differs only by serving.
 */
export function differencesToLedger(desired: DesiredStages, state: ModelState): readonly StageDifference[] {
  const stageOf = (version: number) => state.versions.get(version)?.stage ?? null;
  const wanted = new Map(Object.entries(desired.production));
  const missing = [...wanted]
    .filter(([endpoint, version]) => state.endpoints.get(endpoint)?.champion !== version)
    .map(([endpoint, version]) => difference(version, endpoint, 'production', stageOf(version)));
  const unasked = [...state.endpoints.values()].flatMap(({ endpoint, champion }) =>
    champion === null || wanted.get(endpoint) === champion
      ? []
      : [difference(champion, endpoint, null, 'production')],
  );
  const listed = (['staging', 'candidate', 'archived', 'rejected'] as const).flatMap((stage) =>
    desired[stage]
      .filter((version) => stageOf(version) !== stage)
      .map((version) => difference(version, null, stage, stageOf(version))),
  );
  return [...missing, ...unasked, ...listed].sort(
    (a, b) => a.version - b.version || ((a.endpoint ?? '') < (b.endpoint ?? '') ? -1 : 1),
  );
}

/**
 * The `stages.yml` that says what the ledger says: the content of an alignment pull request. Versions that the file
 * lists stay listed, at the stage where they really are; nothing is added but what serves.
 */
export function alignedStages(desired: DesiredStages, state: ModelState): DesiredStages {
  const named = new Set([
    ...desired.staging,
    ...desired.candidate,
    ...desired.archived,
    ...desired.rejected,
    ...Object.values(desired.production),
  ]);
  const at = (stage: Stage): readonly number[] =>
    [...named].filter((version) => state.versions.get(version)?.stage === stage).sort((a, b) => a - b);
  const production = [...state.endpoints.values()].flatMap(({ endpoint, champion }) =>
    champion === null ? [] : [[endpoint, champion] as const],
  );
  return {
    staging: at('staging'),
    candidate: at('candidate'),
    production: Object.fromEntries(production.sort(([a], [b]) => (a < b ? -1 : 1))),
    archived: at('archived'),
    rejected: at('rejected'),
  };
}

const difference = (
  version: number,
  endpoint: string | null,
  desired: Stage | null,
  ledger: Stage | null,
): StageDifference => ({ version, endpoint, desired, ledger });
