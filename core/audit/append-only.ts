import type { Finding } from '../finding/finding.ts';
import { headPath } from '../registry/layout.ts';
import { type LedgerVerification, ledgerFinding } from './verification.ts';

/** A file below `audit/` that the history of the branch changed or deleted, where it may only add. */
export interface RewrittenFile {
  readonly path: string;
  readonly status: 'changed' | 'deleted' | 'made something else than a file';
  /** Commit that did it; the commit that had added the file, null when the clone does not know. */
  readonly commit: string;
  readonly addedBy: string | null;
  /** ISO 8601, and the name that the author gave himself: anybody's text. */
  readonly at: string;
  readonly author: string;
  /** What lies there now, against what was added first. */
  readonly now: 'as it was added' | 'something else' | 'nothing';
}

/** Files that every commit of the ledger writes anew: its head and, beside people's files, its front page. */
export const isRewritable = (path: string): boolean => path === headPath || path === 'audit/README.md';

/**
 * Judges what the history of the branch did to entries. A ledger grows; git remembers when it did something else, as long
 * as nobody pushes with force: that is told by anchors.
 * A file that was put back, and one whose place an anchor vouches for, is a warning with the commit. Everything else fails,
 * but for files of a stranger: a correction of the ledger, which an anchor covers, names the commit that added them.
 */
export function checkAppendOnly(
  files: readonly RewrittenFile[],
  { events, anchored, head }: Pick<LedgerVerification, 'events' | 'anchored' | 'head'>,
): readonly Finding[] {
  const foreign = new Set(
    events.flatMap(({ gseq, data }) =>
      data.type === 'LedgerCorrected' && gseq < anchored ? data.foreign : [],
    ),
  );
  const isCorrected = ({ addedBy }: RewrittenFile) => addedBy !== null && foreign.has(addedBy);
  const isCovered = anchored > 0 && anchored === head.size;
  return files.map((file) => {
    const isMended =
      file.now === 'as it was added' || (file.now === 'something else' && isCovered) || isCorrected(file);
    const finding = ledgerFinding('history-edited', file.path, describe(file), {
      found: file.now,
      allowed: 'as it was added',
    });
    return isMended ? { ...finding, severity: 'warn', fix: mended } : finding;
  });
}

function describe({ path, status, commit, at, author, now }: RewrittenFile): string {
  const by = author === '' ? '' : ` by ${author.slice(0, 60)}`;
  const end = now === 'as it was added' ? '; it was put back since' : '';
  return `${path} was ${status} in commit ${commit.slice(0, 12)} of ${at}${by}: entries are only ever added${end}`;
}

const mended =
  'Nothing, if you know of it: what lies there now is proven. Block force pushes and let only the app push.';
