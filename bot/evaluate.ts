import { LimitError } from '../adapters/github/budget/limit-error.ts';
import { withReserve } from '../adapters/github/budget/reserve.ts';
import type { PullFacts } from '../adapters/github/reader.ts';
import { readPolicy } from '../adapters/proposal/read-proposal.ts';
import { ConflictError, GatehouseError, InputError, ServiceError } from '../core/error/error.ts';
import { nextMoment } from '../core/policy/next-moment.ts';
import type { Report } from '../core/report/report.ts';
import { type BotDeps, openSources } from './deps.ts';
import { readGovernance } from './gather/governance.ts';
import { gather, type Sources } from './gather.ts';
import { markFrozenMerge } from './incident/frozen-merge.ts';
import { actPastFault, isPolicyFault } from './incident/policy-fault.ts';
import { recordUnreadable } from './incident/unreadable-merge.ts';
import { readPolicyPreview } from './policy-preview.ts';
import { closedCheck, failedCheck, ungovernedCheck } from './publish/check.ts';
import { endCheck, publishDecision, startCheck } from './publish/publish.ts';
import { toReport } from './publish/report.ts';
import { countLook } from './record/count-look.ts';
import { settle } from './settle.ts';
import { type TrainingWatch, toWatch } from './training/watch.ts';
import { decideCheck, decideShared, gatherTwins, type Outcome, readTwins } from './twins.ts';

/** A head without a result is asked for by every reconcile for so long, and daily afterwards. */
const newForMs = 86_400_000;
/** Each attempt reads and decides anew: a conflict says that the facts changed. */
const maxAttempts = 8;

/**
 * Looks at one pull request: reads the truth, decides, and brings check, comment and ledger to what follows from it.
 * Level-triggered: the same truth gives the same end, however often, late or early it is called, and whatever an
 * earlier look left half done.
 * @returns the run that may still bring the result, for light looks; null: none
 * @throws ServiceError when GitHub or a service did not answer, after the check said so: look again later
 * @throws ConflictError when the ledger or the head kept moving
 */
export async function evaluate(deps: BotDeps, number: number): Promise<TrainingWatch | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await look(deps, number);
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt >= maxAttempts) throw error;
      deps.log.info({ number, attempt, code: error.code }, 'the facts moved; looking again');
    }
  }
}

async function look(deps: BotDeps, number: number): Promise<TrainingWatch | null> {
  const sources = openSources(deps, number);
  // Whether it was merged is asked from what is kept for merges, and so is all that a merge needs.
  const pull = await withReserve(() => sources.reader.pull(number));
  return pull.merged ? withReserve(() => lookAt(deps, sources, pull)) : lookAt(deps, sources, pull);
}

async function lookAt(deps: BotDeps, sources: Sources, pull: PullFacts): Promise<TrainingWatch | null> {
  if (pull.state === 'closed' && !pull.merged) {
    await close(deps, sources, pull);
    return null;
  }
  if (!pull.merged) await startCheck(deps, sources.reader, pull);
  try {
    return await decideOrGoOn(deps, sources, pull);
  } catch (error) {
    if (!(error instanceof GatehouseError)) {
      // A success of before must not stand because we broke on what came after it.
      await deps.writer.upsertCheck(
        failedCheck(pull.head.sha, fault(error), await isReportOnly(sources, pull)),
      );
      throw error;
    }
    // Saying so would cost what there is not enough of; what was decided before stays until it can be looked at again.
    if (error.kind === 'conflict' || error instanceof LimitError) throw error;
    if (pull.merged && error.code === 'POLICY_MISSING') {
      await endCheck(deps, sources.reader, closedCheck(pull.head.sha));
      return null;
    }
    if (pull.merged && error.code === 'LEDGER_FROZEN') await markFrozenMerge(deps, sources, pull, error);
    await deps.writer.upsertCheck(failedCheck(pull.head.sha, error, await isReportOnly(sources, pull)));
    // Who must act on wrong input is the user, and a push tells us; a service is asked again.
    if (!(error instanceof InputError)) throw error;
    if (pull.merged && error.code !== 'LEDGER_FROZEN') await recordUnreadable(deps, sources, pull, error);
    return null;
  }
}

