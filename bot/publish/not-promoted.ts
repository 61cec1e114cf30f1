import type { CheckContent } from '../../adapters/github/writer.ts';
import type { Decision } from '../../core/policy/decision.ts';
import { standsInTheWay } from '../../core/policy/rule.ts';
import { paragraph } from '../../core/report/block.ts';
import { plainText } from '../../core/report/cell.ts';
import { renderMarkdown } from '../../core/report/markdown.ts';
import { bodyDigest, parseMarker, parseState, writeMarker, writeState } from '../../core/report/marker.ts';
import type { Report } from '../../core/report/report.ts';

/** Who mends it and how, in plain text. */
export function repairOf({ input }: Report): string {
  const governors = input.canApprove.governor ?? input.canApprove.owner ?? [];
  const who = governors.length > 0 ? governors.join(', ') : 'an administrator of the repository';
  return `Ask again in a new pull request, with the approvals that were missing. For stages.yml Gatehouse opens a pull request that brings the file back in line. Who can help: ${who}.`;
}

/** Why the merge moved nothing: the first rule that is not met. */
export function reasonOf(decision: Decision): string {
  const open = decision.rules.find(({ state }) => standsInTheWay(state));
  return open?.because ?? decision.findings[0]?.message ?? 'The decision did not allow it.';
}

/** A merge cannot be taken back: the check of its head ends, and says that nothing was recorded. */
export function asNotPromoted(check: CheckContent, report: Report): CheckContent {
  const text = notice(report);
  const { output, name, headSha, externalId } = check;
  return {
    name,
    headSha,
    externalId,
    conclusion: report.input.policy.enforce === false ? 'neutral' : 'failure',
    output: {
      ...output,
      title: plainText(`Merged, not promoted: ${reasonOf(report.decision)}`, 120),
      summary: `${text}\n\n${output.summary}`,
    },
  };
}

/** Puts the notice above the headline of a rendered comment. */
export function withNotice(body: string, report: Report): string {
  const [marker, state] = [parseMarker(body), parseState(body)];
  if (marker === null || state === null) return body;
  const inner = body.slice(body.indexOf('\n') + 1, body.lastIndexOf('\n<!-- gatehouse:state'));
  const shown = `${notice(report)}\n\n${inner}`;
  return [writeMarker(marker), shown, writeState({ ...state, body: bodyDigest(shown) })].join('\n');
}

function notice(report: Report): string {
  return renderMarkdown([
    paragraph('❌ ', { strong: 'Merged, not promoted.' }, ' Nothing was written to the ledger. ', {
      prose: `${reasonOf(report.decision)} ${repairOf(report)}`,
    }),
  ]);
}
