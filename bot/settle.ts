import { checkName } from '../adapters/github/anchors.ts';
import { finalPrefix } from '../adapters/github/checks.ts';
import type { PullFacts } from '../adapters/github/reader.ts';
import { renderCheck } from '../core/report/check.ts';
import type { Report } from '../core/report/report.ts';
import { type BotDeps, openSources } from './deps.ts';
import type { Facts, MergeFacts } from './gather/facts.ts';
import { gather, gatherMerge, type Sources } from './gather.ts';
import { toCheck } from './publish/check.ts';
import { commentOf } from './publish/comment.ts';
import { asNotPromoted, reasonOf, repairOf, withNotice } from './publish/not-promoted.ts';
import { toReport } from './publish/report.ts';
import { isRecorded } from './record/commands.ts';
import { countLook } from './record/count-look.ts';
import { publishRecorded } from './record/publish-recorded.ts';
import { record } from './record/record.ts';
import { decideMerged, isMergedWithEarlier } from './twins.ts';

/** External id of the check on the merge commit that says: decided, and nothing was promoted. */
export const finalId = (number: number): string => `${finalPrefix}${number}`;

/**
 * Decides about a merge on facts that do not change any more, and writes it down: a merge compares nothing with the
 * base, so what was green before it may not be allowed any more.
 */
export async function settle(deps: BotDeps, sources: Sources, pull: PullFacts): Promise<void> {
  const merge = await gatherMerge(sources, pull);
  if (isRecorded(merge)) return publishRecorded(deps, sources, merge);
  if ((await isFinal(sources, merge)) || (await isMergedWithEarlier(sources, pull))) return;
  const alone = await countLook(deps, await gather(sources, pull));
  const { facts, decision } = await decideMerged(sources, alone);
  const report = toReport(facts, decision, deps.now());
  const moves = decision.moves.length > 0 && decision.kind === 'allowed';
  if (moves) {
    await record(deps, facts, decision);
    // Read what was written: the report shows the ledger, not our memory of it.
    return settleAgain(deps, pull);
  }
  if (decision.kind === 'nothing' || decision.kind === 'allowed') {
    await deps.writer.upsertCheck(toCheck(report.headSha, decision.subject, renderCheck(report)));
    return;
  }
  await publishNotPromoted(deps, facts, report);
}

async function settleAgain(deps: BotDeps, pull: PullFacts): Promise<void> {
  const sources = openSources(deps);
  await publishRecorded(deps, sources, await gatherMerge(sources, pull));
}

async function isFinal({ reader }: Sources, { commits, pull }: MergeFacts): Promise<boolean> {
  if (commits.merge === null) return false;
  const runs = await reader.checkRuns(commits.merge, checkName);
  return runs.some(({ externalId }) => externalId === finalId(pull.number));
}

/** Says it where people look, then leaves the mark that ends it: later approvals do not promote an old merge. */
async function publishNotPromoted(deps: BotDeps, facts: Facts, report: Report): Promise<void> {
  const { pull, commits } = facts;
  const check = toCheck(report.headSha, report.decision.subject, renderCheck(report));
  await deps.writer.upsertComment(pull.number, (earlier) => withNotice(commentOf(report)(earlier), report));
  await deps.writer.upsertCheck(asNotPromoted(check, report));
  // Nobody could judge it yet: the facts that are missing may still come.
  if (report.decision.kind === 'not evaluated' || commits.merge === null) return;
  await deps.writer.createFixedCheck({
    name: checkName,
    headSha: commits.merge,
    externalId: finalId(pull.number),
    conclusion: report.input.policy.enforce === false ? 'neutral' : 'failure',
    output: {
      title: `Pull request ${pull.number} was merged, not promoted`,
      summary: `${reasonOf(report.decision)}\n\n${repairOf(report)}`,
      text: '',
      annotations: [],
    },
  });
}
