import { applicableGates } from '../../core/config/floor.ts';
import type { Gate, Policy } from '../../core/config/policy.ts';
import { findingsOf, GatehouseError } from '../../core/error/error.ts';
import { alignByKey } from '../../core/evaluation/align.ts';
import { compareScores } from '../../core/evaluation/compare-scores.ts';
import { evaluateGates } from '../../core/evaluation/gate.ts';
import type { Labels } from '../../core/evaluation/labels.ts';
import { parsePredictions } from '../../core/evaluation/predictions.ts';
import type { JudgementEvidence } from '../../core/evidence/evidence.ts';
import type { Finding } from '../../core/finding/finding.ts';
import type { JudgementPlan } from '../../core/registry/judgement-plan.ts';

export interface ComparisonInput {
  readonly plan: JudgementPlan;
  readonly policy: Policy;
  readonly labels: Labels;
  /** CSV, pull-request controlled. */
  readonly challenger: Uint8Array;
  /** version -> CSV */
  readonly champions: ReadonlyMap<number, Uint8Array>;
}

export interface ComparisonOutcome {
  readonly comparisons: JudgementEvidence['comparisons'];
  readonly findings: readonly Finding[];
}

/** Fixed, so that a second run of the same judgement finds the same numbers. */
const seed = 1;

/** Compares the challenger with every champion on the same rows and holds the results against the gates. */
export function compareAll(input: ComparisonInput): ComparisonOutcome {
  const { plan, policy, labels, champions } = input;
  const gates = applicableGates(plan.model.config, policy.defaults);
  const challenger = align(labels, input.challenger, 'predictions.csv (challenger)');
  if ('findings' in challenger) return { comparisons: [], findings: challenger.findings };
  const shared = { gates, policy, labels, challenger: challenger.scores };
  const outcomes = plan.against.map((against): ComparisonOutcome => {
    if (against === null) return compareOne({ ...shared, against, champion: null });
    const content = champions.get(against);
    // Its absence is already a finding: no comparison, hence no pass.
    if (content === undefined) return { comparisons: [], findings: [] };
    const champion = align(labels, content, `predictions.csv (v${against})`);
    if ('findings' in champion) return { comparisons: [], findings: champion.findings };
    return compareOne({ ...shared, against, champion: champion.scores });
  });
  return {
    comparisons: outcomes.flatMap(({ comparisons }) => comparisons),
    findings: withoutDoubles(outcomes.flatMap(({ findings }) => findings)),
  };
}

interface OneComparison {
  readonly against: number | null;
  readonly gates: readonly Gate[];
  readonly policy: Policy;
  readonly labels: Labels;
  readonly challenger: Float64Array;
  readonly champion: Float64Array | null;
}

function compareOne(one: OneComparison): ComparisonOutcome {
  const { against, gates, policy, labels, challenger, champion } = one;
  const { metrics, findings } = compareScores({ labels: labels.values, challenger, champion, seed });
  const { minimumRows } = policy.defaults;
  const outcomes = evaluateGates(metrics, gates, { against, rows: labels.keys.length, minimumRows });
  const comparison = { against, metrics, gates: outcomes, detail: null, explanation: null, behaviour: null };
  return { comparisons: [comparison], findings };
}

type Aligned = { readonly scores: Float64Array } | { readonly findings: readonly Finding[] };

function align(labels: Labels, content: Uint8Array, source: string): Aligned {
  try {
    return { scores: alignByKey(labels, parsePredictions(content, source)) };
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    return { findings: findingsOf('judge', error) };
  }
}

/** The same metric is without a value against every champion: said once. */
function withoutDoubles(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Map(findings.map((finding) => [`${finding.code}\n${finding.message}`, finding]));
  return [...seen.values()];
}
