import { isFairness, isServing } from '../core/config/metric-form.ts';
import { checkMetricName } from '../core/config/metric-name.ts';
import type { ModelConfig, Task } from '../core/config/model.ts';
import type { Gate } from '../core/config/policy.ts';
import { InputError } from '../core/error/error.ts';
import { requirementsOf } from '../core/evaluation/requirement.ts';
import type { UnjudgedGate } from '../core/report/local-comparison.ts';

const usual: Readonly<Record<Task, string | null>> = {
  'binary-classification': 'auc',
  'multiclass-classification': 'accuracy',
  regression: 'mae',
  ranking: 'mrr',
  'scored-examples': null,
};

/** What a person asks for beside model.yml. */
export interface AskedGates {
  readonly metric?: readonly string[];
  readonly margin?: number;
}

/**
 * `--metric` and `--margin` are gates of their own: not worse than the champion by more than that.
 * @throws InputError COMPARE_OPTION
 */
export function gatesOf({ metric, margin = 0 }: AskedGates, config: ModelConfig): readonly Gate[] {
  const names = metric ?? [usual[config.task] ?? `score:${config.scorers?.[0]?.name ?? ''}`];
  return [...new Set(names)].map((name): Gate => {
    const fault = checkMetricName(name, {
      task: config.task,
      custom: (config.metrics ?? []).map((each) => each.name),
      scorers: (config.scorers ?? []).map((each) => each.name),
    });
    if (fault !== null) {
      const meant = fault.meant === null ? '' : `Did you mean --metric ${fault.meant}? `;
      throw wrongMetric(fault.message, `${meant}Allowed here: ${fault.allowed}.`);
    }
    if (isFairness(name)) {
      throw wrongMetric(
        `${name} compares groups, and no column of them is named`,
        'Write the gate in model.yml with "by", and name it with --model and the features with --features.',
      );
    }
    return { metric: name, versus: 'not-worse', margin };
  });
}

const wrongMetric = (message: string, hint: string) =>
  new InputError('COMPARE_OPTION', `--metric: ${message}`, { hint });

/**
 * Tells gates that two prediction files can answer from those that need more.
 * @param features whether held-out features were named: slices and groups are cut by them
 */
export function splitGates(
  all: readonly Gate[],
  features: boolean,
): { readonly gates: readonly Gate[]; readonly unjudged: readonly UnjudgedGate[] } {
  const gates: Gate[] = [];
  const unjudged: UnjudgedGate[] = [];
  for (const gate of all) {
    const needs = needOf(gate, features);
    if (needs === null) gates.push(gate);
    else
      for (const { gate: name } of requirementsOf(gate, 'the champion', undefined))
        unjudged.push({ gate: name, needs });
  }
  return { gates, unjudged };
}

/** What is measured by running the model; the scores of examples stand in the files. */
function needOf(gate: Gate, features: boolean): string | null {
  if (isServing(gate.metric)) return runningNeed;
  if (gate.set !== undefined || gate.drop !== undefined) return 'predictions on production-like rows';
  const cuts = gate.slice !== undefined || gate.slices !== undefined || isFairness(gate.metric);
  return cuts && !features ? '--features' : null;
}

export const runningNeed = 'the model to be run';
