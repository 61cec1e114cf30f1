import { writeFile } from 'node:fs/promises';
import { InvalidArgumentError } from 'commander';
import { InputError } from '../../core/error/error.ts';
import {
  type LocalComparison,
  renderLocalComparison,
  renderLocalPage,
  toLocalJson,
} from '../../core/report/local-comparison.ts';
import { compareFiles } from '../compare-files.ts';
import { type ModelOptions, readLocalModel } from '../compare-model.ts';
import type { AddCommand, ExitCode } from '../context.ts';
import { findWritable } from '../writable.ts';

interface CompareOptions extends ModelOptions {
  readonly champion?: string;
  readonly challenger?: string;
  readonly labels: string;
  readonly features?: string;
  readonly html?: string;
  readonly json?: boolean;
}

/** `gatehouse compare A B`: the judge's comparison of two prediction files, on a laptop. Needs no network. */
export const compareCommand: AddCommand = (program, context) => {
  program
    .command('compare')
    .description('Compares two models on the same rows: is challenger B better than champion A, or worse?')
    .argument('[a]', 'predictions of the champion, CSV or JSON Lines')
    .argument('[b]', 'predictions of the challenger')
    .option('--champion <file>', 'the same as A')
    .option('--challenger <file>', 'the same as B')
    .requiredOption('--labels <file>', 'what is true of the rows: key and label')
    .option('--features <file>', 'features of the rows, for slices and groups')
    .option('--model <file>', 'models/<model>/model.yml: task, columns, slices and gates')
    .option('--task <task>', 'what the models do (default: binary-classification, or as model.yml says)')
    .option('--key <column>', 'key of the labels (default: key, or as model.yml says)')
    .option('--label <column>', 'column of the labels (default: label, or as model.yml says)')
    .option(
      '--group <column>',
      'column of the labels whose rows belong together; of a ranking the query (default: query)',
    )
    .option(
      '--metric <name>',
      'a gate: this metric may not be worse than the champion; may be given again',
      collect,
    )
    .option('--margin <number>', 'by more than this (default: 0)', margin)
    .option('--html <file>', 'also write the report as one HTML page')
    .option('--json', 'print JSON')
    .action((a: string | undefined, b: string | undefined, options: CompareOptions) =>
      context.run(async () => {
        const champion = one('champion', 'A', a, options.champion);
        const challenger = one('challenger', 'B', b, options.challenger);
        const features = options.features ?? null;
        const page = options.html === undefined ? null : await findWritable(context.cwd, options.html);
        const model = await readLocalModel(context.cwd, options, features !== null);
        const files = { champion, challenger, labels: options.labels, features, model: options.model };
        const compared = await compareFiles(context.cwd, files, model);
        if (page !== null) await writeFile(page, renderLocalPage(compared));
        context.print(
          options.json === true
            ? JSON.stringify(toLocalJson(compared), null, 2)
            : renderLocalComparison(compared),
        );
        return exitCodeOf(compared);
      }),
    );
};

/** What is not decided is no pass. */
const exitCodeOf = ({ verdict }: LocalComparison): ExitCode =>
  verdict === 'pass' || verdict === 'no gates' ? 0 : 1;

function one(name: string, place: string, argument: string | undefined, option: string | undefined): string {
  const given = [argument, option].filter((path) => path !== undefined);
  const [path] = given;
  if (path !== undefined && given.length === 1) return path;
  throw new InputError(
    'COMPARE_FILES',
    given.length === 0 ? `No predictions of the ${name} are named` : `The ${name} is named twice`,
    { hint: `Name it once, as ${place} or with --${name}: gatehouse compare champion.csv challenger.csv` },
  );
}

/** An option that may be given several times. */
export const collect = (name: string, before: readonly string[] = []): readonly string[] => [...before, name];

function margin(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError('it has to be a number from 0 up, in units of the metric.');
}
