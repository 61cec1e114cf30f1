import { checkName } from '../../adapters/github/anchors.ts';
import type { PullFacts } from '../../adapters/github/reader.ts';
import { decide } from '../../core/policy/decide.ts';
import type { BotDeps } from '../deps.ts';
import { withUnknownRolesEmpty } from '../gather/unknown-role.ts';
import { gather, gatherMerge, type Sources } from '../gather.ts';
import { toReport } from '../publish/report.ts';
import { isRecorded } from '../record/commands.ts';
import { finalId } from './marks.ts';
import { type Cause, publishNotRecorded } from './not-recorded.ts';

/**
 * Records that a merge went past a gate which could not decide: its policy or its governors could not be read. What
 * would have been needed is told as far as it is known; nothing is promoted, whatever that says.
 */
export async function recordPastGate(
  deps: BotDeps,
  sources: Sources,
  pull: PullFacts,
  cause: Cause,
): Promise<void> {
  const past: Sources = { ...sources, reader: withUnknownRolesEmpty(sources.reader, null) };
  const merge = await gatherMerge(past, pull);
  if (isRecorded(merge) || merge.commits.merge === null) return;
  const marks = await past.reader.checkRuns(merge.commits.merge, checkName);
  if (marks.some(({ externalId }) => externalId === finalId(pull.number))) return;
  const facts = await gather(past, pull);
  const decision = decide(facts.input);
  // It asked for nothing, or was allowed and moves nothing: a policy that broke later takes nothing of that back.
  if (decision.kind === 'nothing' || (decision.kind === 'allowed' && decision.moves.length === 0)) return;
  await publishNotRecorded(deps, facts, toReport(facts, decision, deps.now()), cause);
}
