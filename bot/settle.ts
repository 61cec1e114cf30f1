import { checkName } from '../adapters/github/anchors.ts';
import type { PullFacts } from '../adapters/github/reader.ts';
import { ConflictError } from '../core/error/error.ts';
import { renderCheck } from '../core/report/check.ts';
import { type BotDeps, openSources } from './deps.ts';
import type { MergeFacts } from './gather/facts.ts';
import { gather, gatherMerge, type Sources } from './gather.ts';
import { endFrozenMerge } from './incident/frozen-merge.ts';
import { finalId } from './incident/marks.ts';
import { publishNotRecorded } from './incident/not-recorded.ts';
import { toCheck } from './publish/check.ts';
import { commentOf } from './publish/comment.ts';
import { toReport } from './publish/report.ts';
import { isRecorded, reviewsOf } from './record/commands.ts';
import { countLook } from './record/count-look.ts';
import { inLine, lineOf, listEarlier } from './record/earlier-merges.ts';
import { orderOf } from './record/ledger-job.ts';
import { publishRecorded } from './record/publish-recorded.ts';
import { record } from './record/record.ts';
import { decideMerged, isRegistered, mergedWith } from './twins.ts';

/** Looks at another merge, whatever this one is about. */
type Look = (number: number) => Promise<unknown>;

/**
 * Decides about a merge on facts that do not change any more, and writes it down: a merge compares nothing with the
 * base, so what was green before it may not be allowed any more.
 */
export async function settle(deps: BotDeps, sources: Sources, pull: PullFacts, look: Look): Promise<void> {
  const handedOver = deps.ledgerWriter.beginMerge(orderOf(pull));
  try {
    await inLine(lineOf(deps.ledgerWriter), pull.number, () =>
      settleInTurn(deps, sources, { pull, look, handedOver }),
    );
  } finally {
    handedOver();
  }
}

interface Turn {
  readonly pull: PullFacts;
  readonly look: Look;
  readonly handedOver: () => void;
}

async function settleInTurn(deps: BotDeps, sources: Sources, turn: Turn): Promise<void> {
  const { pull, handedOver } = turn;
  const merge = await gatherMerge(sources, pull);
  if (isRecorded(merge)) return publishRecorded(deps, sources, merge);
  if (await isFinal(deps, sources, merge)) return;
  // Read again as this look began: with the policy that speaks where that of the base cannot be read.
  if (await lookAtEarlier(deps, sources, merge, turn)) throw earlierCame(pull);
  const others = await mergedWith(sources, pull);
  if (others.some((number) => isRecorded({ ...merge, pull: { ...pull, number } }))) return;
  const alone = await countLook(deps, await gather(sources, pull));
  const { facts, decision, speaks } = await decideMerged(sources, alone);
  // GitHub says of another pull request, too, that this merge merged it: one of them is recorded.
  if (speaks !== pull.number || isRegistered(facts, decision)) return;
  const report = toReport(facts, decision, deps.now());
  const isWritten = decision.moves.length + reviewsOf(facts.input).length > 0;
  if (isWritten && decision.kind === 'allowed') {
    const { ledger, commit } = await record(deps, facts, decision, handedOver);
    // Somebody else wrote it, perhaps on other facts: the report shows the ledger, not what we would have written.
    if (commit === null) return settleAgain(deps, pull);
    return publishRecorded(deps, sources, { ...merge, ledger }, { input: facts.input, commit });
  }
  if (decision.kind === 'nothing' || decision.kind === 'allowed') {
    if (decision.kind === 'allowed') await deps.writer.upsertComment(pull.number, commentOf(report));
    await deps.writer.upsertCheck(toCheck(report.headSha, decision.subject, renderCheck(report)));
    return;
  }
  await publishNotRecorded(deps, facts, report);
}

/**
 * Brings merges to their end that nobody told of and that come before this one.
 * @returns true when there were any: the ledger may say something else now
 */
async function lookAtEarlier(
  deps: BotDeps,
  { reader }: Sources,
  { commits, ledger }: MergeFacts,
  { pull, look }: Turn,
): Promise<boolean> {
  const line = lineOf(deps.ledgerWriter);
  const isNext = line.settled.has(commits.base);
  const earlier = isNext ? [] : await listEarlier(line, reader, pull, ledger.events);
  let ended = 0;
  for (const number of earlier) {
    try {
      await look(number);
      line.done.add(number);
      ended += 1;
    } catch (error) {
      // It holds nobody up for longer: its next look comes by itself.
      deps.log.warn({ number, before: pull.number, err: error }, 'an earlier merge could not be looked at');
    }
  }
  if (commits.merge !== null) line.settled.add(commits.merge);
  return ended > 0;
}

const earlierCame = ({ number }: PullFacts): ConflictError =>
  new ConflictError(
    'LEDGER_MOVED',
    `Merges before that of pull request ${number} were brought to their end`,
    {
      hint: 'Read again and decide again.',
    },
  );

async function settleAgain(deps: BotDeps, pull: PullFacts): Promise<void> {
  const sources = openSources(deps);
  await publishRecorded(deps, sources, await gatherMerge(sources, pull));
}

async function isFinal(deps: BotDeps, { reader }: Sources, { commits, pull }: MergeFacts): Promise<boolean> {
  if (commits.merge === null) return false;
  const runs = await reader.checkRuns(commits.merge, checkName);
  await endFrozenMerge(deps, runs, commits.merge, pull.number);
  return runs.some(({ externalId }) => externalId === finalId(pull.number));
}
