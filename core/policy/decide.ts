import type { Change } from '../change/change.ts';
import type { Finding, Verdict } from '../finding/finding.ts';
import { canonicalJson } from '../json/canonical.ts';
import { missingAcknowledgements, ruleOnAcknowledgements } from './acknowledgement-rule.ts';
import type { ApprovalTally } from './approval.ts';
import {
  candidatesFor,
  passesQuorum,
  ruleOnApprovals,
  ruleOnChangeRequests,
  tallyApprovals,
} from './approval-rule.ts';
import { askOf } from './break-glass.ts';
import { ruleOnBreakGlass } from './break-glass-rule.ts';
import { ruleOnCriteria } from './criteria-rule.ts';
import { ruleOnData } from './data-rule.ts';
import type { Decision, DecisionInput, RuleState } from './decision.ts';
import { ruleOnFeatures } from './feature-rule.ts';
import { ruleOnJudgement } from './judgement-rule.ts';
import { passOver } from './pass-over.ts';
import { ruleOnProductionNeeds } from './production-rule.ts';
import { ruleOnProtection } from './protection.ts';
import { ruleOnRequest } from './request-rule.ts';
import { type Ruling, rule, worstOf } from './rule.ts';
import { subjectOf } from './subject.ts';
import { ruleOnTarget } from './target-rule.ts';
import { ruleOnTime } from './time-rule.ts';

type Request = Change & { readonly kind: 'request' };

/**
 * Decides what may happen to a pull request, from facts alone: the same input gives the same bytes.
 * @returns `allowed` only when every rule is met; whatever is missing, unknown or unreadable is not. `nothing`: the
 * pull request moves nothing and passes. The tree `rules` says why, line by line.
 */
export function decide(input: DecisionInput): Decision {
  const { change } = input;
  if (change.kind === 'nothing') return nothing(change.because);
  if (change.kind === 'refused') return refused(change);
  if (isNothing(change)) return nothing('What it asks for is what the ledger says already: nothing moves.');
  const request = ruleOnRequest(change, input);
  if (request.result.state === 'refused') return conclude(change, [request], noTally, input);
  const data = ruleOnData(change, input);
  const judgement = ruleOnJudgement(change, data, input);
  const tally = tallyApprovals(change, subjectOf(input), input);
  const consumers = input.prediction === undefined ? [] : [ruleOnAcknowledgements(tally, input)];
  const people = [ruleOnApprovals(tally, input), ...consumers, ruleOnChangeRequests(tally)];
  // What the policy does not ask for has no line.
  const asked = [
    ...[ruleOnFeatures(change, input), ruleOnProductionNeeds(input), ruleOnTime(change, input)],
    ...[ruleOnTarget(change, input), ruleOnBreakGlass(change, input), ruleOnProtection(change, input)],
  ];
  const rulings = [
    ...[request, data, judgement, ...people, ruleOnCriteria(change, input)],
    ...asked.filter((ruling) => ruling !== null),
  ];
  return conclude(change, rulings, tally, input);
}

const noTally: ApprovalTally = {
  ...{ counted: [], uncounted: [], blocking: [], lines: [] },
  acknowledged: new Map(),
};

function conclude(
  change: Request,
  found: readonly Ruling[],
  tally: ApprovalTally,
  input: DecisionInput,
): Decision {
  const { rulings, past } = passOver(found, change, input);
  const state = worstOf(rulings.map((ruling) => ruling.result.state));
  const missing = tally.lines.filter((line) => line.missing > 0);
  return {
    kind: isAllowed(state) ? 'allowed' : state === 'skipped' ? 'refused' : state,
    verdict: verdictOf(rulings, state),
    rules: rulings.map((ruling) => ruling.result),
    moves: change.moves,
    subject: rulings.length > 1 ? subjectOf(input) : null,
    counted: tally.counted,
    uncounted: tally.uncounted,
    missing: [
      ...missing.map((line) => ({
        role: line.line.role,
        count: line.missing,
        candidates: candidatesFor(line.line, input),
      })),
      ...(rulings.length > 1 ? missingAcknowledgements(tally, input) : []),
    ],
    findings: unique(rulings.flatMap((ruling) => ruling.findings)),
    ...(askOf(input) === null
      ? {}
      : { passedOver: [...past, ...(passesQuorum(change, input) ? ['approvals'] : [])] }),
  };
}

/** What is waived is allowed and no pass of that gate: the rule says so, and so does the headline of a report. */
const isAllowed = (state: RuleState): state is 'met' | 'waived' => state === 'met' || state === 'waived';

/** One cause may stop two rules (a fork has neither validation nor judgement): it is said once. */
function unique(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [canonicalJson(finding), finding])).values()];
}

/** Data that does not meet its contract has a verdict of its own: the model was not even looked at. */
function verdictOf(rulings: readonly Ruling[], state: ReturnType<typeof worstOf>): Verdict {
  if (isAllowed(state)) return 'pass';
  if (state !== 'refused') return state === 'waiting' ? 'waiting' : 'not evaluated';
  const data = rulings.find((ruling) => ruling.result.rule === 'data');
  return data?.result.state === 'refused' ? 'data invalid' : 'fail';
}

const isNothing = (change: Request): boolean =>
  change.moves.length === 0 &&
  !change.proposal &&
  !change.newModel &&
  change.configuration.length === 0 &&
  change.datasets.length === 0 &&
  change.newDatasets.length === 0;

function nothing(because: string): Decision {
  return { ...empty, kind: 'nothing', verdict: 'pass', rules: [rule('request', 'met', because).result] };
}

function refused(change: Change & { readonly kind: 'refused' }): Decision {
  const because = change.findings[0]?.message ?? 'What it asks for could not be read.';
  const rules = [rule('request', 'refused', because).result];
  return { ...empty, kind: 'refused', verdict: 'fail', rules, findings: change.findings };
}

const empty = { moves: [], subject: null, counted: [], uncounted: [], missing: [], findings: [] } as const;
