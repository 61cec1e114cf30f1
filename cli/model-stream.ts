import type { RegistryReader } from '../adapters/registry/registry-reader.ts';
import { checkStream } from '../core/audit/check-stream.ts';
import { recordedGaps } from '../core/audit/recorded-gaps.ts';
import { parseTransaction } from '../core/audit/transaction.ts';
import { InputError } from '../core/error/error.ts';
import type { LedgerEvent, ModelState, Transaction } from '../core/registry/ledger.ts';
import { needState } from './model-answer.ts';

export interface ModelStream {
  readonly state: ModelState;
  readonly events: readonly LedgerEvent[];
  /** What stood open around a promotion, by number of its event. */
  readonly gaps: ReadonlyMap<number, readonly string[]>;
}

/**
 * Reads the entries of one model: their own chain is checked, and its end is compared with the model's state file.
 * @throws InputError LEDGER_UNKNOWN_MODEL, LEDGER_UNVERIFIED
 */
export async function readStream(reader: RegistryReader, model: string): Promise<ModelStream> {
  const { lastEvent } = await needState(reader, model);
  const transactions: (readonly [string, Transaction])[] = [];
  for await (const [path, text] of reader.transactions(model)) {
    transactions.push([path, parseTransaction(text, path)]);
  }
  const stream = checkStream(model, transactions);
  const { lastSeq, lastHash } = stream.state;
  if (lastSeq === lastEvent.seq && lastHash === lastEvent.hash)
    return { ...stream, gaps: recordedGaps(transactions.map(([, transaction]) => transaction)) };
  const message = `the ledger is not proven: the entries of ${model} end with event ${lastSeq}, its state file speaks of event ${lastEvent.seq}`;
  throw new InputError('LEDGER_UNVERIFIED', message, {
    hint: 'Run gatehouse verify: it names the first bad entry.',
    where: { file: `models/${model}/state.yml` },
  });
}
