import type { FetchAnchors } from '../../anchors.ts';
import type { AddCommand } from '../../context.ts';
import { printAnswer, withRegistryOptions } from '../../registry-options.ts';
import { type RegistryOptions, withRegistry } from '../../registry-source.ts';

/** `gatehouse registry history`: who approved what, when, why. */
export const registryHistoryCommand =
  (fetchAnchors: FetchAnchors): AddCommand =>
  (program, context) => {
    const command = program
      .command('history')
      .description('Tells what happened to a model: who approved what, when and why')
      .argument('<model>', 'name of the model');
    withRegistryOptions(command).action((model: string, options: RegistryOptions) =>
      context.run(() =>
        withRegistry(context, options, fetchAnchors, async (source) => {
          const { readHistory, historyBlocks } = await import('../../model-history.ts');
          const lines = await readHistory(source.reader, model);
          printAnswer(context, options, source, {
            json: { model, events: lines },
            blocks: () => historyBlocks(model, lines),
          });
          return 0;
        }),
      ),
    );
  };
