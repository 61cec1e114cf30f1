import { terminalWidth } from '../../../core/report/columns.ts';
import { runBlocks } from '../../../core/report/run-blocks.ts';
import { renderText } from '../../../core/report/text.ts';
import { runName, selectRuns } from '../../../core/training/run-list.ts';
import type { AddCommand } from '../../context.ts';
import { type RunOptions, withRunOptions } from './option.ts';
import { needRun, readRuns } from './source.ts';

/** `gatehouse runs show`: everything that one run says about itself. */
export const showRunCommand: AddCommand = (runs, context) => {
  const command = runs
    .command('show')
    .description('Shows one training run: its data, code, parameters, machine, software, attempts, cost')
    .argument('<run>', 'run id (501 or 501.2), version (v7 or churn@v7), or the beginning of its digest');
  withRunOptions(command, context.now).action((text: string, options: RunOptions) =>
    context.run(async () => {
      const found = selectRuns(await readRuns(context, options), options, { order: 'desc' });
      const run = needRun(found, text);
      context.print(
        options.json === true
          ? JSON.stringify({ name: runName(run), ...run }, null, 2)
          : renderText(runBlocks(run), { width: terminalWidth }),
      );
      return 0;
    }),
  );
};
