import type { Digest } from '../evidence/evidence.ts';
import type { Finding } from '../finding/finding.ts';
import { headPath } from '../registry/layout.ts';
import type { Entry } from './entries.ts';
import { headAndRoots } from './merkle.ts';
import type { RememberedHead } from './remembered.ts';
import { ledgerFinding } from './verification.ts';

/** What of a memory is compared; the rest says where it came from. */
export type Remembered = Pick<RememberedHead, 'size' | 'root' | 'commit' | 'at'>;

/**
 * Holds the entries against what readers saw before: a ledger only grows. It covers nothing: an entry that a reader saw
 * and no anchor names is not proven by that.
 * @param hashes recomputed event hashes in order
 * @returns at most one finding: the first disagreement says where
 */
export function checkRemembered(
  hashes: readonly Digest[],
  remembered: readonly Remembered[],
  entries: readonly Entry[],
): readonly Finding[] {
  const { roots } = headAndRoots(
    hashes,
    remembered.map(({ size }) => size),
  );
  let agreed = 0;
  for (const memory of [...remembered].sort((a, b) => a.size - b.size)) {
    const root = roots.get(memory.size);
    if (root === memory.root) agreed = memory.size;
    else
      return [root === undefined ? rolledBack(memory, hashes.length) : split(memory, root, agreed, entries)];
  }
  return [];
}

function rolledBack(memory: Remembered, size: number): Finding {
  const message = `the ledger was cut or put back to an earlier state: on ${memory.at} it was read here with ${memory.size} entries, up to commit ${short(memory)}; entry ${size} is the first one missing`;
  return ledgerFinding('rolled-back', headPath, message, {
    found: `${size} entries`,
    allowed: `at least ${memory.size} entries`,
    fix,
  });
}

function split(memory: Remembered, root: Digest, agreed: number, entries: readonly Entry[]): Finding {
  const first = entries.find(({ transaction }) => transaction.gfirst + transaction.events.length > agreed);
  const message = `this is another ledger than the one that was read here on ${memory.at} at commit ${short(memory)}: they differ between entry ${agreed} and entry ${memory.size - 1}. Its history was rewritten, or readers are shown different ones`;
  return ledgerFinding('split-view', first?.path ?? headPath, message, {
    found: `${memory.size}:${root}`,
    allowed: `${memory.size}:${memory.root}`,
    fix,
  });
}

const short = ({ commit }: Remembered): string => commit.slice(0, 12);

const fix =
  'Promote and deploy nothing. Compare with what others see of the ledger. If it was made anew on purpose, delete what is remembered: .git/gatehouse/proven.json in a clone, the artifacts gatehouse-ledger-memory at GitHub.';
