import { InputError } from '../../../core/error/error.ts';
import { type ServedLine, servedAt } from '../../../core/registry/registry-answer.ts';
import { modelAnswerBlocks } from '../../../core/report/model-answer-blocks.ts';
import { servedBlocks } from '../../../core/report/registry-blocks.ts';
import type { FetchAnchors } from '../../anchors.ts';
import type { AddCommand } from '../../context.ts';
import { printAnswer, withRegistryOptions } from '../../registry-options.ts';
import { type RegistryOptions, type RegistrySource, withRegistry } from '../../registry-source.ts';

/** `gatehouse registry at`: the same answers as of a date. */
export const atCommand =
  (fetchAnchors: FetchAnchors): AddCommand =>
  (program, context) => {
    const command = program
      .command('at')
      .description('Says what served where on a date; with a model, everything about it as of then')
      .argument('<date>', '2026-11-21 (its last moment, UTC) or 2026-11-21T10:30:00Z')
      .argument('[model]', 'name of the model');
    withRegistryOptions(command).action((date: string, model: string | undefined, options: RegistryOptions) =>
      context.run(() =>
        withRegistry(context, options, fetchAnchors, async (source) => {
          const asOf = parseDate(date);
          const answer =
            model === undefined ? await servedThen(source, asOf) : await modelThen(source, asOf, model);
          printAnswer(context, options, source, answer);
          return 0;
        }),
      ),
    );
  };

async function servedThen({ reader }: RegistrySource, asOf: string) {
  const served: ServedLine[] = [];
  await reader.eachState('all', (state) => served.push(...servedAt(state, Date.parse(asOf))));
  served.sort((a, b) => (a.endpoint < b.endpoint ? -1 : a.endpoint > b.endpoint ? 1 : 0));
  return {
    json: { asOf, served },
    blocks: () => servedBlocks([{ strong: 'Served' }, ` as of ${asOf}`], served),
  };
}

async function modelThen({ reader }: RegistrySource, asOf: string, model: string) {
  const { readPast } = await import('../../model-history.ts');
  const answer = await readPast(reader, model, asOf);
  return { json: { asOf, ...answer }, blocks: () => modelAnswerBlocks(answer, asOf) };
}

/** @throws InputError DATE_INVALID */
function parseDate(text: string): string {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?Z$/.test(text);
  const instant = Date.parse(isDay ? `${text}T23:59:59.999Z` : text);
  // 2026-02-30 is read as a day of March by some: a date that is not written back as it was is none.
  if ((isDay || isInstant) && Number.isFinite(instant)) {
    const iso = new Date(instant).toISOString();
    if (iso.startsWith(text.slice(0, 10))) return iso;
  }
  throw new InputError('DATE_INVALID', `"${text.slice(0, 40)}" is no date`, {
    hint: 'Write 2026-11-21, or an instant in UTC: 2026-11-21T10:30:00Z.',
  });
}
