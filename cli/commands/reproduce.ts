import { readCurrentPolicy } from '../../adapters/reproduce/current-policy.ts';
import { reproduceVersion } from '../../adapters/reproduce/reproduce.ts';
import { findVersion } from '../../core/audit/find-version.ts';
import { plainText } from '../../core/report/cell.ts';
import { terminalWidth } from '../../core/report/columns.ts';
import { reproductionBlocks } from '../../core/report/reproduction-blocks.ts';
import { renderText } from '../../core/report/text.ts';
import type { FetchAnchors } from '../anchors.ts';
import type { AddCommand, CommandContext } from '../context.ts';
import { type LedgerOptions, readProvenLedger, withLedgerOptions } from '../ledger.ts';

interface ReproduceOptions extends LedgerOptions {
  readonly tolerance: string;
  readonly predictions?: boolean;
}

/** `gatehouse reproduce`: trains a registered version again from what was recorded, and says what differs. */
export const reproduceCommand =
  (fetchAnchors: FetchAnchors): AddCommand =>
  (program, context) => {
    const command = program
      .command('reproduce')
      .description('Trains a version again from its record, in a checkout of its own: equal, or what differs')
      .argument('<model>', 'name of the model')
      .argument('<version>', 'for example v7')
      .option(
        '--tolerance <number>',
        'largest difference of a metric or score that counts as the same',
        '0.001',
      )
      .option('--predictions', 'also score the held-out features and compare with the stored predictions');
    withLedgerOptions(command).action((model: string, version: string, options: ReproduceOptions) =>
      context.run(async () => {
        const record = findVersion(await readProvenLedger(context, options, fetchAnchors), model, version);
        const found = await reproduceVersion(
          {
            repository: context.cwd,
            record,
            policy: await readCurrentPolicy(context.cwd),
            tolerance: parseTolerance(options.tolerance),
            predictions: options.predictions === true,
            env: context.env,
          },
          { log: (line) => tellLog(context, line), now: () => new Date(context.now()) },
        );
        context.print(
          options.json === true
            ? JSON.stringify(found, null, 2)
            : renderText(reproductionBlocks(found), { width: terminalWidth }),
        );
        return found.outcome === 'differs' ? 1 : 0;
      }),
    );
  };

const longestLine = 1000;

/** What keeps a runner from reading commands in a log means nothing to a person. */
function tellLog({ complain }: CommandContext, line: string): void {
  if (!/^::(?:stop-commands::)?[0-9a-f-]{36}(?:::)?$/.test(line)) complain(plainText(line, longestLine));
}

/** An empty text is no zero. */
function parseTolerance(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}
