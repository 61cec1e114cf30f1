import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InputError } from '../../core/error/error.ts';
import { truthColumnsOf } from '../../core/evaluation/held-out-rows.ts';
import { judgedMetrics } from '../../core/evaluation/judged-metrics.ts';
import { measureNoiseFloor } from '../../core/evaluation/noise-floor.ts';
import { readTruth } from '../../core/evaluation/read-truth.ts';
import type { Sample } from '../../core/metric/sample.ts';
import { scoreFile } from '../compare-files.ts';
import { type ModelOptions, missing, readLocalModel } from '../compare-model.ts';
import type { AddCommand } from '../context.ts';

interface NoiseOptions extends ModelOptions {
  readonly labels: string;
  readonly json?: boolean;
}

/** From three seeds on the floor is known within a factor of two or so; from two it says next to nothing. */
const fewestSeeds = 3;
const shownDigits = 2;

/** `gatehouse noise-floor A B C`: what training again with another seed changes by itself. Needs no network. */
export const noiseFloorCommand: AddCommand = (program, context) => {
  program
    .command('noise-floor')
    .description('Measures how far trainings of one model with other seeds lie apart: a gain must exceed it')
    .argument('<predictions...>', 'predictions of the same rows, one file a training')
    .requiredOption('--labels <file>', 'what is true of the rows: key and label')
    .option('--model <file>', 'models/<model>/model.yml: task, columns and gates')
    .option('--task <task>', 'what the model does (default: binary-classification, or as model.yml says)')
    .option('--key <column>', 'key of the labels (default: key, or as model.yml says)')
    .option('--label <column>', 'column of the labels (default: label, or as model.yml says)')
    .option('--metric <name>', 'a metric besides those of the gates')
    .option('--json', 'print JSON')
    .action((paths: readonly string[], options: NoiseOptions) =>
      context.run(async () => {
        if (paths.length < fewestSeeds) throw tooFew(paths.length);
        const { config, gates } = await readLocalModel(context.cwd, options, false);
        const read = (path: string) => readFile(resolve(context.cwd, path)).catch(missing(path));
        const { keys, truth } = readTruth(await read(options.labels), truthColumnsOf(config), config.task);
        const samples: Sample[] = [];
        for (const path of paths) {
          const { model } = scoreFile(await read(path), path, config, keys);
          samples.push({ truth, predicted: model.predicted, rows: keys.length, threshold: model.threshold });
        }
        const { task, metrics: custom = [], scorers = [] } = config;
        const floor = measureNoiseFloor(samples, judgedMetrics(config, gates).whole, {
          task,
          custom,
          scorers,
        });
        context.print(options.json === true ? toJson(floor, paths) : toText(floor, paths, keys.length));
        return 0;
      }),
    );
};

const toJson = (floor: ReadonlyMap<string, number>, paths: readonly string[]): string =>
  JSON.stringify({ seeds: paths.length, floor: Object.fromEntries(floor) }, null, 2);

function toText(floor: ReadonlyMap<string, number>, paths: readonly string[], rows: number): string {
  const written = [...floor].map(([name, value]) => `  ${name}: ${Number(value.toPrecision(shownDigits))}`);
  return [
    `# ${paths.length} trainings on ${rows} rows. A gain must exceed this; more seeds make it surer.`,
    'noise-floor:',
    ...written,
  ].join('\n');
}

const tooFew = (files: number) =>
  new InputError('NOISE_FILES', `A noise floor needs ${fewestSeeds} trainings or more, ${files} given`, {
    hint: 'Train the champion again with other seeds, score the same rows with each, and name all the files.',
  });
