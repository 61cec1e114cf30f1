import { type FoundAnchor, readAnchors } from '../../adapters/github/anchors.ts';
import type { AppIdentity } from '../../adapters/github/client.ts';
import type { GitHubReader } from '../../adapters/github/reader.ts';
import type { LedgerSnapshot } from '../../core/audit/record.ts';
import type { LedgerVerification } from '../../core/audit/verification.ts';
import { ConflictError, InputError } from '../../core/error/error.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { belongsToLedger, isTransactionPath, type LedgerLayout } from '../../core/registry/layout.ts';
import type { LedgerEvent } from '../../core/registry/ledger.ts';
import { proveLedger } from '../../core/report/ledger-proof.ts';
import { readBlobs } from '../gather/text.ts';
import { strangersSince } from './ledger-authors.ts';

/** The ledger as it is now, proven. */
export interface ProvenLedger {
  readonly branch: string;
  readonly layout: LedgerLayout;
  /** Commit of the ledger branch; null: there is no such branch yet. */
  readonly commit: string | null;
  readonly snapshot: LedgerSnapshot;
  readonly events: readonly LedgerEvent[];
  readonly anchors: readonly FoundAnchor[];
  /** Entries that an anchor covers. */
  readonly anchored: number;
}

export interface LedgerPlace {
  readonly branch: string;
  readonly layout: LedgerLayout;
  /** Branch whose commits carry the anchors. */
  readonly anchorBranch: string;
}

/**
 * Reads and proves the ledger before anything is decided by it or added to it (GATE.md rule 20): hashes, moves,
 * repeated decisions, files, anchors, and that every commit since the newest anchor is the app's own.
 * One book serves one repository; what was proven for a commit is not proven again.
 */
export class LedgerBook {
  private proven: { readonly key: string; readonly ledger: ProvenLedger } | null = null;
  /** Newest anchor ever seen by this process: it also counts when somebody hides it. */
  private newest: FoundAnchor | null = null;

  /** @throws InputError LEDGER_FROZEN with findings: nothing is promoted and nothing is anchored until a person looked */
  async read(reader: GitHubReader, identity: AppIdentity, place: LedgerPlace): Promise<ProvenLedger> {
    const commit = await reader.branchHead(place.branch);
    const tip = await reader.branchHead(place.anchorBranch);
    const key = [place.branch, place.layout, commit, tip].join(' ');
    if (this.proven?.key === key) return this.proven.ledger;
    const files = commit === null ? new Map<string, string>() : await readFiles(reader, commit, place.layout);
    const anchors = await this.readAnchors(reader, place, files);
    const verification = proveLedger(files, anchors, place.layout, 'report');
    if (verification.verdict === 'fail') {
      // Another process may have written and anchored while this one read: that is no forgery.
      if (((await reader.ledgerFiles(place.branch))?.head ?? null) !== commit) throw moved();
      throw frozen(verification.findings);
    }
    const { anchored } = verification;
    const at = commit === null ? null : { branch: place.branch, head: commit };
    const strangers = at === null ? [] : await strangersSince(reader, identity, at, anchored);
    if (strangers.length > 0) throw frozen(strangers);
    const ledger = toLedger(place, commit, verification, anchors);
    this.proven = { key, ledger };
    return ledger;
  }

  /** The next read proves again: something outside of the ledger changed. */
  forget(): void {
    this.proven = null;
  }

  private async readAnchors(
    reader: GitHubReader,
    place: LedgerPlace,
    files: ReadonlyMap<string, string>,
  ): Promise<readonly FoundAnchor[]> {
    const found = await readAnchors(reader, place.anchorBranch, hintsIn(files));
    const all = this.newest === null ? found : [...found, this.newest];
    this.newest = [...all].sort((a, b) => b.size - a.size)[0] ?? null;
    return all;
  }
}

function toLedger(
  { branch, layout }: LedgerPlace,
  commit: string | null,
  { head, states, events, anchored }: LedgerVerification,
  anchors: readonly FoundAnchor[],
): ProvenLedger {
  return { branch, layout, commit, snapshot: { head, states }, events, anchors, anchored };
}

async function readFiles(
  reader: GitHubReader,
  commit: string,
  layout: LedgerLayout,
): Promise<ReadonlyMap<string, string>> {
  const listing = [...(await reader.tree(commit)).values()].filter(({ path }) =>
    belongsToLedger(path, layout),
  );
  const texts = await readBlobs(reader, [...new Set(listing.map(({ blob }) => blob))], maxLedgerFileBytes);
  return new Map(
    listing.map(({ path, blob }) => {
      const text = texts.get(blob);
      if (text == null) throw frozen([unreadable(path)]);
      return [path, text];
    }),
  );
}

/** A transaction holds the whole input of a decision: more than configuration, less than this. */
const maxLedgerFileBytes = 8 * 1024 * 1024;

/** Merge commits that the last entries name: their anchors are read even when the branch went far ahead. */
function hintsIn(files: ReadonlyMap<string, string>): readonly string[] {
  const entries = [...files].flatMap(([path, text]) => {
    if (!isTransactionPath(path)) return [];
    const sha = /"mergeSha":"([0-9a-f]{40})"/.exec(text)?.[1];
    return sha === undefined ? [] : [{ at: Number(/"gfirst":(\d+)/.exec(text)?.[1]), sha }];
  });
  return entries
    .sort((a, b) => b.at - a.at)
    .slice(0, maxHints)
    .map(({ sha }) => sha);
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

function moved(): ConflictError {
  return new ConflictError('LEDGER_MOVED', 'The ledger moved while it was read', {
    hint: 'Read again and decide again.',
  });
}

function frozen(findings: readonly Finding[]): InputError {
  const first = findings.find(({ severity }) => severity === 'fail') ?? findings[0];
  return new InputError('LEDGER_FROZEN', `The ledger is frozen: ${first?.message ?? 'it cannot be proven'}`, {
    hint: first?.fix ?? 'Promote nothing. Run gatehouse verify and find who pushed to the ledger branch.',
    findings,
    ...(first?.where === undefined ? {} : { where: first.where }),
  });
}
