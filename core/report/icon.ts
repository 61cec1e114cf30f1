import type { GateOutcome } from '../evidence/evidence.ts';
import type { Severity, Verdict } from '../finding/finding.ts';
import type { Decision, RuleState } from '../policy/decision.ts';

/** An icon never stands alone: the word says it to whoever sees no colour or hears the page. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  pass: '✅ Pass',
  fail: '❌ Fail',
  'data invalid': '⛔ Data invalid',
  'not evaluated': '⚠️ Not evaluated',
  waiting: '⏳ Waiting',
};

export const resultWords: Readonly<Record<GateOutcome['result'], string>> = {
  pass: '✅ pass',
  fail: '❌ fail',
  'not evaluated': '⚠️ not evaluated',
  skipped: '⚪ skipped',
};

export const stateWords: Readonly<Record<RuleState, string>> = {
  met: '✅ met',
  waived: '⚠️ waived',
  waiting: '⏳ waiting',
  refused: '❌ refused',
  'not evaluated': '⚠️ not evaluated',
  skipped: '⚪ skipped',
};

export const decisionWords: Readonly<Record<Decision['kind'], string>> = {
  allowed: '✅ allowed',
  waiting: '⏳ waiting',
  refused: '❌ refused',
  'not evaluated': '⚠️ not evaluated',
  nothing: '⚪ nothing to check',
};

export const severityWords: Readonly<Record<Severity, string>> = {
  fail: '❌ fail',
  warn: '⚠️ warning only',
  note: '⚪ note',
};
