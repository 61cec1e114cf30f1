import { checkName } from '../../adapters/github/anchors.ts';
import { isFixed } from '../../adapters/github/checks.ts';
import type { CheckMark, GitHubReader, PullFacts } from '../../adapters/github/reader.ts';
import type { CheckContent } from '../../adapters/github/writer.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import { renderCheck } from '../../core/report/check.ts';
import type { Report } from '../../core/report/report.ts';
import type { BotDeps } from '../deps.ts';
import type { Facts } from '../gather/facts.ts';
import { evidenceCheckName } from '../gather/reviews.ts';
import { askReviewers } from './ask-reviewers.ts';
import { keepProgress, renewedCheck, startedCheck, toCheck } from './check.ts';
import { commentOf } from './comment.ts';

/** Shows within seconds that somebody looks, and that an older comment is old. */
export async function startCheck(deps: BotDeps, reader: GitHubReader, pull: PullFacts): Promise<void> {
  const runs = await reader.checkRuns(pull.head.sha, checkName);
  const current = runs.filter(({ externalId }) => !isFixed(externalId)).at(-1);
  if (current !== undefined) {
    // The old one ends first: a completed check is never opened again, so the decision makes a new one.
    if (isNearlyStale(current, deps.now())) await deps.writer.upsertCheck(renewedCheck(pull.head.sha));
    return;
  }
  await deps.writer.upsertCheck(startedCheck(pull.head.sha));
  await deps.writer.markOutOfDate(pull.number, pull.head.sha);
}

/**
 * GitHub gives a check up that is not completed for two weeks.
 * @see https://docs.github.com/rest/checks/runs
 */
const renewedAfterMs = 13 * 86_400_000;

/** A time that cannot be read is old. */
function isNearlyStale({ status, startedAt }: CheckMark, now: string): boolean {
  const ageMs = Date.parse(now) - Date.parse(startedAt ?? '');
  return status !== 'completed' && startedAt !== null && !(ageMs < renewedAfterMs);
}

/** Ends a check that is still open; one that ended stays as it is. */
export async function endCheck(deps: BotDeps, reader: GitHubReader, check: CheckContent): Promise<void> {
  const runs = await reader.checkRuns(check.headSha, checkName);
  const current = runs.filter(({ externalId }) => !isFixed(externalId)).at(-1);
  if (current !== undefined && current.status !== 'completed') await deps.writer.upsertCheck(check);
}

/**
 * Comment, evidence check, decision check, reviewers: in this order, so that nobody approves what he could not see.
 * @param shown what the check says: of another pull request with the same head when that stands worse; null: leave it
 */
export async function publishDecision(
  deps: BotDeps,
  facts: Facts,
  report: Report,
  shown: Report | null,
): Promise<void> {
  const { pull } = facts;
  const { decision } = report;
  if (decision.kind !== 'nothing') await deps.writer.upsertComment(pull.number, commentOf(report));
  if (decision.subject !== null) await leaveEvidence(deps, report, decision.subject);
  if (shown !== null) {
    const check = toCheck(shown.headSha, shown.decision.subject, renderCheck(shown));
    const runs = facts.evidence.runs.some(({ status }) => status !== 'completed');
    await deps.writer.upsertCheck(runs ? keepProgress(check) : check);
  }
  if (decision.subject !== null && !pull.draft) await askReviewers(deps, pull, report);
}

/** Once for each head and subject, never updated: what a review at this head could see (GATE.md rule 5). */
async function leaveEvidence(deps: BotDeps, report: Report, subject: Digest): Promise<void> {
  const { title, summary, text } = renderCheck(report);
  await deps.writer.createFixedCheck({
    name: evidenceCheckName,
    headSha: report.headSha,
    externalId: subject,
    conclusion: 'neutral',
    output: {
      title: `Evidence for ${subject.slice('sha256:'.length, 'sha256:'.length + 12)}`,
      summary:
        `What an approval of this commit is about, from now on: \`${subject}\`.\n\nWhen this was left: ${title}\n\n${summary}`.slice(
          0,
          65_000,
        ),
      text,
      annotations: [],
    },
  });
}
