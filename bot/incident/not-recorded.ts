import { renderCheck } from '../../core/report/check.ts';
import type { Report } from '../../core/report/report.ts';
import type { BotDeps } from '../deps.ts';
import type { Facts } from '../gather/facts.ts';
import { placeOf } from '../gather.ts';
import { toCheck } from '../publish/check.ts';
import { commentOf } from '../publish/comment.ts';
import { asNotPromoted, toNotice, withNotice } from '../publish/not-promoted.ts';
import { finalId, leaveMark, openMark } from './marks.ts';
import { codesOf, type Note, writeNotes } from './notes.ts';

/**
 * Says everywhere that a merge is not in the ledger: comment, check of the head, the ledger itself, and last the mark on
 * the merge that ends it, so that later approvals do not promote an old merge. Whatever a crash leaves out is done by the
 * next look; what is there is found there.
 */
export async function publishNotRecorded(deps: BotDeps, facts: Facts, report: Report): Promise<void> {
  const { pull, commits, policy } = facts;
  const notice = toNotice(facts, report);
  // A policy that only reports holds nothing up: its gate is not shut, so nothing went past it.
  const enforced = report.input.policy.enforce !== false;
  const check = toCheck(report.headSha, report.decision.subject, renderCheck(report));
  await deps.writer.upsertComment(pull.number, (earlier) => withNotice(commentOf(report)(earlier), notice));
  await deps.writer.upsertCheck(asNotPromoted(check, notice, enforced));
  if (commits.merge === null) return;
  if (enforced) {
    const place = placeOf(policy.ledger.branch, pull.base.ref);
    const headline = `Note pull request ${pull.number}: merged, not recorded`;
    await writeNotes(deps, { place, headline, url: pull.url, anchorOn: commits.merge }, [
      toNote(facts, report, commits.merge, notice),
    ]);
  }
  // Nobody could judge it yet: the facts that are missing may still come.
  const id = report.decision.kind === 'not evaluated' ? openMark(pull.number) : finalId(pull.number);
  if (enforced || id !== openMark(pull.number)) await leaveMark(deps, id, notice, enforced);
}

function toNote(
  { pull, commits, repository }: Facts,
  { decision }: Report,
  merge: string,
  { reason, model }: ReturnType<typeof toNotice>,
): Note {
  return {
    command: {
      kind: 'open-incident',
      reason: reason === 'ledger frozen' ? 'refused' : reason,
      model,
      base: commits.base,
      codes: codesOf(decision.findings),
    },
    at: pull.mergedAt ?? '',
    by: pull.mergedBy ?? pull.author,
    source: {
      repositoryId: repository.id,
      pullRequest: pull.number,
      headSha: commits.head,
      mergeSha: merge,
    },
  };
}
