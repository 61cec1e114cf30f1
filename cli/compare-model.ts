import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { applicableGates } from '../core/config/floor.ts';
import { modelOfFile, policyPath } from '../core/config/layout.ts';
import { isFairness, isMeasured, isServing } from '../core/config/metric-form.ts';
import { checkMetricName } from '../core/config/metric-name.ts';
import { type ModelConfig, type Task, tasks } from '../core/config/model.ts';
import { parseModelConfig } from '../core/config/model-file.ts';
import type { Gate } from '../core/config/policy.ts';
import { parsePolicy } from '../core/config/policy-file.ts';
import { InputError } from '../core/error/error.ts';

/** How a person says what two prediction files are about. */
export interface ModelOptions {
  /** A `model.yml`; absent: the other options say everything. */
  readonly model?: string;
  readonly task?: string;
  readonly key?: string;
  readonly label?: string;
  readonly metric?: string;
  readonly margin?: number;
}

/** What the files of two models are read and judged by. */
export interface LocalModel {
  readonly config: ModelConfig;
  readonly gates: readonly Gate[];
  readonly minimumRows: number;
  /** Gates that need what a laptop does not have: said, never passed over. */
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
  const read = options.model === undefined ? fromOptions(options) : await fromFile(cwd, options.model);
  const columns = {
    ...read.config.heldOut,
    ...(options.key === undefined ? {} : { key: options.key }),
    labels: {
      ...read.config.heldOut.labels,
      ...(options.label === undefined ? {} : { column: options.label }),
    },
  };
  // What is made from the model file itself cannot be made from its predictions.
  const { behaviour: _cases, explain: _importance, productionLike: _spoiled, ...rest } = read.config;
  const config: ModelConfig = { ...rest, heldOut: columns };
  const asked = [...read.gates, ...gateOf(options, config.task)];
  const left = asked.flatMap((gate) => {
    const because = whyNotHere(gate, features);
    return because === null ? [] : [{ gate, because }];
  });
  return {
    config,
    gates: asked.filter((gate) => left.every((each) => each.gate !== gate)),
    minimumRows: read.minimumRows,
    notes: left.map(({ gate, because }) => `Not judged here: the gate on ${gate.metric} ${because}.`),
  };
}

type Read = Pick<LocalModel, 'config' | 'gates' | 'minimumRows'>;

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
  const policy = await readFile(resolve(local.slice(0, at), policyPath), 'utf8').catch(() => null);
  if (policy === null) return { config, gates: config.gates, minimumRows: fewestRows };
  const { defaults } = parsePolicy(policy, policyPath);
  return { config, gates: applicableGates(config, defaults), minimumRows: defaults.minimumRows };
}

/** A file that a person named. @throws InputError FILE_MISSING */
export const missing = (path: string) => (cause: unknown) => {
  throw new InputError('FILE_MISSING', `${path} cannot be read`, {
    hint: 'Name a file that lies on this machine.',
    where: { file: path },
    cause,
  });
};

function fromOptions({ task = tasks[0], key = 'key', label = 'label' }: ModelOptions): Read {
  const known = tasks.find((each) => each === task);
  if (known === undefined) {
    throw new InputError('COMPARE_OPTION', `There is no task "${task}"`, {
      hint: `Name one of ${tasks.join(', ')}.`,
    });
  }
  const unknown = 'unknown';
  const config: ModelConfig = {
    version: 1,
    model: 'model',
    task: known,
    description: unknown,
    owners: { users: [], teams: [] },
    risk: 'limited',
    limitations: unknown,
    datasets: [],
    paths: [],
    train: { command: unknown, artifact: unknown } as ModelConfig['train'],
    predict: { command: unknown, timeoutMinutes: 1 },
    heldOut: {
      features: unknown,
      key,
      labels: { url: unknown, audience: unknown, sha256: '0'.repeat(64), column: label },
    },
    gates: [],
    endpoints: [],
    featureVersion: unknown,
    servingImage: unknown,
    fallback: unknown,
  };
  return { config, gates: [], minimumRows: fewestRows };
}

const usual: Readonly<Record<Task, string | null>> = {
  'binary-classification': 'auc',
  'multiclass-classification': 'accuracy',
  regression: 'mae',
  ranking: 'mrr',
  'scored-examples': null,
};

/** `--metric` and `--margin` are a gate of their own: not worse than the champion by more than that. */
function gateOf({ metric, margin }: ModelOptions, task: Task): readonly Gate[] {
  if (metric === undefined && margin === undefined) return [];
  const name = metric ?? usual[task];
  if (name === null || checkMetricName(name, { task }) !== null) {
    throw new InputError('COMPARE_OPTION', `A model of ${task} has no metric "${name ?? ''}"`, {
      hint: `Name one with --metric, for example ${usual[task] ?? 'score:<column>'}.`,
    });
  }
  return [{ metric: name, versus: 'not-worse', margin: margin ?? 0 }];
}

function whyNotHere(gate: Gate, features: boolean): string | null {
  if (isMeasured(gate.metric) || isServing(gate.metric)) return 'is measured by running the model';
  if (gate.set !== undefined || gate.drop !== undefined) return 'needs predictions on production-like rows';
  const cuts = gate.slice !== undefined || gate.slices !== undefined || isFairness(gate.metric);
  return cuts && !features ? 'needs the held-out features: name them with --features' : null;
}
