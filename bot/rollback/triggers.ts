import type { RunFacts } from '../../adapters/github/reader.ts';
import type { RecordRequest } from '../../core/audit/record.ts';
import { networkOf } from '../../core/config/network.ts';
import type { Policy } from '../../core/config/policy.ts';
import { ConflictError } from '../../core/error/error.ts';
import type { ModelState } from '../../core/registry/ledger.ts';
import { decideTrigger, type TriggerFacts } from '../../core/registry/trigger-rollback.ts';
import type { BotDeps } from '../deps.ts';
import { placeOf, type Sources } from '../gather.ts';
import type { ProvenLedger } from '../ledger/ledger-book.ts';
import { readTargetBars } from './rollback-target.ts';
import { type BelievedTrigger, readTriggerRun } from './trigger-run.ts';

/** An older observation is not acted on any more: a person decides. */
const maxAgeMs = 24 * 3_600_000;
/** Runs that this process has looked at to the end. What it forgets is found done, or refused again. */
const seen = new WeakMap<BotDeps, Set<string>>();

/** The default branch and the proven ledger as a look found them: it reads nothing of that again. */
export interface Scene {
  readonly sources: Sources;
  readonly policy: Policy;
  readonly repositoryId: number;
  readonly defaultBranch: string;
  readonly tip: string;
  readonly ledger: ProvenLedger;
}

/**
 * Looks whether what watches production saw a trigger that was approved in advance, and returns the endpoint to its
 * recorded previous version: once a promotion, then a person decides (GATE.md rule 23). Level-triggered: the same runs
 * give the same ledger, however often it looks. Nothing is read where no promotion allows it.
 * @returns true when it wrote to the ledger
 * @throws ServiceError when GitHub or the store did not answer: look again later
 */
export async function rollBackOnTriggers(deps: BotDeps, scene: Scene): Promise<boolean> {
  const { sources, policy, defaultBranch } = scene;
  const { states } = scene.ledger.snapshot;
  const path = policy.trusted.monitor?.path;
  if (path === undefined || ![...states.values()].some(isWatched)) return false;
  const done = seen.get(deps) ?? new Set();
  seen.set(deps, done);
  const since = Date.parse(deps.now()) - maxAgeMs;
  let isWritten = false;
  const runs = (await sources.reader.scheduledRuns(defaultBranch)).filter(
    (run) => isOurs(run, scene, path) && Date.parse(run.updatedAt) >= since,
  );
  // Oldest first: what was seen first is what happened.
  for (const run of [...runs].sort((a, b) => a.id - b.id)) {
    const key = `${run.id}.${run.attempt}`;
    if (done.has(key)) continue;
    for (const found of await readTriggerRun(sources, scene, run)) {
      if ('code' in found) deps.log.warn({ run: run.id, code: found.code }, 'a trigger is not believed');
      else isWritten = (await follow(deps, scene, found)) || isWritten;
    }
    done.add(key);
  }
  return isWritten;
}

const isWatched = ({ endpoints }: ModelState): boolean =>
  [...endpoints.values()].some(({ triggers, previous }) => triggers !== undefined && previous !== null);

/** A server that does not tell which workflows a run calls is asked by the receipt alone. */
const isOurs = (run: RunFacts, { defaultBranch, repositoryId }: Scene, path: string): boolean =>
  run.event === 'schedule' &&
  run.headBranch === defaultBranch &&
  run.repositoryId === repositoryId &&
  (run.calls.length === 0 || run.calls.includes(path));

async function follow(deps: BotDeps, scene: Scene, trigger: BelievedTrigger): Promise<boolean> {
  const { model, endpoint } = trigger.evidence;
  const facts = await readFacts(scene, trigger, scene.ledger.snapshot.states.get(model) ?? null);
  const first = decideTrigger(trigger.evidence, facts);
  if ('findings' in first) {
    const codes = first.findings.map(({ code }) => code);
    deps.log.info({ model, endpoint, run: trigger.run.id, codes }, 'a trigger moves nothing');
    return false;
  }
  const { commit } = await deps.ledgerWriter.write(deps, {
    place: placeOf(scene.policy.ledger.branch, scene.defaultBranch),
    headline: `Roll back ${model} at ${endpoint} to v${first.command.version} by itself`,
    url: trigger.run.url,
    anchorOn: scene.tip,
    plan: ({ states }) => plan(deps, scene, trigger, { ...facts, state: states.get(model) ?? null }),
  });
  deps.log.info({ model, endpoint, commit }, 'rolled back by itself');
  return true;
}

/** Decided again on the ledger as it is when it is written: bytes and files were read for one version alone. */
function plan(
  deps: BotDeps,
  { repositoryId, tip }: Scene,
  { evidence, sealed, key, run }: BelievedTrigger,
  facts: TriggerFacts,
): readonly RecordRequest[] {
  const decided = decideTrigger(evidence, facts);
  if ('findings' in decided)
    throw new ConflictError('LEDGER_CHAMPION_MOVED', 'The endpoint moved while its trigger was read', {
      hint: 'Read the ledger again and decide again.',
    });
  const pullRequest = facts.state?.endpoints.get(evidence.endpoint)?.by.pullRequest ?? 0;
  const actor = { id: deps.identity.botId, login: deps.identity.botLogin, kind: 'Bot' } as const;
  return [
    {
      model: evidence.model,
      command: decided.command,
      facts: {
        ...{ at: run.updatedAt, actor, approvals: [], decisionInput: null },
        // The pull request whose approvals cover it; no merge, but the tip that carries the anchor.
        source: { repositoryId, pullRequest, headSha: run.headSha, mergeSha: tip },
        sealed: [{ ...sealed, jwk: key }],
      },
    },
  ];
}

async function readFacts(
  { sources, policy, repositoryId, tip }: Scene,
  { evidence, run }: BelievedTrigger,
  state: ModelState | null,
): Promise<TriggerFacts> {
  const previous = state?.endpoints.get(evidence.endpoint)?.previous ?? null;
  const target = previous === null ? undefined : state?.versions.get(previous);
  if (state === null || previous === null || target === undefined)
    return { repositoryId, run, state, barred: [], stored: false };
  const store = await sources.openStore(policy.store, networkOf(policy));
  return {
    ...{ repositoryId, run, state },
    barred: await readTargetBars(sources.reader, tip, state, previous),
    stored: await store.has(target.record.artifact.digest),
  };
}
