import { checkName } from '../adapters/github/anchors.ts';
import type { PullFacts } from '../adapters/github/reader.ts';
import { renderCheck } from '../core/report/check.ts';
import { type BotDeps, openSources } from './deps.ts';
import type { MergeFacts } from './gather/facts.ts';
import { gather, gatherMerge, type Sources } from './gather.ts';
import { finalId } from './incident/marks.ts';
import { publishNotRecorded } from './incident/not-recorded.ts';
import { toCheck } from './publish/check.ts';
import { toReport } from './publish/report.ts';
import { isRecorded } from './record/commands.ts';
import { countLook } from './record/count-look.ts';
import { publishRecorded } from './record/publish-recorded.ts';
import { record } from './record/record.ts';
import { decideMerged, isMergedWithEarlier } from './twins.ts';

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
  await publishNotRecorded(deps, facts, report);
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
