import { Option } from 'commander';
import { paragraph } from '../../../core/report/block.ts';
import { terminalWidth } from '../../../core/report/columns.ts';
import { counted } from '../../../core/report/facts.ts';
import { runListTable } from '../../../core/report/run-table.ts';
import { renderText } from '../../../core/report/text.ts';
import { runName, selectRuns } from '../../../core/training/run-list.ts';
import type { AddCommand } from '../../context.ts';
import { type RunOptions, withRunOptions } from './option.ts';
import { readRuns } from './source.ts';

interface ListOptions extends RunOptions {
  readonly metric?: string;
  readonly order: 'asc' | 'desc';
}

/** `gatehouse runs list`: what was trained, also what was never proposed. */
export const listRunsCommand: AddCommand = (runs, context) => {
  const command = runs
    .command('list')
    .description('Lists training runs, newest first: registered ones, and all that GitHub still has')
    .option('--metric <name>', 'show this metric and sort by it')
    .addOption(new Option('--order <order>', 'of the metric').choices(['asc', 'desc']).default('desc'));
  withRunOptions(command, context.now).action((options: ListOptions) =>
    context.run(async () => {
      const found = selectRuns(await readRuns(context, options), options, options);
      context.print(
        options.json === true
          ? JSON.stringify(
              found.map((run) => ({ name: runName(run), ...run })),
              null,
              2,
            )
          : renderText(
              found.length === 0
                ? [paragraph('No run was found.')]
                : [
                    runListTable(found, options.metric),
                    paragraph(
                      `${counted(found.length, 'run')}. Metrics are claimed by the training jobs. More: gatehouse runs show RUN, gatehouse runs compare RUN RUN`,
                    ),
                  ],
              { width: terminalWidth },
            ),
      );
      return 0;
    }),
  );
};
