import type { CheckContent } from '../../adapters/github/writer.ts';
import type { Decision } from '../../core/policy/decision.ts';
import { standsInTheWay } from '../../core/policy/rule.ts';
import { plainText } from '../../core/report/cell.ts';
import { modelOf } from '../../core/report/facts.ts';
import { type IncidentNotice, incidentNotice } from '../../core/report/incident-notice.ts';
import { renderMarkdown } from '../../core/report/markdown.ts';
import type { Report } from '../../core/report/report.ts';
import type { Facts } from '../gather/facts.ts';
import type { ProvenLedger } from '../ledger/ledger-book.ts';
import { putAbove } from './above.ts';

/** What people are told of a merge that is not recorded, but why. */
export function toNotice(
  { pull, commits, ledger }: Facts,
  report: Report,
): Omit<IncidentNotice, 'reason' | 'because'> {
  const { input } = report;
  const model = modelOf(report);
  const { governor = [], owner = [] } = input.canApprove;
  return {
    by: pull.mergedBy?.login ?? null,
    baseRef: pull.base.ref,
    commit: commits.merge ?? commits.head,
    model,
    serving: servingOf(ledger, model),
    helpers: [
      { role: 'governor', logins: governor },
      { role: 'owner', logins: owner },
    ],
  };
}

/** What serves of a model, by endpoint. */
export function servingOf({ snapshot }: ProvenLedger, model: string | null): IncidentNotice['serving'] {
  const endpoints = snapshot.states.get(model ?? '')?.endpoints.values() ?? [];
  return [...endpoints]
    .flatMap(({ endpoint, champion }) => (champion === null ? [] : [{ endpoint, version: champion }]))
    .sort((a, b) => (a.endpoint < b.endpoint ? -1 : 1));
}

/** Why the merge moved nothing: the first rule that is not met. */
export function reasonOf(decision: Decision): string {
  const open = decision.rules.find(({ state }) => standsInTheWay(state));
  return open?.because ?? decision.findings[0]?.message ?? 'The decision did not allow it.';
}

/** A merge cannot be taken back: the check of its head ends, and says that nothing was recorded. */
export function asNotPromoted(check: CheckContent, notice: IncidentNotice, enforced: boolean): CheckContent {
  const { output, name, headSha, externalId } = check;
  return {
    name,
    headSha,
    externalId,
    conclusion: enforced ? 'failure' : 'neutral',
    output: {
      ...output,
      title: plainText(`Merged, not promoted: ${notice.because}`, 120),
      summary: `${renderMarkdown(incidentNotice(notice))}\n\n${output.summary}`,
    },
  };
}

/** Puts the notice above the headline of a rendered comment. */
export const withNotice = (body: string, notice: IncidentNotice): string =>
  putAbove(body, incidentNotice(notice));
