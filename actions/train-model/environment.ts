import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pickVariables } from '../../adapters/environment/allowed-variables.ts';
import { pickEnvironment } from '../../adapters/process/environment.ts';
import { markVariable, type RunMark, renderRunMark } from '../../core/training/run-mark.ts';
import { checkpointFolderOf } from './run-attempt.ts';
import type { TrainingInputs } from './training.ts';

/** What the command sees: an allow-list, our own variables, and those that model.yml names. */
export async function makeEnvironment(
  inputs: TrainingInputs,
  scratch: string,
  mark: RunMark,
): Promise<NodeJS.ProcessEnv> {
  const { seed, environment } = inputs.model.train;
  const checkpoint = checkpointFolderOf(inputs);
  return pickEnvironment(inputs.env, {
    ...pickVariables(inputs.env, environment),
    GATEHOUSE_DATA: inputs.dataFolder,
    GATEHOUSE_OUTPUT: scratch,
    [markVariable]: renderRunMark(mark),
    ...(seed === undefined ? {} : { GATEHOUSE_SEED: String(seed) }),
    ...(checkpoint === null ? {} : { GATEHOUSE_CHECKPOINT: checkpoint }),
    ...(await handTrial(inputs, scratch)),
  });
}

/** Parameters of a trial reach the command as a file. */
async function handTrial({ trial }: TrainingInputs, scratch: string): Promise<Record<string, string>> {
  if (trial === null) return {};
  const file = join(scratch, 'trial.json');
  await writeFile(file, JSON.stringify(trial.parameters));
  return {
    GATEHOUSE_PARAMETERS: file,
    ...(trial.resource === null ? {} : { GATEHOUSE_RESOURCE: String(trial.resource) }),
  };
}
