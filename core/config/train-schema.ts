import { z } from 'zod';
import { clusterSchema } from './cluster-schema.ts';
import { command, count, filePath, finite } from './field.ts';
import { searchSchema } from './search-schema.ts';
import { retryCauses } from './train.ts';

const label = z
  .string()
  .regex(
    /^[A-Za-z0-9_][\w .:=/-]{0,99}$/,
    'a label of a runner: letters, digits, "_", "-", at most 100 characters',
  );
const dotted = z
  .string()
  .regex(
    /^\d{1,4}(?:\.\d{1,4}){0,3}$/,
    'a version in quotes: numbers and dots, for example "8.0" or "535.104"',
  );
const gibibytes = (what: string) => finite.min(0, 'a number of 0 or more').max(1_000_000).describe(what);
/** A variable whose value may stand in a record that everybody reads. */
const variable = z
  .string()
  .regex(
    /^(?!.*(?:TOKEN|SECRET|PASSW|CREDENTIAL|KEY|AUTH))(?!GITHUB_|ACTIONS_|RUNNER_|INPUT_|GATEHOUSE_)[A-Z_][A-Z0-9_]{0,99}$/i,
    'the name of a variable that holds no secret (none with TOKEN, SECRET, PASSWORD, CREDENTIAL, KEY, AUTH) and is not of the runner',
  );

const needsSchema = z
  .strictObject({
    gpus: count(0, 64).default(0).describe('GPUs that the command can see.'),
    'gpu-memory-gib': gibibytes('Memory of each GPU, in GiB.').optional(),
    'compute-capability': dotted
      .optional()
      .describe('Lowest CUDA compute capability of each GPU, for example "8.0".'),
    driver: dotted.optional().describe('Lowest version of the GPU driver, for example "535.104".'),
    'memory-gib': gibibytes('Main memory of the machine, in GiB.').optional(),
    'disk-gib': gibibytes('Free disk where the job works, in GiB.').optional(),
  })
  .describe('What the machine must have: checked in seconds before the command starts.');

const retrySchema = z
  .strictObject({
    attempts: count(1, 10).default(1).describe('Attempts in all, the first included.'),
    'backoff-seconds': count(0, 3600)
      .default(30)
      .describe('Wait before the second attempt; doubled for each further one.'),
    causes: z
      .array(z.enum(retryCauses))
      .max(retryCauses.length)
      .default(['lost-runner', 'killed'])
      .describe('Ends after which it is tried again. Bad code is no such end.'),
  })
  .describe('When a training that broke off is tried again.');

/** `train` of model.yml, as people write it. */
export const trainSchema = z
  .strictObject({
    command: command.describe('Trains. Reads the folder GATEHOUSE_DATA.'),
    artifact: filePath.describe('The model file that the command writes.'),
    metrics: filePath
      .optional()
      .describe(
        'File or folder with the metrics that the command claims: JSON, YAML, TOML, dvclive, MLflow.',
      ),
    'timeout-minutes': count(1, 7200)
      .default(360)
      .describe('Stopped after this long, all attempts together.'),
    'runs-on': z
      .array(label)
      .max(20)
      .default([])
      .describe('Labels of the runners it needs, as in the workflow: told when no runner comes.'),
    'queue-minutes': count(1, 1440)
      .default(30)
      .describe('Queued longer than this: the check says that no runner comes.'),
    image: z
      .string()
      .regex(
        /^[a-z0-9][a-zA-Z0-9._:/-]{0,300}@sha256:[0-9a-f]{64}$/,
        'an image by digest: registry/name@sha256:<64 hex> (a tag can be moved, a digest cannot)',
      )
      .optional()
      .describe('Container image in which the command runs, by digest.'),
    needs: needsSchema.prefault({}),
    parameters: z
      .array(filePath)
      .max(20)
      .default([])
      .describe('Parameter files (JSON or YAML) whose values are recorded.'),
    'lock-files': z
      .array(filePath)
      .max(20)
      .default([])
      .describe('Lock files of the environment: their digests are recorded.'),
    environment: z
      .array(variable)
      .max(50)
      .default([])
      .describe('Variables that the command gets and the record shows.'),
    seed: count(0, 4_294_967_295).optional().describe('Handed over as GATEHOUSE_SEED and recorded.'),
    progress: z
      .array(filePath)
      .max(10)
      .default([])
      .describe(
        'Files or folders in which the command writes progress (dvclive, MLflow), besides what it prints.',
      ),
    checkpoint: z
      .strictObject({
        folder: filePath.describe('Folder in which the command keeps what it needs to go on.'),
        'every-minutes': count(1, 1440).default(10).describe('Kept safe at least this often.'),
      })
      .optional()
      .describe('What a further attempt goes on from: handed over as GATEHOUSE_CHECKPOINT.'),
    retry: retrySchema.prefault({}),
    'on-newer-push': z
      .enum(['cancel', 'finish'])
      .default('cancel')
      .describe('What happens to a training whose pull request gets a newer commit.'),
    cluster: clusterSchema.optional(),
    pipeline: filePath
      .optional()
      .describe('A dvc.yaml whose stages train: only what changed runs again. The command is then not run.'),
    search: searchSchema.optional(),
  })
  .refine(({ search, metrics }) => search === undefined || metrics !== undefined, {
    error: 'the JSON file in which the command claims the metric of the search',
    path: ['metrics'],
  })
  .superRefine((train, context) => {
    if (train.cluster === undefined) return;
    // Both say where the command runs: one of them would be ignored in silence.
    for (const key of ['image', 'pipeline'] as const) {
      if (train[key] === undefined) continue;
      const message = `no ${key} beside cluster: the engine's own settings name the image, and it runs train.command`;
      context.addIssue({ code: 'custom', path: [key], message, input: train[key] });
    }
  })
  .describe('How it is trained.');

export type WrittenTrain = z.infer<typeof trainSchema>;
