import { modelAnswerBlocks } from '../../../core/report/model-answer-blocks.ts';
import type { FetchAnchors } from '../../anchors.ts';
import type { AddCommand } from '../../context.ts';
import { readModel } from '../../model-answer.ts';
import { printAnswer, withRegistryOptions } from '../../registry-options.ts';
import { parseModelVersion, type RegistryOptions, withRegistry } from '../../registry-source.ts';

/** `gatehouse registry show`: one model, or one version of it. */
export const showModelCommand =
  (fetchAnchors: FetchAnchors): AddCommand =>
  (program, context) => {
    const command = program
      .command('show')
      .description('Shows a model: what serves, made from what, approved by whom, since when, how well')
      .argument('<model>', 'flight-delay, or one version of it: flight-delay@v7');
    withRegistryOptions(command).action((text: string, options: RegistryOptions) =>
      context.run(() =>
        withRegistry(context, options, fetchAnchors, async (source) => {
          const { model, version } = parseModelVersion(text);
          const answer = await readModel(source.reader, model, version);
          printAnswer(context, options, source, {
            json: { asOf: null, ...answer },
            blocks: () => modelAnswerBlocks(answer, null),
          });
          return 0;
        }),
      ),
    );
  };
