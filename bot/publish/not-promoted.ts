import type { CheckContent } from '../../adapters/github/writer.ts';
import type { Decision } from '../../core/policy/decision.ts';
import { standsInTheWay } from '../../core/policy/rule.ts';
import { type IncidentReason, incidentReasons } from '../../core/registry/incident.ts';
import { plainText } from '../../core/report/cell.ts';
import { modelOf } from '../../core/report/facts.ts';
import { type IncidentNotice, incidentNotice } from '../../core/report/incident-notice.ts';
import { renderMarkdown } from '../../core/report/markdown.ts';
import { bodyDigest, parseMarker, parseState, writeMarker, writeState } from '../../core/report/marker.ts';
import type { Report } from '../../core/report/report.ts';
import type { Facts } from '../gather/facts.ts';
import type { ProvenLedger } from '../ledger/ledger-book.ts';

/** What people are told of a merge that was decided and not recorded. */
export function toNotice({ pull, commits, ledger }: Facts, report: Report): IncidentNotice {
  const { decision, input } = report;
  const model = modelOf(report);
  const { governor = [], owner = [] } = input.canApprove;
  return {
    reason: toReason(decision.kind),
    because: reasonOf(decision),
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

/** What a decision that is not "allowed" is called as an incident. */
const toReason = (kind: Decision['kind']): IncidentReason =>
  incidentReasons.find((reason) => reason === kind) ?? 'refused';

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
export function withNotice(body: string, notice: IncidentNotice): string {
  const [marker, state] = [parseMarker(body), parseState(body)];
  if (marker === null || state === null) return body;
  const inner = body.slice(body.indexOf('\n') + 1, body.lastIndexOf('\n<!-- gatehouse:state'));
  const shown = `${renderMarkdown(incidentNotice(notice))}\n\n${inner}`;
  return [writeMarker(marker), shown, writeState({ ...state, body: bodyDigest(shown) })].join('\n');
}
