import type { PolicyReplay, ReplayedDecision } from '../audit/replay-policy.ts';
import { type Block, type Phrase, paragraph } from './block.ts';
import { counted } from './count-text.ts';
import { whatText } from './decision-blocks.ts';
import { stateWords } from './icon.ts';
import { showTime } from './time-text.ts';

/** `gatehouse policy replay`: which recorded promotions a policy would have blocked. @param policy where it was read */
export function policyReplayBlocks(
  { decisions, blocked, unknown }: PolicyReplay,
  policy: string,
  one: 'promotion' | 'decision',
): readonly Block[] {
  if (decisions.length === 0) return [paragraph(`The ledger holds no ${one}.`)];
  const total = counted(decisions.length, one);
  const headline = blocked === 0 ? `none of the last ${total}` : `${blocked} of the last ${total}`;
  return [
    paragraph({ strong: `${policy} would have blocked ${headline}` }),
    {
      kind: 'table',
      head: ['entry', 'when', 'what', 'pull request', 'with this policy', 'blocked by'],
      align: ['r', 'l', 'l', 'r', 'l', 'l'],
      rows: decisions.map(replayRow),
    },
    ...detailBlocks(decisions),
    ...unknown.map((sentence): Block => paragraph(sentence)),
    paragraph('Decided from what was recorded then: approvals are taken as given for the same change.'),
  ];
}

function replayRow({
  entries,
  at,
  model,
  what,
  pullRequest,
  kind,
  recorded,
  by,
}: ReplayedDecision): readonly Phrase[] {
  const doubt = recorded === 'allowed' ? '' : ` (its own policy says ${recorded} today)`;
  return [
    [String(entries[0] ?? '')],
    [showTime(at)],
    [`${model}: ${whatText(what)}`],
    [`#${pullRequest}`],
    [`${kind}${doubt}`],
    [by.map(({ rule }) => rule).join(', ')],
  ];
}

function detailBlocks(decisions: readonly ReplayedDecision[]): readonly Block[] {
  const items = decisions.flatMap(({ entries, by }) =>
    by.map(
      ({ rule, state, because }): Phrase => [`Entry ${entries[0]}: ${rule}: ${stateWords[state]}. `, because],
    ),
  );
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}
