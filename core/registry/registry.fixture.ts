import { toClaimedRun } from '../evidence/claimed-run.ts';
import type { Digest } from '../evidence/evidence.ts';
import { makeRunRecord } from '../evidence/run-record.fixture.ts';
import { digestBytes } from '../json/canonical.ts';
import type { LedgerCommand } from './command.ts';
import { evolve } from './evolve.ts';
import type { LedgerEvent, ModelState, Person, VersionRecord } from './ledger.ts';
import { propose } from './propose.ts';
import { emptyState, streamOf } from './stream.ts';

/** Commands and a small writer for tests of the registry: events without audit facts. */

export const ada: Person = { id: 1, login: 'ada', kind: 'User' };
export const artifactOf = (text: string): Digest => digestBytes(text);

export function recordOf(model: string, text: string): Omit<VersionRecord, 'v' | 'version'> {
  const artifact = { digest: artifactOf(text), sizeBytes: 4096, name: 'model.json' };
  const unknown = digestBytes('unknown');
  return {
    model,
    registeredAt: '2026-11-21T10:00:00Z',
    artifact,
    runRecordDigest: unknown,
    lineage: {
      repository: 'acme/flights',
      pullRequest: 12,
      codeCommit: 'a'.repeat(40),
      mergeCommit: 'b'.repeat(40),
      datasets: [],
      heldOut: { featuresDigest: unknown, labelsDigest: unknown, rows: 1000 },
      run: toClaimedRun(makeRunRecord({ model, runId: 1, artifact })),
      trainedBy: { runId: 1, runAttempt: 1 },
    },
    predictions: { digest: unknown, featuresDigest: unknown },
    predictCommand: 'node predict.mjs',
    metrics: [],
    gates: [],
    validation: [],
    quality: 'judged',
    task: 'binary-classification',
    endpoints: ['eu', 'us'],
    owners: { users: ['omar'], teams: [] },
    contributors: [ada],
    risk: 'limited',
    description: 'Says whether a flight will be late.',
    limitations: 'Domestic flights only.',
    featureVersion: 'unknown',
    servingImage: 'unknown',
    fallback: 'previous',
    approvals: [],
  };
}

export const register = (model: string, text: string, stage: 'registered' | 'staging'): LedgerCommand => ({
  kind: 'register',
  record: recordOf(model, text),
  stage,
});

export type MoveCommand = Extract<LedgerCommand, { kind: 'move' }>;

/** A move as a decision that has just read the state would ask for it; override what a case needs. */
export function moveIn(state: ModelState, fields: Partial<MoveCommand>): MoveCommand {
  const { version = 1, to = 'production' } = fields;
  const needsEndpoint = to === 'production' || state.versions.get(version)?.stage === 'production';
  const endpoint = fields.endpoint ?? (needsEndpoint ? 'eu' : null);
  return {
    kind: 'move',
    version,
    from: state.versions.get(version)?.stage ?? 'registered',
    to,
    endpoint,
    replaced: to === 'production' ? (state.endpoints.get(endpoint ?? '')?.champion ?? null) : null,
    fallback: 'previous',
    rollback: false,
    ...fields,
  };
}

/** Proposes and folds: what the ledger does, without hashes. `merge` tells one merge from the next. */
export function write(
  state: ModelState,
  command: LedgerCommand,
  merge: number,
): { readonly state: ModelState; readonly events: readonly LedgerEvent[] } {
  const events = propose(command, state).map((data, at): LedgerEvent => {
    const seq = state.lastSeq + 1 + at;
    const hash = digestBytes(`${state.model} ${seq} ${merge}`);
    const sha = String(merge).padStart(40, '0');
    return {
      v: 1,
      stream: streamOf(state.model),
      seq,
      gseq: seq,
      at: new Date(Date.UTC(2026, 0, 1) + merge * 60_000).toISOString(),
      actor: ada,
      source: { repositoryId: 7001, pullRequest: merge, headSha: sha, mergeSha: sha },
      operation: String(merge).padStart(64, '0'),
      data,
      approvals: [],
      decision: hash,
      prev: state.lastHash,
      hash,
    };
  });
  return { state: events.reduce(evolve, state), events };
}

/** State after a list of commands, each made from the state before it. */
export function after(...steps: readonly ((state: ModelState) => LedgerCommand)[]): ModelState {
  return steps.reduce(
    (state, step, at) => write(state, step(state), at + 1).state,
    emptyState('flight-delay'),
  );
}

export const staged = (text: string) => (): LedgerCommand => register('flight-delay', text, 'staging');
export const move =
  (fields: Partial<MoveCommand>) =>
  (state: ModelState): LedgerCommand =>
    moveIn(state, fields);
