import type { Decision, RuleResult, RuleState } from './decision.ts';

/** A rule whose answer differs between two decisions; null where it is not there. */
export interface RuleDifference {
  /** With the names above it: `approvals / 1 × owner`. */
  readonly rule: string;
  readonly without: RuleAnswer | null;
  readonly with: RuleAnswer | null;
}

export interface RuleAnswer {
  readonly state: RuleState;
  readonly because: string;
}

/** Says which rules answer otherwise, in the order of the tree; a rule that only repeats its children has no line. */
export function compareDecisions(before: Decision, after: Decision): readonly RuleDifference[] {
  const [old, now] = [leavesOf(before.rules), leavesOf(after.rules)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((rule) => {
    const [was, is] = [old.get(rule) ?? null, now.get(rule) ?? null];
    return was?.state === is?.state && was?.because === is?.because ? [] : [{ rule, without: was, with: is }];
  });
}

function leavesOf(rules: readonly RuleResult[], above = ''): ReadonlyMap<string, RuleAnswer> {
  const leaves = new Map<string, RuleAnswer>();
  for (const { rule, state, because, children } of rules) {
    const found: readonly (readonly [string, RuleAnswer])[] =
      children.length === 0
        ? [[`${above}${rule}`, { state, because }]]
        : [...leavesOf(children, `${above}${rule} / `)];
    for (const [name, answer] of found) leaves.set(freeName(leaves, name), answer);
  }
  return leaves;
}

/** Two rules of one name (a gate twice) are told apart by their order. */
function freeName(leaves: ReadonlyMap<string, RuleAnswer>, name: string): string {
  let at = 1;
  let free = name;
  while (leaves.has(free)) {
    at += 1;
    free = `${name} (${at})`;
  }
  return free;
}
