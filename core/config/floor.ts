import type { Finding } from '../finding/finding.ts';
import { modelPath } from './layout.ts';
import { isFairness, isServing } from './metric-form.ts';
import { checkMetricName, metricKey } from './metric-name.ts';
import type { ModelConfig, Task } from './model.ts';
import type { Gate, Policy } from './policy.ts';
import { fillMargin } from './policy-resolution.ts';
import { findWeaker, isHeld } from './strictness.ts';

export interface FlooredGates {
  /** What applies: never less than the floor, whatever the model's own gates say. */
  readonly gates: readonly Gate[];
  /** One `config/below-floor` for each gate of the model that asks for less than the floor. Pointers are into model.yml. */
  readonly findings: readonly Finding[];
}

/** What of a model decides which gates apply to it. */
export type GatedModel = Pick<ModelConfig, 'gates' | 'noiseFloor'> & {
  /** Absent: not known, and every floor applies. */
  readonly task?: Task;
  readonly scorers?: ModelConfig['scorers'];
};

/**
 * Lays the floor of the policy under a model's gates (GATE.md rule 10).
 * Gates are alternatives to nobody: all of them must pass, so adding one can only make it harder. A floor on a metric
 * that the task of the model does not have is no floor for it.
 * @param file path of model.yml, for findings
 * @param model whose gates they are; absent: nothing is known of it
 */
export function applyFloor(
  gates: readonly Gate[],
  defaults: Policy['defaults'],
  file = 'model.yml',
  model: Omit<GatedModel, 'gates'> = {},
): FlooredGates {
  const complete = gates.map((gate) => fillMargin(gate, defaults.comparison));
  const added: readonly Gate[] = complete.some(comparesQuality)
    ? []
    : [comparisonOf(complete, defaults, model)];
  const own = [...complete, ...added];
  const floors = defaults.gates
    .filter((floor) => applies(floor, model.task))
    .map((floor) => fillMargin(floor, defaults.comparison));
  const missing = floors.filter((floor) => !isHeld(floor, own));
  return {
    gates: [...own, ...missing].map((gate) => addNoise(gate, model.noiseFloor)),
    findings: complete.flatMap((gate, at) =>
      floors.flatMap((floor) => findWeaker(gate, floor).map((weak) => below(weak, gate, at, file))),
    ),
  };
}

/** The gates that apply to a model: its own, the floor of the policy, and a comparison with the champion always. */
export function applicableGates(model: GatedModel, defaults: Policy['defaults']): readonly Gate[] {
  return applyFloor(model.gates, defaults, undefined, model).gates;
}

/** A model with the gates that apply to it, and what of its own lies below the floor. */
export interface ResolvedModel {
  readonly model: ModelConfig;
  readonly findings: readonly Finding[];
}

/** Resolves a model against the policy: gates with the floor under them and a comparison with the champion always. */
export function resolveModel(model: ModelConfig, policy: Policy): ResolvedModel {
  const { gates, findings } = applyFloor(model.gates, policy.defaults, modelPath(model.model), model);
  return { model: { ...model, gates }, findings };
}

/** A comparison of how fast it is, or of one slice, says nothing of whether it is as good as the champion. */
const comparesQuality = (gate: Gate): boolean => gate.versus !== undefined && isQuality(gate);

const isQuality = ({ metric, slice, set }: Gate): boolean =>
  slice === undefined && set === undefined && !isServing(metric) && !isFairness(metric);

const usualMetric: Readonly<Record<Exclude<Task, 'scored-examples'>, string>> = {
  'binary-classification': 'auc',
  'multiclass-classification': 'accuracy',
  regression: 'rmse',
  ranking: 'ndcg@10',
};

function comparisonOf(
  gates: readonly Gate[],
  { comparison }: Policy['defaults'],
  { task = 'binary-classification', scorers = [] }: Omit<GatedModel, 'gates'>,
): Gate {
  const { versus, margin } = comparison;
  const usual = task === 'scored-examples' ? `score:${scorers[0]?.name ?? ''}` : usualMetric[task];
  return { metric: gates.find(isQuality)?.metric ?? usual, versus, margin };
}

const applies = ({ metric }: Gate, task: Task | undefined): boolean =>
  task === undefined || checkMetricName(metric, { task }) === null;

function addNoise(gate: Gate, floor: ModelConfig['noiseFloor']): Gate {
  const key = metricKey(gate);
  const noise = floor !== undefined && Object.hasOwn(floor, key) ? floor[key] : undefined;
  const gains = gate.versus === 'better' || gate.ratio !== undefined;
  return noise === undefined || !gains ? gate : { ...gate, noise };
}

function below(
  { key, found, allowed }: { readonly key: string; readonly found: string; readonly allowed: string },
  gate: Gate,
  at: number,
  file: string,
): Finding {
  return {
    code: 'config/below-floor',
    severity: 'fail',
    message: `gate "${metricKey(gate)}" asks for less than the floor of the policy`,
    where: { file, pointer: `/gates/${at}/${key}` },
    found,
    allowed,
    fix: `Ask for ${allowed}, or have the governors change defaults.gates in .github/gatehouse.yml.`,
  };
}
