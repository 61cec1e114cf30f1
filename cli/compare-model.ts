import { access, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { applicableGates } from '../core/config/floor.ts';
import { behaviourPath, modelOfFile, policyPath } from '../core/config/layout.ts';
import type { ModelConfig } from '../core/config/model.ts';
import { parseModelConfig } from '../core/config/model-file.ts';
import type { Gate } from '../core/config/policy.ts';
import { parsePolicy } from '../core/config/policy-file.ts';
import { InputError } from '../core/error/error.ts';
import type { UnjudgedGate } from '../core/report/local-comparison.ts';
import { type AskedGates, gatesOf, runningNeed, splitGates } from './compare-gates.ts';
import { modelOfTask, readTask } from './option-model.ts';

/** How a person says what two prediction files are about. */
export interface ModelOptions extends AskedGates {
  /** A `model.yml`; absent: the other options say everything. */
  readonly model?: string;
  readonly task?: string;
  readonly key?: string;
  readonly label?: string;
  readonly group?: string;
}

/** What the files of two models are read and judged by. */
export interface LocalModel {
  readonly config: ModelConfig;
  readonly gates: readonly Gate[];
  readonly minimumRows: number;
  /** Gates that need what a laptop does not have: said, never passed over. */
  readonly unjudged: readonly UnjudgedGate[];
  /** What is otherwise than in the judge. */
  readonly notes: readonly string[];
}

/** Where no policy says anything else. */
const fewestRows = 100;

/**
 * Reads the model that two prediction files are about.
 * @param features whether held-out features were named: slices and groups are cut by them
 * @throws InputError COMPARE_MODEL, COMPARE_OPTION, CONFIG_INVALID
 */
export async function readLocalModel(
  cwd: string,
  options: ModelOptions,
  features: boolean,
): Promise<LocalModel> {
  const read =
    options.model === undefined
      ? fromTask(options.task)
      : refuseOtherTask(await fromFile(cwd, options.model), options);
  const config = withColumns(read.config, options);
  const asked = options.metric === undefined && options.margin === undefined ? [] : gatesOf(options, config);
  const { gates, unjudged } = splitGates([...read.gates, ...asked], features);
  return {
    ...{ config, gates, minimumRows: read.minimumRows },
    unjudged: [...unjudged, ...read.suite],
    notes: notesOn(config, options, features),
  };
}

function withColumns(model: ModelConfig, { key, label, group }: ModelOptions): ModelConfig {
  const { heldOut } = model;
  const labels = {
    ...heldOut.labels,
    ...(label === undefined ? {} : { column: label }),
    ...(group === undefined ? {} : { group }),
  };
  // What is made from the model file itself cannot be made from its predictions.
  const { behaviour: _cases, explain: _importance, productionLike: _spoiled, ...rest } = model;
  return { ...rest, heldOut: { ...heldOut, ...(key === undefined ? {} : { key }), labels } };
}

function notesOn({ decision }: ModelConfig, { model }: ModelOptions, features: boolean): readonly string[] {
  return [
    ...(decision !== undefined && 'choose' in decision
      ? [
          `The threshold is 0.5 here: decision.choose (${decision.choose}) of ${model} needs predictions on the validation rows. In the judge it is chosen on them, and metrics at a threshold come out otherwise.`,
        ]
      : []),
    ...(features && model === undefined
      ? ['The features are not used: slices and groups are declared in a model.yml, which --model names.']
      : []),
  ];
}

interface Read extends Pick<LocalModel, 'config' | 'gates' | 'minimumRows'> {
  /** The groups of a behaviour suite are gates of their own. */
  readonly suite: readonly UnjudgedGate[];
}

const fromTask = (task: string | undefined): Read => ({
  config: modelOfTask(task === undefined ? 'binary-classification' : readTask(task)),
  ...{ gates: [], minimumRows: fewestRows, suite: [] },
});

function refuseOtherTask(read: Read, { task, model }: ModelOptions): Read {
  if (task === undefined || readTask(task) === read.config.task) return read;
  throw new InputError('COMPARE_OPTION', `--task ${task} is not the task of ${model}: ${read.config.task}`, {
    hint: 'Leave --task out: model.yml says what the model does.',
  });
}

async function fromFile(cwd: string, path: string): Promise<Read> {
  const local = resolve(cwd, path).replaceAll('\\', '/');
  const at = local.lastIndexOf('/models/');
  const model = at === -1 ? null : modelOfFile(local.slice(at + 1));
  if (model === null) {
    throw new InputError('COMPARE_MODEL', `${path} is no models/<model>/model.yml`, {
      hint: 'Name the model.yml where it lies in the repository, for example models/churn/model.yml.',
    });
  }
  const config = parseModelConfig(await readFile(local, 'utf8').catch(missing(path)), path, model);
  const root = local.slice(0, at);
  const suite = await access(resolve(root, behaviourPath(model))).then(
    () => [{ gate: 'behaviour.yml', needs: runningNeed }],
    () => [],
  );
  const policy = await readFile(resolve(root, policyPath), 'utf8').catch(() => null);
  if (policy === null) return { config, gates: config.gates, minimumRows: fewestRows, suite };
  const { defaults } = parsePolicy(policy, policyPath);
  return { config, gates: applicableGates(config, defaults), minimumRows: defaults.minimumRows, suite };
}

/** A file that a person named. @throws InputError FILE_MISSING */
export const missing = (path: string) => (cause: unknown) => {
  throw new InputError('FILE_MISSING', `${path} cannot be read`, {
    hint: 'Name a file that lies on this machine.',
    where: { file: path },
    cause,
  });
};
