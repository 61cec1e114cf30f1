import type { z } from 'zod';
import { appendTransaction } from '../../core/audit/append.ts';
import { emptyHead } from '../../core/audit/merkle.ts';
import { GatehouseError } from '../../core/error/error.ts';
import type { LedgerCommand } from '../../core/registry/command.ts';
import type { LedgerEventData, ModelState } from '../../core/registry/ledger.ts';
import { wasRecorded } from '../../core/registry/operation.ts';
import { propose } from '../../core/registry/propose.ts';
import { recordOf } from '../../core/registry/registry.fixture.ts';
import { emptyState } from '../../core/registry/stream.ts';
import { commitOf, named } from './evidence.ts';
import { readForm } from './folder.ts';
import { stepsForm } from './form.ts';

type Step = z.infer<typeof stepsForm>[number];

const model = 'flight-delay';
const writer = { id: 1, login: 'ada', kind: 'User' } as const;

/** Writes every step into an empty ledger, the way the app does, and says what became of the last one. */
export function answerRecord(texts: ReadonlyMap<string, string>) {
  const steps = readForm(texts, 'steps.json', stepsForm);
  let [head, state] = [emptyHead, emptyState(model)];
  for (const step of steps.slice(0, -1)) {
    ({ head, state } = append(head, state, step));
  }
  const last = steps.at(-1);
  if (last === undefined) return { recorded: [] };
  if (wasDone(state, last)) return { refused: 'done already' };
  try {
    return { recorded: append(head, state, last).events.map(({ data }) => describe(data)) };
  } catch (error) {
    if (error instanceof GatehouseError) return { refused: error.code };
    throw error;
  }
}

function append(head: typeof emptyHead, state: ModelState, step: Step) {
  return appendTransaction(head, state, propose(commandOf(step), state), {
    at: new Date(Date.UTC(2026, 0, 1) + step.merge * 60_000).toISOString(),
    actor: writer,
    source: sourceOf(step),
    approvals: [],
    decisionInput: null,
    sealed: [],
  });
}

function commandOf(step: Step): LedgerCommand {
  if ('register' in step) {
    const { artifact, stage } = step.register;
    const record = recordOf(model, artifact);
    return {
      kind: 'register',
      record: { ...record, artifact: { ...record.artifact, digest: named(artifact) } },
      stage,
    };
  }
  const { comparedWith, ...move } = step.move;
  return { kind: 'move', ...move, replaced: comparedWith, fallback: 'previous' };
}

/** What a reconcile asks before it writes: has this merge been recorded, whatever happened since? */
function wasDone(state: ModelState, step: Step): boolean {
  const { repositoryId, pullRequest, mergeSha } = sourceOf(step);
  const common = { repositoryId, pullRequest, mergeSha, model };
  if ('register' in step) {
    const artifactDigest = named(step.register.artifact);
    return wasRecorded(state, { ...common, artifactDigest, from: null, to: 'registered', endpoint: null });
  }
  const { version, from, to, endpoint } = step.move;
  return wasRecorded(state, { ...common, version, from, to, endpoint });
}

const sourceOf = ({ merge }: Step) => ({
  repositoryId: 7001,
  pullRequest: merge,
  headSha: commitOf(`head ${merge}`),
  mergeSha: commitOf(`merge ${merge}`),
});

function describe(data: LedgerEventData) {
  if (data.type === 'VersionRegistered') return { event: data.type, version: data.record.version };
  if (!('version' in data)) return { event: data.type };
  return {
    event: data.type,
    version: data.version,
    ...('endpoint' in data ? { endpoint: data.endpoint } : {}),
  };
}
