import { toDriftLimits } from './drift-file.ts';
import { toDuties } from './duty-file.ts';
import { toGateList } from './gate-file.ts';
import { readJudging } from './judging-file.ts';
import type { ModelConfig } from './model.ts';
import { isModelName, nameRule } from './model-name.ts';
import { modelSchema, type WrittenModel } from './model-schema.ts';
import { invalid, parseFile, refuseProblems } from './parse.ts';
import { parseOnce } from './parse-once.ts';
import { toRole } from './role.ts';
import { toRollbackTriggers } from './rollback-trigger-schema.ts';
import { toTrain } from './train-file.ts';

/**
 * Reads `models/<model>/model.yml`.
 * @param modelName the part of the path between `models/` and `/model.yml`: pull-request controlled
 * @throws InputError CONFIG_INVALID with every problem as a finding
 */
export function parseModelConfig(text: string, source: string, modelName: string): ModelConfig {
  if (!isModelName(modelName)) throw invalid(source, [wrongName(modelName, source)]);
  const { value, source: read } = parseFile(text, source, modelSchema);
  const { judging, problems } = readJudging(value);
  refuseProblems(read, problems);
  const limits = value['drift-limits'];
  const suite = value['production-like'];
  const triggers = value['rollback-triggers'];
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
    heldOut: toHeldOut(value['held-out']),
    ...(suite === undefined ? {} : { productionLike: suite }),
    ...judging,
    ...toDuties(value),
    gates: toGateList(value.gates),
    endpoints: value.endpoints,
    ...(triggers === undefined ? {} : { rollbackTriggers: toRollbackTriggers(triggers) }),
    featureVersion: value['feature-version'],
    servingImage: value['serving-image'],
    fallback: value.fallback,
  };
}

/** The same, kept: a look reads the files of all models. */
export const parseModelOnce = parseOnce(parseModelConfig);

function toHeldOut({ features, key, labels, validation }: WrittenModel['held-out']): ModelConfig['heldOut'] {
  const { url, audience, sha256, column, weight, group } = labels;
  return {
    features,
    key,
    labels: {
      ...{ url, audience, sha256 },
      ...(column === undefined ? {} : { column }),
      ...(weight === undefined ? {} : { weight }),
      ...(group === undefined ? {} : { group }),
    },
    ...(validation === undefined ? {} : { validation }),
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