/** Held up, unless the policy of its base can be read, says otherwise, and no other base shares the check. */
async function isReportOnly(sources: Sources, pull: PullFacts): Promise<boolean> {
  const { reader } = sources;
  try {
    const tip = await reader.branchHead(pull.base.ref);
    if (tip === null || (await readPolicy(reader, tip)).enforce !== false) return false;
    return (await readTwins(sources, await reader.repository(), pull)).length === 0;
  } catch (error) {
    if (error instanceof GatehouseError) return false;
    throw error;
  }
}

function fault(cause: unknown): ServiceError {
  return new ServiceError('GATEHOUSE_FAULT', 'Gatehouse met a fault of its own, and decided nothing', {
    hint: 'It looks again by itself. If it stays so, report it with what the log of the app says.',
    cause,
  });
}

/** A policy that cannot be read stops what it would have judged, but not its own repair (GATE.md rule 13). */
async function decideOrGoOn(deps: BotDeps, sources: Sources, pull: PullFacts): Promise<TrainingWatch | null> {
  try {
    return await decideAndAct(deps, sources, pull);
  } catch (fault) {
    if (!isPolicyFault(fault)) throw fault;
    const past = await actPastFault({ deps, sources, pull, fault }, (given, from) =>
      decideAndAct(given, from, pull),
    );
    if (past === null) throw fault;
    return past.done;
  }
}

async function decideAndAct(deps: BotDeps, sources: Sources, pull: PullFacts): Promise<TrainingWatch | null> {
  const { reader } = sources;
  const repository = await reader.repository();
  const governance = await readGovernance(reader, repository, pull.base.ref);
  if (governance.kind !== 'governed') {
    // A pull request to a base without a gate must not touch the check of one with a gate.
    if (pull.merged || (await readTwins(sources, repository, pull)).length > 0) return null;
    await deps.writer.upsertCheck(ungovernedCheck(pull.head.sha, pull.base.ref, governance));
    return null;
  }
  if (pull.merged) {
    await settle(deps, sources, pull, (number) => evaluate(deps, number));
    return null;
  }
  const gathered = await gather(sources, pull);
  const facts = await countLook(deps, gathered);
  // The ledger that was counted in is another one than these sources have read.
  const twins = await gatherTwins(facts === gathered ? sources : openSources(deps), facts);
  const own = decideShared(facts, twins ?? []);
  const shown = twins && decideCheck(facts, twins);
  const preview = await readPolicyPreview(deps, sources, own.facts);
  await requireSame(deps, pull);
  const tell = ({ facts: of, decision }: Outcome): Report => ({
    ...toReport(of, decision, deps.now()),
    ...(preview === null || of.pull.number !== pull.number ? {} : { policyPreview: preview }),
  });
  await publishDecision(deps, own.facts, tell(own), shown && tell(shown));
  deps.lookAgainAt?.(pull.number, whenToLook(own));
  return toWatch(own.facts, shown?.decision ?? null);
}

/**
 * When to look again though nothing is heard of it: when time changes the decision, or with the next reconcile while the
 * result of a new head is missing, since the end of a run changes nothing that a list of pull requests shows.
 */
function whenToLook({ facts, decision }: Outcome): number | null {
  const now = Date.parse(facts.input.now ?? '');
  const isNew = now - Date.parse(facts.pull.updatedAt) < newForMs;
  return decision.subject === null && isNew ? now : nextMoment(facts.input);
}

/** The check of a closed pull request ends, unless the same commit still waits in another one. */
async function close(deps: BotDeps, sources: Sources, pull: PullFacts): Promise<void> {
  const repository = await sources.reader.repository();
  if ((await readTwins(sources, repository, pull)).length > 0) return;
  await endCheck(deps, sources.reader, closedCheck(pull.head.sha));
}

/** What was decided must still be about this head: a push meanwhile makes it old before it is published. */
async function requireSame(deps: BotDeps, pull: PullFacts): Promise<void> {
  const now = await deps.newReader().pull(pull.number);
  const same = now.head.sha === pull.head.sha && now.base.ref === pull.base.ref && now.state === pull.state;
  if (same) return;
  throw new ConflictError('PULL_REQUEST_MOVED', `Pull request ${pull.number} changed while it was read`, {
    hint: 'Read it again and decide again.',
  });
}
