import type { RuleResult } from '../policy/decision.ts';
import type { Phrase, Section } from './block.ts';
import { stateWords } from './icon.ts';

const rowsInSection = 100;

/** The decision as a table: every rule with its state and the sentence why, children indented by their number. */
export function ruleSections(rules: readonly RuleResult[]): readonly Section[] {
  const rows = rules.flatMap((result, at) => flatten(result, `${at + 1}`));
  const starts = Array.from(
    { length: Math.ceil(rows.length / rowsInSection) },
    (_, at) => at * rowsInSection,
  );
  return starts.map((from, at): Section => {
    const part = rows.slice(from, from + rowsInSection);
    const head = ['#', 'Rule', 'State', 'Why'];
    const title: Phrase = [{ strong: at === 0 ? 'Rules' : 'Rules, continued' }];
    const table = { kind: 'table', head, align: ['l', 'l', 'l', 'l'], rows: part } as const;
    return { name: 'rules', rank: at === 0 ? 2 : 7, blocks: [{ kind: 'paragraph', text: title }, table] };
  });
}

function flatten(
  { rule, state, because, children }: RuleResult,
  number: string,
): readonly (readonly Phrase[])[] {
  const own: readonly Phrase[] = [[number], [{ code: rule }], [stateWords[state]], [because]];
  return [own, ...children.flatMap((child, at) => flatten(child, `${number}.${at + 1}`))];
}
