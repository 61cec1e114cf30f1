import type { Change } from '../change/change.ts';
import { applicableGates, applyFloor } from '../config/floor.ts';
import { isMeasured } from '../config/metric-form.ts';
import { metricKey } from '../config/metric-name.ts';
import type { ModelConfig } from '../config/model.ts';
import type { Gate, Policy } from '../config/policy.ts';
import { evaluateGates } from '../evaluation/gate.ts';
import { requiredComparisons } from '../evidence/comparison-need.ts';
import type { GateOutcome, JudgementEvidence, MetricResult } from '../evidence/evidence.ts';
import type { DecisionInput, RuleState } from './decision.ts';
import { gather, type Ruling, refuse, rule } from './rule.ts';
import { findWaiver, isMissed, ruleOnWaived } from './waiver-rule.ts';

type Request = Change & { readonly kind: 'request' };

/**
 * Every gate of the model and every floor of the policy passes, against every champion that the request meets. Outcomes
 * are computed again from the metrics: what the evidence says about its own gates is not read.
 */
export function ruleOnGates(change: Request, judgement: JudgementEvidence, input: DecisionInput): Ruling {
  const gates = resolveGates(input);
  const required = requiredComparisons(change.moves, input.ledger.champions);
  const rulings = required.map((against) => ruleOnComparison(against, gates, judgement, input));
  return gather(
    'gates',
    [...rulings, ruleOnGrade(gates, change, judgement)],
    refuse('gates', nothingMeasured),
  );
}

/** The model's own gates with the policy's floor under them: a model can ask for more and never for less. */
export function resolveGates(facts: {
  readonly policy: Policy;
  readonly model: ModelConfig | null;
}): readonly Gate[] {
  const { defaults } = facts.policy;
  return facts.model === null ? applyFloor([], defaults).gates : applicableGates(facts.model, defaults);
}

function ruleOnComparison(
  against: number | null,
  gates: readonly Gate[],
  judgement: JudgementEvidence,
  input: DecisionInput,
): Ruling {
  const name = against === null ? 'gates' : `gates against v${against}`;
  const { comparisons, heldOut } = judgement;
  // Where nothing serves, absolute gates alone speak: any comparison has the challenger's own numbers.
  const exact = comparisons.find((comparison) => comparison.against === against);
  const comparison = exact ?? (against === null ? comparisons[0] : undefined);
  if (!comparison) return refuse(name, nothingMeasured);
  const context = { against, rows: heldOut.rows, minimumRows: input.policy.defaults.minimumRows };
  const outcomes = evaluateGates(comparison.metrics, gates, context);
  // Skipped comparisons alone are no pass: something must have been measured and held.
  if (outcomes.every((outcome) => outcome.result === 'skipped')) return refuse(name, onlySkipped);
  const rulings = outcomes.map((outcome) => ruleOnOutcome(outcome, comparison.metrics, input));
  return gather(name, rulings, refuse(name, onlySkipped));
}

const states: ReadonlyMap<GateOutcome['result'], RuleState> = new Map([
  ['pass', 'met'],
  ['skipped', 'skipped'],
  ['not evaluated', 'not evaluated'],
]);

function ruleOnOutcome(outcome: GateOutcome, metrics: readonly MetricResult[], input: DecisionInput): Ruling {
  const state = states.get(outcome.result);
  if (state !== undefined) return rule(outcome.gate, state, outcome.because);
  const waiver = isMissed(outcome, metrics) ? findWaiver(outcome.gate, input) : null;
  if (waiver !== null) return ruleOnWaived(outcome.gate, outcome.because, waiver);
  return refuse(outcome.gate, {
    code: 'gate/failed',
    message: `${outcome.gate}: ${outcome.because}`,
    found: outcome.found,
    allowed: outcome.required,
    fix: 'Improve the model and push again, or ask the owners to change the gate in model.yml.',
  });
}

/** A claimed number gates nothing; of quality, production needs numbers that trusted code computed. */
function ruleOnGrade(gates: readonly Gate[], change: Request, judgement: JudgementEvidence): Ruling {
  const production = change.moves.some((move) => move.kind === 'stage' && move.to === 'production');
  const names = new Set(gates.map(metricKey));
  const gating = judgement.comparisons.flatMap((each) =>
    each.metrics.filter((metric) => names.has(metric.metric)),
  );
  // What can only be measured (latency) is measured by our own action: that is the best that can be had of it.
  const weak = gating.find(
    ({ metric, grade }) => grade === 'claimed' || (grade === 'measured' && production && !isMeasured(metric)),
  );
  if (weak) return refuse('grade', notJudged(weak.metric, weak.grade));
  return rule('grade', 'met', 'Every gate rests on numbers that the judge computed or measured.');
}

const onlySkipped = {
  code: 'gate/none-applies',
  message: 'Every gate compares with a champion, and there is none: nothing was held against a limit',
  fix: 'Add a gate with min or max to model.yml, or a floor under defaults.gates in .github/gatehouse.yml.',
};

const nothingMeasured = {
  code: 'gate/nothing-measured',
  message: 'The judgement has no gate outcome for a comparison that is needed',
  fix: 'Run the workflow again.',
};

const notJudged = (metric: string, grade: string) => ({
  code: 'gate/grade',
  message: `${metric} is ${grade}, and such a number does not gate this`,
  found: grade,
  allowed: 'judged',
  fix: 'Let the judge compute it: use a metric of the judge in model.yml.',
});
