import { incidentBlocks } from '../../../core/report/incident-blocks.ts';
import type { FetchAnchors } from '../../anchors.ts';
import type { AddCommand } from '../../context.ts';
import { printAnswer, withRegistryOptions } from '../../registry-options.ts';
import { type RegistryOptions, withRegistry } from '../../registry-source.ts';

interface IncidentOptions extends RegistryOptions {
  readonly all?: boolean;
}

/** `gatehouse registry incidents`: what stands on the base branch and not in the ledger, and who mends it. */
export const incidentsCommand =
  (fetchAnchors: FetchAnchors): AddCommand =>
  (program, context) => {
    const command = program
      .command('incidents')
      .description('Lists what went past the gate and is not mended yet, and corrections of the ledger')
      .option('--all', 'those that are closed too');
    withRegistryOptions(command).action((options: IncidentOptions) =>
      context.run(() =>
        withRegistry(context, options, fetchAnchors, async (source) => {
          const { incidents, corrections } = await source.reader.incidents();
          const all = options.all === true;
          const shown = all ? incidents : incidents.filter(({ closed }) => closed === null);
          printAnswer(context, options, source, {
            json: { incidents: shown, corrections },
            blocks: () => incidentBlocks(incidents, corrections, all),
          });
          return 0;
        }),
      ),
    );
  };
