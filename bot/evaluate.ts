import type { PullFacts } from '../adapters/github/reader.ts';
import { ConflictError, GatehouseError, InputError } from '../core/error/error.ts';
import { decide } from '../core/policy/decide.ts';
import { type BotDeps, openSources } from './deps.ts';
import { readGovernance } from './gather/governance.ts';
import { gather, type Sources } from './gather.ts';
import { closedCheck, failedCheck, ungovernedCheck } from './publish/check.ts';
import { endCheck, publishDecision, startCheck } from './publish/publish.ts';
import { toReport } from './publish/report.ts';
import { settle } from './settle.ts';

/** Each attempt reads and decides anew: a conflict says that the facts changed. */
const maxAttempts = 8;

/**
 * Looks at one pull request: reads the truth, decides, and brings check, comment and ledger to what follows from it.
 * Level-triggered: the same truth gives the same end, however often, late or early it is called, and whatever an
 * earlier look left half done.
 * @throws ServiceError when GitHub or a service did not answer, after the check said so: look again later
 * @throws ConflictError when the ledger or the head kept moving
 */
export async function evaluate(deps: BotDeps, number: number): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await look(deps, number);
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt >= maxAttempts) throw error;
      deps.log.info({ number, attempt, code: error.code }, 'the facts moved; looking again');
    }
  }
}

async function look(deps: BotDeps, number: number): Promise<void> {
  const sources = openSources(deps);
  const pull = await sources.reader.pull(number);
  if (pull.state === 'closed' && !pull.merged)
    return endCheck(deps, sources.reader, closedCheck(pull.head.sha));
  if (!pull.merged) await startCheck(deps, sources.reader, pull);
  try {
    await decideAndAct(deps, sources, pull);
  } catch (error) {
    if (!(error instanceof GatehouseError) || error.kind === 'conflict') throw error;
    if (pull.merged && error.code === 'POLICY_MISSING')
      return endCheck(deps, sources.reader, closedCheck(pull.head.sha));
    await deps.writer.upsertCheck(failedCheck(pull.head.sha, error));
    // Who must act on wrong input is the user, and a push tells us; a service is asked again.
    if (!(error instanceof InputError)) throw error;
  }
}

async function decideAndAct(deps: BotDeps, sources: Sources, pull: PullFacts): Promise<void> {
  const { reader } = sources;
  const repository = await reader.repository();
  const governance = await readGovernance(reader, repository, pull.base.ref);
  if (governance.kind !== 'governed') {
    if (pull.merged || (await hasGovernedTwin(sources, pull))) return;
    await deps.writer.upsertCheck(ungovernedCheck(pull.head.sha, pull.base.ref, governance));
    return;
  }
  if (pull.merged) return settle(deps, sources, pull);
  const facts = await gather(sources, pull);
  const decision = decide(facts.input);
  await requireSame(deps, pull);
  await publishDecision(deps, facts, toReport(facts, decision, deps.now()));
}

/** A check belongs to a commit: a pull request to a base without a gate must not touch the check of one with a gate. */
async function hasGovernedTwin({ reader }: Sources, pull: PullFacts): Promise<boolean> {
  const repository = await reader.repository();
  for (const number of await reader.pullsOfCommit(pull.head.sha)) {
    if (number === pull.number) continue;
    const twin = await reader.pull(number);
    if (twin.state !== 'open' || twin.head.sha !== pull.head.sha) continue;
    if ((await readGovernance(reader, repository, twin.base.ref)).kind === 'governed') return true;
  }
  return false;
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
