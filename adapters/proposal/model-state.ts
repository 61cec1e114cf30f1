import { parseTransaction } from '../../core/audit/transaction.ts';
import type { TreeListing } from '../../core/change/change.ts';
import { diffTrees } from '../../core/change/tree.ts';
import { modelOfStages } from '../../core/config/layout.ts';
import { ServiceError } from '../../core/error/error.ts';
import { foldEvents } from '../../core/registry/evolve.ts';
import { isTransactionPath } from '../../core/registry/layout.ts';
import type { ModelState } from '../../core/registry/ledger.ts';
import { emptyState } from '../../core/registry/stream.ts';
import type { LedgerFiles } from '../github/reader.ts';

/**
 * Folds a model's state from its transactions: events are the truth, the rendered files are not read.
 * @param files the ledger at one commit; null: there is no ledger yet
 * @throws InputError LEDGER_ENTRY_INVALID or LEDGER_EVENT_ILLEGAL; ServiceError LEDGER_READ when a listed file is gone
 */
export async function readModelState(files: LedgerFiles | null, model: string): Promise<ModelState> {
  if (files === null) return emptyState(model);
  const prefix = `audit/${model}/`;
  // `audit/growth/churn/...` is not of the model `growth`: three digits follow the model's name at once.
  const paths = [...files.listing.keys()]
    .filter((path) => path.startsWith(prefix) && /^\d{3,}\/\d{6,}\.json$/.test(path.slice(prefix.length)))
    .filter(isTransactionPath)
    .sort(byNumber);
  const texts = await Promise.all(paths.map(async (path) => [path, await files.read(path)] as const));
  const transactions = texts.map(([path, text]) => {
    if (text === null) throw gone(path);
    return parseTransaction(text, path);
  });
  return foldEvents(
    model,
    transactions.flatMap(({ events }) => events),
  );
}

/** States of every model whose stages.yml a change touches: `from` of a move comes from the ledger. */
export async function readMovedStates(
  ledger: LedgerFiles | null,
  { mergeBase, head }: Readonly<Record<'mergeBase' | 'head', TreeListing>>,
): Promise<ReadonlyMap<string, ModelState>> {
  const paths = diffTrees(mergeBase, head).map(({ path }) => path);
  const models = new Set(paths.flatMap((path) => modelOfStages(path) ?? []));
  const states = new Map<string, ModelState>();
  for (const model of models) states.set(model, await readModelState(ledger, model));
  return states;
}

/** Numbers grow past six digits: 1000000 comes after 999999, not before. */
function byNumber(a: string, b: string): number {
  const number = (path: string) => Number(path.slice(path.lastIndexOf('/') + 1, -'.json'.length));
  return number(a) - number(b);
}

function gone(path: string): ServiceError {
  return new ServiceError('LEDGER_READ', `${path} is listed in the ledger but could not be read`, {
    hint: 'Run again; if it stays so, run "gatehouse verify".',
  });
}
