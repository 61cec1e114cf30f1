import { type HistoryLine, linesOf } from '../audit/history.ts';
import type { RecordedDecision } from '../audit/recorded-decision.ts';
import type { Decision, RuleResult } from '../policy/decision.ts';
import { type Block, type Phrase, paragraph } from './block.ts';
import { condenseRule } from './condensed-rule.ts';
import { stateWords } from './icon.ts';
import { showTime } from './time-text.ts';

/** `gatehouse policy explain`: why a recorded decision was what it was, rule by rule, approval by approval. */
export function decisionBlocks(
  { model, cause, events }: RecordedDecision,
  decision: Decision,
): readonly Block[] {
  const { at, source, actor, gseq } = cause;
  return [
    paragraph({ strong: `${model}: ${whatText(linesOf(events))}` }),
    paragraph(
      `Entry ${gseq}, pull request #${source.pullRequest}, merged by ${actor.login} on ${showTime(at)}. Decided again from its recorded inputs: `,
      { strong: decision.kind },
      '.',
    ),
    {
      kind: 'table',
      head: ['rule', 'state', 'because'],
      rows: decision.rules.map(condenseRule).flatMap((rule) => ruleRows(rule)),
    },
    ...approvalBlocks(decision),
    ...missingBlocks(decision),
  ];
}

/** `promoted v2 at eu, archived v1 at eu` */
export const whatText = (lines: readonly Pick<HistoryLine, 'what' | 'version' | 'endpoint'>[]): string =>
  lines
    .map(({ what, version, endpoint }) => {
      const which = version === null ? '' : ` v${version}`;
      return `${what}${which}${endpoint === null ? '' : ` at ${endpoint}`}`;
    })
    .join(', ');

/** Approvals that counted and those that did not, each with its reason. */
export function approvalBlocks({ counted, uncounted }: Decision): readonly Block[] {
  const rows: readonly (readonly Phrase[])[] = [
    ...counted.map(({ reviewer, role, submittedAt, checkRunId, checkCompletedAt }): readonly Phrase[] => [
      [reviewer.login],
      ['counted'],
      [
        `as ${role}: it was given after the evidence was there to see (check ${checkRunId}, ${showTime(checkCompletedAt)})`,
      ],
      [showTime(submittedAt)],
    ]),
    ...uncounted.map(({ reviewer, because, submittedAt }): readonly Phrase[] => [
      [reviewer.login],
      ['not counted'],
      [because],
      [showTime(submittedAt)],
    ]),
  ];
  if (rows.length === 0) return [paragraph('Nobody approved it.')];
  return [{ kind: 'table', head: ['approval by', 'counts', 'because', 'given'], rows }];
}

/** Who is missing, and who could help. */
export function missingBlocks({ missing }: Decision): readonly Block[] {
  if (missing.length === 0) return [];
  const items = missing.map(({ role, count, candidates }): Phrase => {
    const who =
      candidates.length === 0
        ? 'nobody is known who could'
        : `could be ${candidates.slice(0, 10).join(', ')}`;
    return [`${count} × ${role} missing: ${who}`];
  });
  return [{ kind: 'list', items }];
}

function ruleRows({ rule, state, because, children }: RuleResult, depth = 0): readonly (readonly Phrase[])[] {
  // A terminal trims leading space of a cell: the depth is shown by signs.
  const own: readonly Phrase[] = [[`${'> '.repeat(depth)}${rule}`], [stateWords[state]], [because]];
  return [own, ...children.flatMap((child) => ruleRows(child, depth + 1))];
}
