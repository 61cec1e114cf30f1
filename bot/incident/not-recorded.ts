import { type IncidentReason, incidentReasons } from '../../core/registry/incident.ts';
import { renderCheck } from '../../core/report/check.ts';
import { modelOf } from '../../core/report/facts.ts';
import type { Report } from '../../core/report/report.ts';
import type { BotDeps } from '../deps.ts';
import type { Facts } from '../gather/facts.ts';
import { placeOf } from '../gather.ts';
import { toCheck } from '../publish/check.ts';
import { commentOf } from '../publish/comment.ts';
import { asNotPromoted, reasonOf, toNotice, withNotice } from '../publish/not-promoted.ts';
import { orderOf } from '../record/ledger-job.ts';
import { finalId, leaveMark, openMark } from './marks.ts';
import { codesOf, type Note, writeNotes } from './notes.ts';

/**
 * Says everywhere that a merge is not in the ledger: comment, check of the head, the ledger itself, and last the mark on
 * the merge that ends it, so that later approvals do not promote an old merge. Whatever a crash leaves out is done by the
 * next look; what is there is found there.
 */
export async function publishNotRecorded(
  deps: BotDeps,
  facts: Facts,
  report: Report,
  cause: Cause = causeOf(report),
): Promise<void> {
  const { pull, commits, policy } = facts;
  const notice = { ...toNotice(facts, report), ...cause };
  // A policy that only reports holds nothing up: its gate is not shut, so nothing went past it.
  const enforced = report.input.policy.enforce !== false;
  const check = toCheck(report.headSha, report.decision.subject, renderCheck(report));
  await deps.writer.upsertComment(pull.number, (earlier) => withNotice(commentOf(report)(earlier), notice));
  await deps.writer.upsertCheck(asNotPromoted(check, notice, enforced));
  if (commits.merge === null) return;
  if (enforced) {
    const place = placeOf(policy.ledger.branch, pull.base.ref);
    const headline = `Note pull request ${pull.number}: merged, not recorded`;
    const where = { place, headline, url: pull.url, order: orderOf(pull), anchorOn: commits.merge };
    await writeNotes(deps, where, [toNote(facts, report, cause)]);
  }
  // Nobody could judge it yet: the facts that are missing may still come.
  if (cause.final) await leaveMark(deps, finalId(pull.number), notice, enforced);
  else if (enforced) await leaveMark(deps, openMark(pull.number), notice);
}

/** Why a merge is not recorded. */
export interface Cause {
  readonly reason: IncidentReason;
  readonly because: string;
  /** Nothing that comes later changes it. */
  readonly final: boolean;
}

const causeOf = ({ decision }: Report): Cause => ({
  reason: incidentReasons.find((reason) => reason === decision.kind) ?? 'refused',
  because: reasonOf(decision),
  final: decision.kind !== 'not evaluated',
});

function toNote({ pull, commits, repository }: Facts, report: Report, { reason }: Cause): Note {
  return {
    command: {
      kind: 'open-incident',
      reason,
      model: modelOf(report),
      baseRef: pull.base.ref,
      base: commits.base,
      codes: codesOf(report.decision.findings),
    },
    at: pull.mergedAt ?? pull.updatedAt,
    by: pull.mergedBy ?? pull.author,
    source: {
      repositoryId: repository.id,
      pullRequest: pull.number,
      headSha: commits.head,
      mergeSha: commits.merge ?? commits.head,
    },
  };
}
