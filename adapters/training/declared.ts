import type { Contract } from '../../core/config/contract.ts';
import { parseContract } from '../../core/config/contract-file.ts';
import { contractPath, modelPath, policyPath } from '../../core/config/layout.ts';
import type { ModelConfig } from '../../core/config/model.ts';
import { parseModelConfig } from '../../core/config/model-file.ts';
import { isModelName } from '../../core/config/model-name.ts';
import { type NetworkRule, networkOf } from '../../core/config/network.ts';
import type { Prices } from '../../core/config/policy.ts';
import { parsePolicy } from '../../core/config/policy-file.ts';
import { InputError } from '../../core/error/error.ts';

/** What the checkout says about the model. It is head's: training is the proposer's, and nothing of it is believed. */
export interface Declared {
  readonly model: ModelConfig;
  readonly contracts: readonly Contract[];
  readonly dataUrl: string;
  readonly network: NetworkRule;
  readonly prices: Prices | undefined;
}

/**
 * @param read text of a file of the checkout
 * @throws InputError MODEL_NAME, FILE_MISSING, CONFIG_INVALID
 */
export function readDeclared(modelName: string, read: (path: string) => string): Declared {
  if (!isModelName(modelName)) {
    throw new InputError('MODEL_NAME', `${JSON.stringify(modelName)} is no model name`, {
      hint: 'Pass the output "model" of the validation job, for example churn or growth/churn.',
    });
  }
  const text = (path: string): string => {
    try {
      return read(path);
    } catch (cause) {
      throw new InputError('FILE_MISSING', `${path} is not in the checkout`, {
        hint: `Add ${path}, or check the ref that actions/checkout takes.`,
        where: { file: path },
        cause,
      });
    }
  };
  const model = parseModelConfig(text(modelPath(modelName)), modelPath(modelName), modelName);
  const contracts = model.datasets.map((name) => parseContract(text(contractPath(name)), contractPath(name)));
  const policy = parsePolicy(text(policyPath), policyPath);
  return { model, contracts, dataUrl: policy.data, network: networkOf(policy), prices: policy.prices };
}
