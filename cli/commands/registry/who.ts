import { InputError } from '../../../core/error/error.ts';
import { type ServedLine, servingStays } from '../../../core/registry/registry-answer.ts';
import { modelAnswerBlocks } from '../../../core/report/model-answer-blocks.ts';
import { servedBlocks } from '../../../core/report/registry-blocks.ts';
import type { FetchAnchors } from '../../anchors.ts';
import type { AddCommand } from '../../context.ts';
import { needState, readModel } from '../../model-answer.ts';
import { printAnswer, withRegistryOptions } from '../../registry-options.ts';
import { type RegistryOptions, type RegistrySource, withRegistry } from '../../registry-source.ts';

const mostKnown = 20;

/** `gatehouse registry who`: what serves at an endpoint. */
export const whoCommand =
  (fetchAnchors: FetchAnchors): AddCommand =>
  (program, context) => {
    const command = program
      .command('who')
      .description('Says what serves at an endpoint; with a model, everything about what serves')
      .argument('<endpoint>', 'eu, or of one model: eu/flight-delay');
    withRegistryOptions(command).action((text: string, options: RegistryOptions) =>
      context.run(() =>
        withRegistry(context, options, fetchAnchors, async (source) => {
          const slash = text.indexOf('/');
          const answer =
            slash < 0
              ? await servedThere(source, text)
              : await champion(source, text.slice(0, slash), text.slice(slash + 1));
          printAnswer(context, options, source, answer);
          return 0;
        }),
      ),
    );
  };

async function servedThere({ reader }: RegistrySource, endpoint: string) {
  const served: ServedLine[] = [];
  await reader.eachState('serving', (state) => {
    for (const stay of servingStays(state)) {
      if (stay.endpoint === endpoint) served.push({ model: state.model, ...stay });
    }
  });
  if (served.length === 0) await needEndpoint(reader, endpoint);
  return {
    json: { endpoint, served },
    blocks: () => servedBlocks(['Serves at ', { strong: endpoint }], served),
  };
}

/** Nothing serves there: was that ever otherwise? */
async function needEndpoint(reader: RegistrySource['reader'], endpoint: string): Promise<void> {
  const known = new Set<string>();
  await reader.eachState('all', (state) => {
    for (const stay of state.deployments) known.add(stay.endpoint);
  });
  if (!known.has(endpoint)) throw unknownEndpoint('nothing was ever', endpoint, known);
}

async function champion({ reader }: RegistrySource, endpoint: string, model: string) {
  const state = await needState(reader, model);
  const stay = servingStays(state).find((each) => each.endpoint === endpoint);
  if (stay === undefined) {
    const known = new Set(state.deployments.map((each) => each.endpoint));
    if (!known.has(endpoint)) throw unknownEndpoint(`${model} was never`, endpoint, known);
    throw new InputError('LEDGER_NO_CHAMPION', `nothing of ${model} serves at ${endpoint}`, {
      hint: `What served there before says gatehouse registry history ${model}.`,
    });
  }
  const answer = await readModel(reader, model, stay.version);
  return { json: { endpoint, asOf: null, ...answer }, blocks: () => modelAnswerBlocks(answer, null) };
}

function unknownEndpoint(subject: string, endpoint: string, known: ReadonlySet<string>): InputError {
  const listed = [...known].sort().slice(0, mostKnown).join(', ') || 'none';
  const message = `${subject} in production at ${JSON.stringify(endpoint.slice(0, 80))}`;
  return new InputError('LEDGER_UNKNOWN_ENDPOINT', message, { hint: `Known: ${listed}.` });
}
