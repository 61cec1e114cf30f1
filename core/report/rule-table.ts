import type { RuleResult } from '../policy/decision.ts';
import type { Phrase, Section } from './block.ts';
import { chunksOf } from './chunk.ts';
import { condenseRule } from './condensed-rule.ts';
import { stateWords } from './icon.ts';

/** The decision as a table: every rule with its state and the sentence why, children indented by their number. */
export function ruleSections(rules: readonly RuleResult[]): readonly Section[] {
  const rows = rules.map(condenseRule).flatMap((result, at) => flatten(result, `${at + 1}`));
  const head = ['No.', 'Rule', 'State', 'Why'];
  return chunksOf(rows).map(({ from, rows: part }): Section => {
    const title: Phrase = [{ strong: from === 0 ? 'Rules' : 'Rules, continued' }];
    const table = { kind: 'table', head, rows: part } as const;
    return { name: 'rules', rank: from === 0 ? 2 : 7, blocks: [{ kind: 'paragraph', text: title }, table] };
  });
}

function flatten(
  { rule, state, because, children }: RuleResult,
  number: string,
): readonly (readonly Phrase[])[] {
  const own: readonly Phrase[] = [[number], [{ code: rule }], [stateWords[state]], [because]];
  return [own, ...children.flatMap((child, at) => flatten(child, `${number}.${at + 1}`))];
}
