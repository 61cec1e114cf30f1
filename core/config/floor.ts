import type { Finding } from '../finding/finding.ts';
import { modelPath } from './layout.ts';
import type { ModelConfig } from './model.ts';
import type { Gate, Policy } from './policy.ts';
import { fillMargin } from './policy-resolution.ts';

export interface FlooredGates {
  /** What applies: never less than the floor, whatever the model's own gates say. */
  readonly gates: readonly Gate[];
  /** One `config/below-floor` for each gate of the model that asks for less than the floor. Pointers are into model.yml. */
  readonly findings: readonly Finding[];
}

/**
 * Lays the floor of the policy under a model's gates (GATE.md rule 10).
 * Gates are alternatives to nobody: all of them must pass, so adding one can only make it harder.
 * @param file path of model.yml, for findings
 */
export function applyFloor(
  gates: readonly Gate[],
  defaults: Policy['defaults'],
  file = 'model.yml',
): FlooredGates {
  const complete = gates.map((gate) => fillMargin(gate, defaults.comparison));
  const compared = complete.some(({ versus }) => versus !== undefined);
  const added: readonly Gate[] = compared ? [] : [comparisonOf(complete, defaults)];
  const own = [...complete, ...added];
  const missing = defaults.gates
    .map((gate) => fillMargin(gate, defaults.comparison))
    .filter((floor) => !holds(own, floor));
  return {
    gates: [...own, ...missing],
    findings: complete.flatMap((gate, at) =>
      defaults.gates.flatMap((floor) => compare(gate, floor, at, defaults, file)),
    ),
  };
}

/** A model with the gates that apply to it, and what of its own lies below the floor. */
export interface ResolvedModel {
  readonly model: ModelConfig;
  readonly findings: readonly Finding[];
}

/** Resolves a model against the policy: gates with the floor under them and a comparison with the champion always. */
export function resolveModel(model: ModelConfig, policy: Policy): ResolvedModel {
  const { gates, findings } = applyFloor(model.gates, policy.defaults, modelPath(model.model));
  return { model: { ...model, gates }, findings };
}

function comparisonOf(gates: readonly Gate[], { comparison }: Policy['defaults']): Gate {
  return { metric: gates[0]?.metric ?? 'auc', versus: comparison.versus, margin: comparison.margin };
}

/** True when some gates of the model together ask for at least what the floor asks. */
function holds(gates: readonly Gate[], floor: Gate): boolean {
  const same = gates.filter(({ metric }) => metric === floor.metric);
  return (
    (floor.min === undefined ||
      same.some(({ min }) => min !== undefined && min >= (floor.min ?? Number.NaN))) &&
    (floor.max === undefined ||
      same.some(({ max }) => max !== undefined && max <= (floor.max ?? Number.NaN))) &&
    (floor.versus === undefined ||
      same.some((gate) => gate.versus !== undefined && lead(gate) >= lead(floor)))
  );
}

/** How far ahead of the champion the lower end of the interval must lie, in units of the metric. */
const lead = ({ versus, margin }: Gate): number => (versus === 'better' ? (margin ?? 0) : -(margin ?? 0));

function compare(
  gate: Gate,
  floor: Gate,
  at: number,
  defaults: Policy['defaults'],
  file: string,
): readonly Finding[] {
  if (gate.metric !== floor.metric) return [];
  const bounds = { file, at, metric: gate.metric };
  const full = fillMargin(floor, defaults.comparison);
  return [
    ...(isBelow(floor.min, gate.min) ? [below(bounds, 'min', `${gate.min}`, `${floor.min} or more`)] : []),
    ...(isBelow(gate.max, floor.max) ? [below(bounds, 'max', `${gate.max}`, `${floor.max} or less`)] : []),
    ...(gate.versus !== undefined && floor.versus !== undefined && lead(gate) < lead(full)
      ? [below(bounds, 'versus', describe(gate), describe(full))]
      : []),
  ];
}

const isBelow = (higher: number | undefined, lower: number | undefined): boolean =>
  higher !== undefined && lower !== undefined && lower < higher;

const describe = ({ versus, margin }: Gate): string => `${versus} by margin ${margin ?? 0}`;

function below(
  { file, at, metric }: { readonly file: string; readonly at: number; readonly metric: string },
  key: 'min' | 'max' | 'versus',
  found: string,
  allowed: string,
): Finding {
  return {
    code: 'config/below-floor',
    severity: 'fail',
    message: `gate "${metric}" asks for less than the floor of the policy`,
    where: { file, pointer: `/gates/${at}/${key}` },
    found,
    allowed,
    fix: `Ask for ${allowed}, or have the governors change defaults.gates in .github/gatehouse.yml.`,
  };
}
