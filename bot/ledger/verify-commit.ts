import type { FoundAnchor } from '../../adapters/github/anchors.ts';
import type { GitHubReader } from '../../adapters/github/reader.ts';
import { holdAgain } from '../../core/audit/hold-again.ts';
import type { LedgerVerification } from '../../core/audit/verification.ts';
import { holdAgainst } from '../../core/audit/verify.ts';
import { isFailure } from '../../core/finding/finding.ts';
import { checkLedger } from '../../core/report/ledger-proof.ts';
import { inTurns } from './in-turns.ts';
import type { LedgerPlace, ProvenLedger } from './ledger-book.ts';
import { hintsIn, isSameLedger, readLedgerFiles } from './ledger-files.ts';

/** What the book makes of a ledger. */
export type Verified = Pick<
  LedgerVerification,
  'verdict' | 'findings' | 'head' | 'states' | 'events' | 'anchored'
>;

/** Looks for anchors. @param hints commits that the ledger itself names */
type ReadAnchors = (hints: readonly string[]) => Promise<readonly FoundAnchor[]>;

/**
 * Verifies the ledger at a commit. What this process itself proved of the same files is not proven again: only what
 * outsiders say of it is asked anew.
 * @param known what this process proved last; null: nothing
 */
export async function verifyCommit(
  reader: GitHubReader,
  { place, commit }: { readonly place: LedgerPlace; readonly commit: string | null },
  known: ProvenLedger | null,
  readAnchors: ReadAnchors,
): Promise<{ readonly verified: Verified; readonly anchors: readonly FoundAnchor[] }> {
  const { layout } = place;
  if (
    known?.commit != null &&
    commit !== null &&
    (await isSameLedger(reader, layout, known.commit, commit))
  ) {
    const anchors = await readAnchors(hintsIn(known.events));
    return { verified: verifyAgain(known, anchors), anchors };
  }
  const files = commit === null ? new Map<string, string>() : await readLedgerFiles(reader, commit, layout);
  const checked = await inTurns(checkLedger(files, layout));
  const anchors = await readAnchors(hintsIn(checked.events));
  return { verified: holdAgainst(checked, anchors, { tail: 'report' }), anchors };
}

function verifyAgain({ events, snapshot }: ProvenLedger, anchors: readonly FoundAnchor[]): Verified {
  const { findings, anchored } = holdAgain(events, anchors, 'report');
  return { verdict: findings.some(isFailure) ? 'fail' : 'pass', findings, anchored, events, ...snapshot };
}
