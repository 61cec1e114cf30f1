import type { GateOutcome, JudgementEvidence } from '../evidence/evidence.ts';
import { type Finding, isFailure } from '../finding/finding.ts';

export type JudgementVerdict = JudgementEvidence['verdict'];

/**
 * Says what gates come to: one failure fails; one that was not evaluated leaves it open; nothing passed is no pass.
 * Comparisons that were skipped for want of a champion neither help nor harm.
 */
export function verdictOf(gates: readonly GateOutcome[]): JudgementVerdict {
  if (gates.some((gate) => gate.result === 'fail')) return 'fail';
  const settled = gates.every((gate) => gate.result === 'pass' || gate.result === 'skipped');
  return settled && gates.some((gate) => gate.result === 'pass') ? 'pass' : 'not evaluated';
}

/**
 * Says what a whole judgement comes to. A finding of severity fail means that something is missing: never a pass.
 * The app computes this again from the evidence and compares.
 */
export function judgementVerdict(
  comparisons: readonly { readonly gates: readonly GateOutcome[] }[],
  findings: readonly Finding[],
): JudgementVerdict {
  const verdict = verdictOf(comparisons.flatMap((comparison) => comparison.gates));
  const incomplete = findings.some(isFailure);
  return verdict === 'pass' && incomplete ? 'not evaluated' : verdict;
}
