import { type ModelConfig, type Task, tasks } from '../core/config/model.ts';
import { InputError } from '../core/error/error.ts';

/** @throws InputError COMPARE_OPTION */
export function readTask(task: string): Task {
  const known = tasks.find((each) => each === task);
  if (known !== undefined) return known;
  throw new InputError('COMPARE_OPTION', `There is no task "${task}"`, {
    hint: `Name one of ${tasks.join(', ')}.`,
  });
}

/** A model of which nobody says more than its task. @throws InputError COMPARE_OPTION */
export function modelOfTask(task: Task): ModelConfig {
  if (task === 'scored-examples') {
    throw new InputError('COMPARE_OPTION', 'Scored examples are compared by the scorers of a model.yml', {
      hint: 'Name it with --model: "scorers" says which columns are scores and whether a higher one is better.',
    });
  }
  const unknown = 'unknown';
  return {
    version: 1,
    model: 'model',
    task,
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
      key: 'key',
      labels: { url: unknown, audience: unknown, sha256: '0'.repeat(64), column: 'label' },
    },
    gates: [],
    endpoints: [],
    featureVersion: unknown,
    servingImage: unknown,
    fallback: unknown,
  };
}
