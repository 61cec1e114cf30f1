import { claimFolder } from '../../adapters/machine/folders.ts';
import { cleanMachine } from '../../adapters/machine/leftovers.ts';
import { probeMachine } from '../../adapters/machine/probe.ts';
import { modelPath } from '../../core/config/layout.ts';
import { ServiceError } from '../../core/error/error.ts';
import type { Finding } from '../../core/finding/finding.ts';
import type { Machine } from '../../core/training/machine.ts';
import { checkMachine, neededGpus } from '../../core/training/preflight.ts';
import type { RunMark } from '../../core/training/run-mark.ts';
import type { TrainingInputs } from './training.ts';

/**
 * Holds the machine against what the training needs and cleans away what earlier jobs left, before anything is fetched.
 * @throws ServiceError MACHINE_UNFIT, MACHINE_UNCLEAN: about the machine, not about the model
 */
export async function prepareMachine(
  inputs: TrainingInputs,
  env: Readonly<NodeJS.ProcessEnv>,
  mark: RunMark,
  log: (line: string) => void,
): Promise<Machine> {
  const { runsOn, cluster, needs: asked } = inputs.model.train;
  // The needs are those of the engine's machines: this one only hands the work over.
  const needs = cluster === undefined ? asked : { gpus: 0 };
  const machine = await probeMachine(env, inputs.workspace);
  const unfit = checkMachine(needs, machine, { file: modelPath(inputs.modelName), runsOn });
  refuse('MACHINE_UNFIT', 'This machine is not what the training needs', unfit);
  for (const folder of [inputs.dataFolder, inputs.outputFolder]) await claimFolder(folder, mark);
  const left = await cleanMachine({
    ...cleaning(inputs, env, mark),
    when: 'before',
    keep: [inputs.dataFolder, inputs.outputFolder],
  });
  tell(left, log);
  refuse('MACHINE_UNCLEAN', 'This machine is not clean', left);
  return machine;
}

/** Ends and removes what this job itself left, and says so; what later steps upload stays. */
export async function leaveMachine(
  inputs: TrainingInputs,
  env: Readonly<NodeJS.ProcessEnv>,
  mark: RunMark,
  log: (line: string) => void,
): Promise<void> {
  const keep = [inputs.outputFolder];
  tell(await cleanMachine({ ...cleaning(inputs, env, mark), when: 'after', keep }), log);
}

function cleaning(inputs: TrainingInputs, env: Readonly<NodeJS.ProcessEnv>, mark: RunMark) {
  return { mark, env, folders: inputs.tempFolders, gpus: neededGpus(inputs.model.train.needs) };
}

function tell(findings: readonly Finding[], log: (line: string) => void): void {
  for (const { message, found } of findings)
    log(`machine: ${message}${found === undefined ? '' : `: ${found}`}`);
}

function refuse(code: string, what: string, findings: readonly Finding[]): void {
  const failures = findings.filter(({ severity }) => severity === 'fail');
  const [first] = failures;
  if (first === undefined) return;
  const found = first.found === undefined ? '' : ` (${first.found})`;
  throw new ServiceError(code, `${what}: ${first.message}${found}. The command was not started`, {
    hint: first.fix,
    findings: failures,
  });
}
