import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InputError } from '../../core/error/error.ts';
import { judgedMetrics } from '../../core/evaluation/judged-metrics.ts';
import { measureNoiseFloor } from '../../core/evaluation/noise-floor.ts';
import type { Sample } from '../../core/metric/sample.ts';
import { withClasses } from '../compare-classes.ts';
import { readLabels, scoreFile } from '../compare-files.ts';
import { type ModelOptions, missing, readLocalModel } from '../compare-model.ts';
import type { AddCommand } from '../context.ts';
import { collect } from './compare.ts';

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
    .option('--group <column>', 'column of the labels whose rows belong together; of a ranking the query')
    .option('--metric <name>', 'a metric besides those of the gates; may be given again', collect)
    .option('--json', 'print JSON')
    .action((paths: readonly string[], options: NoiseOptions) =>
      context.run(async () => {
        if (paths.length < fewestSeeds) throw tooFew(paths.length);
        const { config: said, gates } = await readLocalModel(context.cwd, options, false);
        const read = (path: string) => readFile(resolve(context.cwd, path)).catch(missing(path));
        const labels = await read(options.labels);
        const files = await Promise.all(paths.map(read));
        refuseEqual(paths, files);
        const config = withClasses(said, labels, files);
        const { keys, truth } = readLabels(labels, options.labels, config, options.model);
        const samples = files.map((content, at): Sample => {
          const { model } = scoreFile(content, paths[at] ?? '', config, keys);
          return { truth, predicted: model.predicted, rows: keys.length, threshold: model.threshold };
        });
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

/** One file twice is one training: counted as two it would make the floor look lower than it is. */
function refuseEqual(paths: readonly string[], files: readonly Buffer[]): void {
  for (const [at, content] of files.entries()) {
    const same = files.findIndex((other) => other.equals(content));
    if (same === at) continue;
    throw new InputError(
      'NOISE_FILES',
      `${paths[at]} and ${paths[same]} hold the same predictions, byte by byte`,
      {
        hint: 'Name one file for each training: each with a seed of its own.',
      },
    );
  }
}

const tooFew = (files: number) =>
  new InputError('NOISE_FILES', `A noise floor needs ${fewestSeeds} trainings or more, ${files} given`, {
    hint: 'Train the champion again with other seeds, score the same rows with each, and name all the files.',
  });
