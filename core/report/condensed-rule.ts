import type { RuleResult, RuleState } from '../policy/decision.ts';

/**
 * A tree of rules without lines that say a thing twice: one child that says what its parent says is no line of its own
 * (where its name tells more, the parent's gets it), one of several that hold counts them, and no sentence repeats the name that stands before it.
 */
export function condenseRule({ rule, state, because, children }: RuleResult): RuleResult {
  const [only, ...others] = children;
  if (only !== undefined && others.length === 0 && only.state === state && only.because === because)
    return condenseRule({ ...only, rule: nameOf(rule, only.rule) });
  const own = countsOf(state, because, children) ?? withoutName(rule, because);
  return { rule, state, because: own, children: children.map(condenseRule) };
}

/** A parent of several that hold speaks with the sentence of its first child, which stands there already. */
function countsOf(state: RuleState, because: string, children: readonly RuleResult[]): string | null {
  if (state !== 'met' || children.length < 2 || !children.some((child) => child.because === because))
    return null;
  const count = (wanted: RuleState): number => children.filter((child) => child.state === wanted).length;
  return (['met', 'skipped'] as const)
    .flatMap((each) => (count(each) === 0 ? [] : [`${count(each)} ${each}`]))
    .join(', ');
}

const nameOf = (parent: string, child: string): string =>
  parent === child || parent.endsWith(`: ${child}`) ? parent : `${parent}: ${child}`;

/** The column before has the name: `auc min 0.6: 0.58 is below` says it twice. */
function withoutName(rule: string, because: string): string {
  const name = rule.slice(rule.lastIndexOf(': ') + 1).trim();
  return because.startsWith(`${name}: `) ? because.slice(name.length + 2) : because;
}
