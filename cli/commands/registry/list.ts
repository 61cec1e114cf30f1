import { lineOf, type ModelLine } from '../../../core/registry/registry-answer.ts';
import { listBlocks } from '../../../core/report/registry-blocks.ts';
import type { FetchAnchors } from '../../anchors.ts';
import type { AddCommand } from '../../context.ts';
import { printAnswer, withRegistryOptions } from '../../registry-options.ts';
import { type RegistryOptions, withRegistry } from '../../registry-source.ts';

/** `gatehouse registry list`: every model, what of it serves where, and how many versions stand in which stage. */
export const listModelsCommand =
  (fetchAnchors: FetchAnchors): AddCommand =>
  (program, context) => {
    const command = program
      .command('list')
      .description('Lists every model: versions, stages, what serves where');
    withRegistryOptions(command).action((options: RegistryOptions) =>
      context.run(() =>
        withRegistry(context, options, fetchAnchors, async (source) => {
          const models: ModelLine[] = [];
          await source.reader.eachState('serving', (state) => models.push(lineOf(state)));
          printAnswer(context, options, source, { json: { models }, blocks: () => listBlocks(models) });
          return 0;
        }),
      ),
    );
  };
