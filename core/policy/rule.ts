import type { Finding } from '../finding/finding.ts';
import type { RuleResult, RuleState } from './decision.ts';

/** One branch of the result tree with the findings that explain it. */
export interface Ruling {
  readonly result: RuleResult;
  readonly findings: readonly Finding[];
}

export function rule(
  name: string,
  state: RuleState,
  because: string,
  children: readonly RuleResult[] = [],
): Ruling {
  return { result: { rule: name, state, because, children }, findings: [] };
}

/** A refusal and its finding: what was found in one sentence, and how to mend it. */
export function refuse(
  name: string,
  finding: Omit<Finding, 'severity'>,
  children: readonly RuleResult[] = [],
): Ruling {
  return {
    result: { rule: name, state: 'refused', because: finding.message, children },
    findings: [{ ...finding, severity: 'fail' }],
  };
}

/** Several rulings under one name: the worst state speaks, with the sentence of the first that has it. */
export function gather(name: string, rulings: readonly Ruling[], whenEmpty: Ruling): Ruling {
  if (rulings.length === 0) return whenEmpty;
  const children = rulings.map((ruling) => ruling.result);
  const state = worstOf(children.map((child) => child.state));
  const speaker = children.find((child) => child.state === state);
  return {
    result: { rule: name, state, because: speaker?.because ?? '', children },
    findings: rulings.flatMap((ruling) => ruling.findings),
  };
}

const severity: readonly RuleState[] = ['skipped', 'met', 'waived', 'waiting', 'not evaluated', 'refused'];

/** True for what keeps a decision from being allowed. */
export const standsInTheWay = (state: RuleState): boolean =>
  severity.indexOf(state) > severity.indexOf('waived');

/** The state that decides among several: refused before not evaluated before waiting before waived before met. */
export function worstOf(states: readonly RuleState[]): RuleState {
  return states.reduce(
    (worst, state) => (severity.indexOf(state) > severity.indexOf(worst) ? state : worst),
    'skipped',
  );
}
