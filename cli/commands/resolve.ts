import { resolveChampion } from '../../core/audit/resolve.ts';
import { resolutionBlocks } from '../../core/report/ledger-blocks.ts';
import { renderText } from '../../core/report/text.ts';
import type { FetchAnchors } from '../anchors.ts';
import type { AddCommand } from '../context.ts';
import { type LedgerOptions, readProvenLedger, withLedgerOptions } from '../ledger.ts';

/** `gatehouse resolve`: which version serves at an endpoint. A ledger that is not proven gives no answer. */
export const resolveCommand =
  (fetchAnchors: FetchAnchors): AddCommand =>
  (program, context) => {
    const command = program
      .command('resolve')
      .description('Says which version serves at an endpoint, with its digest, from a proven ledger')
      .argument('<model>', 'name of the model')
      .requiredOption('--endpoint <name>', 'endpoint, for example eu');
    withLedgerOptions(command).action(
      (model: string, options: LedgerOptions & { readonly endpoint: string }) =>
        context.run(async () => {
          const verification = await readProvenLedger(context, options, fetchAnchors);
          const found = resolveChampion(verification, model, options.endpoint);
          context.print(options.json ? JSON.stringify(found, null, 2) : renderText(resolutionBlocks(found)));
          return 0;
        }),
    );
  };
