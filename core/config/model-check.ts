import type { Finding } from '../finding/finding.ts';
import { checkDriftLimits } from './drift-file.ts';
import { at } from './finding-at.ts';
import { checkGateAnswers } from './gate-answer-check.ts';
import type { ModelConfig } from './model.ts';
import type { Entry, RepositoryConfig } from './repository.ts';

/** What a model says about data and gates, held against what the contracts and its other keys say. */
export function checkModelData(
  model: Entry<ModelConfig>,
  contracts: RepositoryConfig['contracts'],
): readonly Finding[] {
  return [...checkLimits(model, contracts), ...checkSuite(model), ...checkGateAnswers(model)];
}

function checkLimits(
  model: Entry<ModelConfig>,
  contracts: RepositoryConfig['contracts'],
): readonly Finding[] {
  return Object.entries(model.value.driftLimits ?? {}).flatMap(([dataset, limits]): readonly Finding[] => {
    const pointer = `/drift-limits/${dataset}`;
    if (!model.value.datasets.includes(dataset)) return [notItsDataset(model, dataset, pointer)];
    const contract = contracts.get(dataset);
    // A contract that is missing or cannot be read is told elsewhere.
    if (contract === undefined) return [];
    return checkDriftLimits(dataset, limits, contract.value.columns).map((problem) =>
      at(model, problem.pointer, {
        code: 'config/drift',
        message: problem.message,
        allowed: problem.allowed,
        fix: `Write ${problem.allowed}.`,
      }),
    );
  });
}

function notItsDataset(model: Entry<ModelConfig>, dataset: string, pointer: string): Finding {
  return at(model, pointer, {
    code: 'config/drift',
    message: `there are drift limits for the dataset "${dataset}", on which this model does not train`,
    found: dataset,
    allowed: model.value.datasets.join(', '),
    fix: `Add "${dataset}" to datasets, or take its limits out.`,
  });
}

function checkSuite(model: Entry<ModelConfig>): readonly Finding[] {
  const { key } = model.value.heldOut;
  return (model.value.productionLike?.corruptions ?? []).flatMap(({ name, columns }, index) =>
    columns.includes(key)
      ? [
          at(model, `/production-like/corruptions/${index}/columns`, {
            code: 'config/production-like',
            message: `the corruption "${name}" touches the key column "${key}" of the held-out set`,
            found: key,
            allowed: 'columns that are features',
            fix: `Take "${key}" out: it joins rows with labels, and every row must be found again.`,
          }),
        ]
      : [],
  );
}
