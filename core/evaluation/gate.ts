import type { Gate } from '../config/policy.ts';
import type { GateOutcome, MetricResult } from '../evidence/evidence.ts';
import { judgeDifference } from './difference-gate.ts';
import { judgeLimit } from './limit-gate.ts';
import { isComparison, type Requirement, type Ruling, requirementsOf } from './requirement.ts';

export interface GateContext {
  /** Version of the champion that was compared with; `unnumbered` where no registry numbers it; null when there is none. */
  readonly against: number | 'unnumbered' | null;
  /** Held-out rows that the metrics rest on. */
  readonly rows: number;
  /** The fewest rows that a gate may rest on. */
  readonly minimumRows: number;
}

/**
 * Holds the measured metrics against the gates. Pure: the app computes the same outcomes from the same evidence.
 * One gate of the configuration gives one outcome for each thing it asks for (`min`, `max`, `versus`).
 * @param metrics rounded as in evidence: what is shown is what is judged
 * @param gates with the floor of the policy under them (`applyFloor`)
 */
export function evaluateGates(
  metrics: readonly MetricResult[],
  gates: readonly Gate[],
  context: GateContext,
): readonly GateOutcome[] {
  return gates.flatMap((gate) => {
    const result = metrics.find((metric) => metric.metric === gate.metric);
    return requirementsOf(gate, championOf(context)).map((requirement) =>
      decide(requirement, result, context),
    );
  });
}

/** How sentences name the champion; null: there is none. */
function championOf({ against }: GateContext): string | null {
  if (against === null) return null;
  return against === 'unnumbered' ? 'the champion' : `v${against}`;
}

function decide(
  requirement: Requirement,
  result: MetricResult | undefined,
  context: GateContext,
): GateOutcome {
  const { metric, gate, required } = requirement;
  return { gate, metric, required, ...rule(requirement, result, context), answer: null, rowsNeeded: null };
}

function rule(requirement: Requirement, result: MetricResult | undefined, context: GateContext): Ruling {
  const champion = championOf(context);
  if (requirement.kind === 'nothing') {
    return fail('-', `The gate on ${requirement.metric} asks for nothing: give it min, max or versus`);
  }
  if (isComparison(requirement) && champion === null) {
    return { result: 'skipped', found: '-', because: 'There is no champion to compare with' };
  }
  const enough = Number.isFinite(context.rows) && context.rows >= context.minimumRows;
  if (!enough) return tooFew(context);
  if (!result) return fail('-', `The metric ${requirement.metric} was not computed`);
  return isComparison(requirement)
    ? judgeDifference(requirement, result, champion ?? '')
    : judgeLimit(requirement, result);
}

function tooFew({ rows, minimumRows }: GateContext): Ruling {
  const because = `${rows} held-out rows are too few: at least ${minimumRows} are needed`;
  return { result: 'not evaluated', found: `${rows} rows`, because };
}

function fail(found: string, because: string): Ruling {
  return { result: 'fail', found, because };
}
