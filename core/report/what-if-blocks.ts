import type { Decision } from '../policy/decision.ts';
import type { RuleAnswer, RuleDifference } from '../policy/decision-difference.ts';
import type { Supposed } from '../policy/what-if.ts';
import { type Block, paragraph } from './block.ts';
import { approvalBlocks, missingBlocks } from './decision-blocks.ts';
import { stateWords } from './icon.ts';

/** What a change that somebody tried makes of a decision. */
export interface WhatIfAnswer {
  /** What was decided upon: `entry 7`, or a file. */
  readonly of: string;
  readonly without: Decision;
  readonly with: Decision;
  readonly changed: readonly RuleDifference[];
  readonly supposed: Supposed;
}

/** `gatehouse policy simulate`: the decision with the change beside the one without, and who is missing then. */
export function whatIfBlocks({
  of,
  without,
  with: after,
  changed,
  supposed,
}: WhatIfAnswer): readonly Block[] {
  const { hypothetical, unknown } = supposed;
  return [
    paragraph({
      strong: `Hypothetical, of ${of}: ${without.kind} without the change, ${after.kind} with it`,
    }),
    ...differenceBlocks(changed),
    paragraph({ strong: 'Approvals with the change' }),
    ...approvalBlocks(after),
    ...missingBlocks(after),
    ...(hypothetical.length === 0
      ? []
      : [paragraph(`Nobody gave these approvals, they are hypothetical: ${hypothetical.join(', ')}.`)]),
    ...unknown.map((sentence) => paragraph(sentence)),
    paragraph('Nothing was changed, and nothing was sent.'),
  ];
}

function differenceBlocks(changed: readonly RuleDifference[]): readonly Block[] {
  if (changed.length === 0) return [paragraph('No rule answers otherwise.')];
  const rows = changed.map((each) => [[each.rule], [answerText(each.without)], [answerText(each.with)]]);
  return [{ kind: 'table', head: ['rule', 'without the change', 'with it'], rows }];
}

const answerText = (answer: RuleAnswer | null): string =>
  answer === null ? 'not asked' : `${stateWords[answer.state]}: ${answer.because}`;
