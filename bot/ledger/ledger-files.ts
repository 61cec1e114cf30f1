import type { GitHubReader } from '../../adapters/github/reader.ts';
import { ConflictError, InputError } from '../../core/error/error.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { belongsToLedger, type LedgerLayout } from '../../core/registry/layout.ts';
import type { LedgerEvent } from '../../core/registry/ledger.ts';
import { toText } from '../gather/text.ts';

/** Every file of the ledger at a commit. @throws InputError LEDGER_FROZEN for one that is no text of ours */
export async function readLedgerFiles(
  reader: GitHubReader,
  commit: string,
  layout: LedgerLayout,
): Promise<ReadonlyMap<string, string>> {
  const listing = [...(await reader.tree(commit)).values()].filter(({ path }) =>
    belongsToLedger(path, layout),
  );
  const texts = new Map<string, string | null>();
  const blobs = [...new Set(listing.map(({ blob }) => blob))];
  await reader.contents(commit, blobs, (blob, bytes) => texts.set(blob, toText(bytes, maxLedgerFileBytes)));
  return new Map(
    listing.map(({ path, blob }) => {
      const text = texts.get(blob);
      if (text == null) throw frozen([unreadable(path)]);
      return [path, text];
    }),
  );
}

/** True when the app's files are the same at both commits: beside them people may have changed theirs. */
export async function isSameLedger(
  reader: GitHubReader,
  layout: LedgerLayout,
  one: string,
  other: string,
): Promise<boolean> {
  if (one === other) return true;
  const [before, now] = [await reader.tree(one), await reader.tree(other)];
  const differs = (path: string): boolean =>
    belongsToLedger(path, layout) && before.get(path)?.blob !== now.get(path)?.blob;
  return ![...before.keys(), ...now.keys()].some(differs);
}

/** A transaction holds the whole input of a decision: more than configuration, less than this. */
export const maxLedgerFileBytes = 8 * 1024 * 1024;

/** Merge commits that the last entries name: their anchors are read even when the branch went far ahead. */
export function hintsIn(events: readonly LedgerEvent[]): readonly string[] {
  const hints = new Set<string>();
  for (let at = events.length - 1; at >= 0 && hints.size < maxHints; at -= 1) {
    const sha = events[at]?.source.mergeSha;
    if (sha !== undefined && /^[0-9a-f]{40}$/.test(sha)) hints.add(sha);
  }
  return [...hints];
}
const maxHints = 3;

function unreadable(path: string): Finding {
  return {
    code: 'ledger/unreadable',
    severity: 'fail',
    message: `${path} is not UTF-8 text of at most ${maxLedgerFileBytes} bytes`,
    where: { file: path },
    fix: 'Put the file of the last anchored commit back by a new commit.',
  };
}

export function moved(): ConflictError {
  return new ConflictError('LEDGER_MOVED', 'The ledger moved while it was read', {
    hint: 'Read again and decide again.',
  });
}

/** What was read is older than what an anchor of this minute covers. */
export function late(): ConflictError {
  return new ConflictError('LEDGER_MOVED', 'GitHub does not show yet what was just written to the ledger', {
    hint: 'Read again and decide again.',
  });
}

export function frozen(findings: readonly Finding[]): InputError {
  const first = findings.find(({ severity }) => severity === 'fail') ?? findings[0];
  return new InputError('LEDGER_FROZEN', `The ledger is frozen: ${first?.message ?? 'it cannot be proven'}`, {
    hint: first?.fix ?? 'Promote nothing. Run gatehouse verify and find who pushed to the ledger branch.',
    findings,
    ...(first?.where === undefined ? {} : { where: first.where }),
  });
}
