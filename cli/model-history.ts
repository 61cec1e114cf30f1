import type { RegistryReader } from '../adapters/registry/registry-reader.ts';
import { eventsUntil } from '../core/audit/check-stream.ts';
import { type HistoryLine, linesOf } from '../core/audit/history.ts';
import { withGaps } from '../core/audit/recorded-gaps.ts';
import { InputError } from '../core/error/error.ts';
import { foldEvents } from '../core/registry/evolve.ts';
import { answerState } from '../core/registry/past-answer.ts';
import type { ModelAnswer } from '../core/registry/registry-answer.ts';
import { readStream } from './model-stream.ts';

/** Loaded when somebody asks about the past: reading entries takes the schemas of all of them. */

export { historyBlocks } from '../core/report/ledger-blocks.ts';

/** What happened to a model, oldest first. @throws InputError LEDGER_UNKNOWN_MODEL, LEDGER_UNVERIFIED */
export async function readHistory(reader: RegistryReader, model: string): Promise<readonly HistoryLine[]> {
  const { events, gaps } = await readStream(reader, model);
  return withGaps(linesOf(events), gaps);
}

/**
 * Everything about a model as of an instant.
 * @param asOf ISO instant, UTC
 * @throws InputError LEDGER_UNKNOWN_MODEL, LEDGER_UNVERIFIED, LEDGER_NO_VERSION_THEN
 */
export async function readPast(reader: RegistryReader, model: string, asOf: string): Promise<ModelAnswer> {
  const { events } = await readStream(reader, model);
  const answer = answerState(foldEvents(model, eventsUntil(events, Date.parse(asOf))));
  if (answer !== null) return answer;
  throw new InputError('LEDGER_NO_VERSION_THEN', `${model} had no version on ${asOf}`, {
    hint: `Its first entry is of ${events[0]?.at ?? 'unknown'}: name a later date.`,
  });
}
