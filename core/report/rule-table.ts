import type { RuleResult } from '../policy/decision.ts';
import type { Phrase, Section } from './block.ts';
import { chunksOf } from './chunk.ts';
import { stateWords } from './icon.ts';

/** The decision as a table: every rule with its state and the sentence why, children indented by their number. */
export function ruleSections(rules: readonly RuleResult[]): readonly Section[] {
  const rows = rules.flatMap((result, at) => flatten(result, `${at + 1}`));
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
  const own: readonly Phrase[] = [
    [number],
    [{ code: rule }],
    [stateWords[state]],
    [withoutName(rule, because)],
  ];
  const [only, ...others] = children;
  // One child that says what its parent says is no line of its own; where its name tells more, the parent's gets it.
  if (only !== undefined && others.length === 0 && only.state === state && only.because === because) {
    return flatten({ ...only, rule: nameOf(rule, only.rule) }, number);
  }
  return [own, ...children.flatMap((child, at) => flatten(child, `${number}.${at + 1}`))];
}

const nameOf = (parent: string, child: string): string =>
  parent === child || parent.endsWith(`: ${child}`) ? parent : `${parent}: ${child}`;

/** The column before has the name: `auc min 0.6: 0.58 is below` says it twice. */
const withoutName = (rule: string, because: string): string => {
  const name = rule.slice(rule.lastIndexOf(': ') + 1).trim();
  return because.startsWith(`${name}: `) ? because.slice(name.length + 2) : because;
};
