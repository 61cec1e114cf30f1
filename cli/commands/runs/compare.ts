import { InputError } from '../../../core/error/error.ts';
import { terminalWidth } from '../../../core/report/columns.ts';
import { comparisonBlocks } from '../../../core/report/run-blocks.ts';
import { renderText } from '../../../core/report/text.ts';
import { compareRuns } from '../../../core/training/run-comparison.ts';
import { runName, selectRuns } from '../../../core/training/run-list.ts';
import type { AddCommand } from '../../context.ts';
import { type RunOptions, withRunOptions } from './option.ts';
import { needRun, readRuns } from './source.ts';

/** More do not stand side by side in a terminal. */
const mostRuns = 5;

interface CompareOptions extends RunOptions {
  readonly all?: boolean;
}

/** `gatehouse runs compare`: why one run is not like another. */
export const compareRunsCommand: AddCommand = (runs, context) => {
  const command = runs
    .command('compare')
    .description('Compares training runs side by side: results, parameters, data, code, environment, cost')
    .argument('<runs...>', `2 to ${mostRuns} runs, as for "gatehouse runs show"`)
    .option('--all', 'also show what is the same in all of them');
  withRunOptions(command, context.now).action((texts: readonly string[], options: CompareOptions) =>
    context.run(async () => {
      if (texts.length < 2 || texts.length > mostRuns) {
        throw new InputError('RUNS_COUNT', `${texts.length} runs were named`, {
          hint: `Name 2 to ${mostRuns} runs, for example: gatehouse runs compare v6 v7`,
        });
      }
      const read = selectRuns(await readRuns(context, options), options, { order: 'desc' });
      const chosen = texts.map((text) => needRun(read, text));
      const facts = compareRuns(chosen.map(({ record }) => record));
      const all = options.all === true;
      context.print(
        options.json === true
          ? JSON.stringify(
              {
                runs: chosen.map((run) => ({ name: runName(run), digest: run.digest, places: run.places })),
                facts: facts.filter(({ differs }) => all || differs),
              },
              null,
              2,
            )
          : renderText(comparisonBlocks(chosen, facts, all), { width: terminalWidth }),
      );
      return 0;
    }),
  );
};
