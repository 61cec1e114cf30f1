import type { Digest } from '../evidence/evidence.ts';
import type { Finding } from '../finding/finding.ts';
import { headPath } from '../registry/layout.ts';
import type { LedgerHead } from '../registry/ledger.ts';
import type { Anchor } from './anchor.ts';
import { headAndRoots } from './merkle.ts';
import { ledgerFinding } from './verification.ts';

/** What of an entry says where it stands. */
export interface EntryPlace {
  readonly path: string;
  readonly transaction: {
    readonly gfirst: number;
    readonly events: { readonly length: number };
  };
}

export interface AnchorCheck {
  /** Entries that the newest agreeing anchor covers. */
  readonly anchored: number;
  readonly findings: readonly Finding[];
}

/**
 * Compares the entries with what outsiders remember of them.
 * @param hashes recomputed event hashes in order
 * @param anchors from where the ledger's writers cannot reach; every one of them must agree
 */
export function checkAnchors(
  hashes: readonly Digest[],
  anchors: readonly Anchor[],
  entries: readonly EntryPlace[],
  tail: 'refuse' | 'report',
): AnchorCheck {
  const { head, roots } = headAndRoots(
    hashes,
    anchors.map(({ size }) => size),
  );
  const sorted = [...anchors].sort((a, b) => a.size - b.size);
  const findings: Finding[] = [];
  let anchored = 0;
  for (const anchor of sorted) {
    const root = roots.get(anchor.size);
    if (root === anchor.root) anchored = anchor.size;
    else
      findings.push(
        root === undefined ? truncated(anchor, head) : rewritten(anchor, root, anchored, entries),
      );
  }
  // The first disagreement says where; the others only repeat it.
  if (findings.length > 0) return { anchored, findings: findings.slice(0, 1) };
  return { anchored, findings: uncovered(head, anchored, entries, tail) };
}

function truncated(anchor: Anchor, head: LedgerHead): Finding {
  return ledgerFinding(
    'truncated',
    headPath,
    `the ledger was cut: entry ${head.size} is the first one missing of the ${anchor.size} that were anchored`,
    { found: `${head.size} entries`, allowed: `at least ${anchor.size} entries${placeOf(anchor)}` },
  );
}

function rewritten(anchor: Anchor, root: Digest, anchored: number, entries: readonly EntryPlace[]): Finding {
  const first = entries.find(({ transaction }) => transaction.gfirst + transaction.events.length > anchored);
  return ledgerFinding(
    'rewritten',
    first?.path ?? headPath,
    `history was rewritten between entry ${anchored} and entry ${anchor.size - 1}: its own hashes agree with each other, the anchor does not`,
    { found: `${anchor.size}:${root}`, allowed: `${anchor.size}:${anchor.root}${placeOf(anchor)}` },
  );
}

/** An anchor of a check run is found by its commit; any other says where it lies. */
const placeOf = ({ from }: Anchor): string => (from === undefined ? '' : ` (${from})`);

function uncovered(
  head: LedgerHead,
  anchored: number,
  entries: readonly EntryPlace[],
  tail: 'refuse' | 'report',
): readonly Finding[] {
  if (anchored === head.size) return [];
  const first = entries.find(({ transaction }) => transaction.gfirst >= anchored);
  const file = first?.path ?? headPath;
  // An anchor of an empty ledger vouches for nothing.
  if (anchored === 0) {
    // The very first transaction is written a moment before its anchor can exist.
    if (entries.length <= 1) return [warning(file, head.size - anchored)];
    const fix =
      'Have it read from GitHub: add --github https://github.com/OWNER/REPOSITORY --app ID, with GITHUB_TOKEN set. Or give it: add --anchor SIZE:ROOT, as the check "gatehouse" of the newest merge commit says it.';
    const message = `nothing outside the ledger vouches for its ${head.size} entries: whoever can push could have written them all`;
    return [
      ledgerFinding('anchor-missing', headPath, message, {
        found: 'no anchor',
        // Never the ledger's own root: whoever passed it on would prove the ledger by itself.
        allowed: 'an anchor that the app made, size:root',
        fix,
      }),
    ];
  }
  if (tail === 'report') return [warning(file, head.size - anchored)];
  const message = `entry ${anchored} and what follows is not anchored: the app anchors what it writes within moments`;
  const fix = 'Try again in a minute. If it stays so, somebody else than the app wrote it: promote nothing.';
  return [
    ledgerFinding('tail', file, message, {
      found: `${anchored} anchored`,
      allowed: `${head.size} anchored`,
      fix,
    }),
  ];
}

function warning(file: string, count: number): Finding {
  return {
    code: 'ledger/tail',
    severity: 'warn',
    message: `${count} entries at the end are not anchored yet`,
    where: { file },
    fix: 'The app anchors them on the merge commit; run again after that.',
  };
}
