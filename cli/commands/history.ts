import { historyOf } from '../../core/audit/history.ts';
import { wideTerminalWidth } from '../../core/report/columns.ts';
import { historyBlocks } from '../../core/report/ledger-blocks.ts';
import { renderText } from '../../core/report/text.ts';
import type { FetchAnchors } from '../anchors.ts';
import type { AddCommand } from '../context.ts';
import { type LedgerOptions, readProvenLedger, withLedgerOptions } from '../ledger.ts';

/** `gatehouse history`: who approved what, when, why. */
export const historyCommand =
  (fetchAnchors: FetchAnchors): AddCommand =>
  (program, context) => {
    const command = program
      .command('history')
      .description('Tells what happened to a model: who approved what, when and why, from a proven ledger')
      .argument('<model>', 'name of the model');
    withLedgerOptions(command).action((model: string, options: LedgerOptions) =>
      context.run(async () => {
        const lines = historyOf(await readProvenLedger(context, options, fetchAnchors), model);
        context.print(
          options.json
            ? JSON.stringify(lines, null, 2)
            : renderText(historyBlocks(model, lines), { width: wideTerminalWidth }),
        );
        return 0;
      }),
    );
  };
