import { InputError } from '../error/error.ts';
import type { Finding } from '../finding/finding.ts';
import { isTransactionPath } from '../registry/layout.ts';
import type { Transaction } from '../registry/ledger.ts';
import { finish, type Steps } from '../registry/steps.ts';
import { parseTransaction } from './transaction.ts';
import { type LedgerFiles, ledgerFinding } from './verification.ts';

export interface Entry {
  readonly path: string;
  readonly transaction: Transaction;
}

// A byte order mark is kept: it is one more byte than was written.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text of a file, null when its bytes are not UTF-8. */
export function textOf(content: Uint8Array | string): string | null {
  if (typeof content === 'string') return content;
  try {
    return decoder.decode(content);
  } catch {
    // Not UTF-8: the caller names the file.
    return null;
  }
}

/** What the transaction files of a ledger say. */
export interface ReadEntries {
  /** In the order of the whole ledger. */
  readonly entries: readonly Entry[];
  /** One for each file that cannot be read. */
  readonly findings: readonly Finding[];
}

/** Reads every transaction file. */
export const readEntries = (files: LedgerFiles): ReadEntries => finish(readEachEntry(files));

/** The same, a step for each file. */
export function* readEachEntry(files: LedgerFiles): Steps<ReadEntries> {
  const entries: Entry[] = [];
  const findings: Finding[] = [];
  for (const [path, content] of files) {
    if (!isTransactionPath(path)) continue;
    const read = readEntry(path, content);
    if ('transaction' in read) entries.push(read);
    else findings.push(read);
    yield;
  }
  entries.sort((a, b) => a.transaction.gfirst - b.transaction.gfirst || (a.path < b.path ? -1 : 1));
  return { entries, findings };
}

function readEntry(path: string, content: Uint8Array | string): Entry | Finding {
  const text = textOf(content);
  if (text === null) return ledgerFinding('entry-unreadable', path, `${path} is not UTF-8 text`);
  try {
    return { path, transaction: parseTransaction(text, path) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return ledgerFinding('entry-unreadable', path, error.message, {
      allowed: 'the bytes that the app wrote',
    });
  }
}
