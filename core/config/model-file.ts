import { toDriftLimits } from './drift-file.ts';
import type { ModelConfig } from './model.ts';
import { isModelName, nameRule } from './model-name.ts';
import { modelSchema } from './model-schema.ts';
import { invalid, parseFile } from './parse.ts';
import { toGate } from './policy-resolution.ts';
import { toRole } from './role.ts';
import { toTrain } from './train-file.ts';

/**
 * Reads `models/<model>/model.yml`.
 * @param modelName the part of the path between `models/` and `/model.yml`: pull-request controlled
 * @throws InputError CONFIG_INVALID with every problem as a finding
 */
export function parseModelConfig(text: string, source: string, modelName: string): ModelConfig {
  if (!isModelName(modelName)) throw invalid(source, [wrongName(modelName, source)]);
  const { value } = parseFile(text, source, modelSchema);
  const limits = value['drift-limits'];
  const suite = value['production-like'];
  return {
    version: value.version,
    model: modelName,
    task: value.task,
    description: value.description,
    owners: toRole(value.owners),
    risk: value.risk,
    limitations: value.limitations,
    datasets: value.datasets,
    ...(limits === undefined ? {} : { driftLimits: toDriftLimits(limits) }),
    paths: value.paths,
    train: toTrain(value.train),
    predict: { command: value.predict.command, timeoutMinutes: value.predict['timeout-minutes'] },
    heldOut: value['held-out'],
    ...(suite === undefined ? {} : { productionLike: suite }),
    gates: value.gates.map(toGate),
    endpoints: value.endpoints,
    featureVersion: value['feature-version'],
    servingImage: value['serving-image'],
    fallback: value.fallback,
  };
}

function wrongName(name: string, source: string) {
  return {
    code: 'config/name',
    severity: 'fail',
    message: `"${name.slice(0, 200)}" cannot be the name of a model`,
    where: { file: source, line: 1, column: 1, pointer: '' },
    found: name.slice(0, 200),
    allowed: `${nameRule}; one namespace at most: growth/churn`,
    fix: 'Rename the folder: the name of a model is its path under models/.',
  } as const;
}
