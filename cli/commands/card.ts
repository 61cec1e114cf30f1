import { cardVersion } from '../../core/registry/render.ts';
import { trustBlock } from '../../core/report/ledger-trust.ts';
import { plainMarkdown } from '../../core/report/plain-markdown.ts';
import { renderText } from '../../core/report/text.ts';
import type { FetchAnchors } from '../anchors.ts';
import type { AddCommand } from '../context.ts';
import { readModel } from '../model-answer.ts';
import { readStream } from '../model-stream.ts';
import { withRegistryOptions } from '../registry-options.ts';
import {
  parseModelVersion,
  type RegistryOptions,
  type RegistrySource,
  withRegistry,
} from '../registry-source.ts';

/** `gatehouse card`: the model card as Markdown, of what serves or of any version. */
export const cardCommand =
  (fetchAnchors: FetchAnchors): AddCommand =>
  (program, context) => {
    const command = program
      .command('card')
      .description('Prints the model card: what it does, its data, limits, figures, who approved it')
      .argument('<model>', 'flight-delay, or one version of it: flight-delay@v7');
    withRegistryOptions(command).action((text: string, options: RegistryOptions) =>
      context.run(() =>
        withRegistry(context, options, fetchAnchors, async (source) => {
          const { model, version, card } = await readCard(source, text);
          if (options.json === true) {
            context.print(JSON.stringify({ ledger: source.trust, model, version, card }, null, 2));
            return 0;
          }
          context.print(plainMarkdown(card).trimEnd());
          // Not in the page: it is written to a file as it comes.
          context.complain(renderText([trustBlock(source.trust)]));
          return 0;
        }),
      ),
    );
  };

async function readCard({ reader }: RegistrySource, text: string) {
  const asked = parseModelVersion(text);
  const { model, version } = await readModel(reader, asked.model, asked.version);
  const { state } = await readStream(reader, model);
  const page = cardVersion(state) === version ? await reader.card(model) : null;
  if (page !== null) return { model, version, card: page };
  const { renderModelCard } = await import('../../core/report/card.ts');
  return { model, version, card: renderModelCard(state, version) };
}
