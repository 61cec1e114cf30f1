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
  private proven: Proven | null = null;
  /** Proofs under way: many looks at once ask for the same one. */
  private readonly proving = new Map<string, Promise<ProvenLedger>>();
  /** Newest anchor ever seen by this process: it also counts when somebody hides it. */
  private newest: FoundAnchor | null = null;

  /** @throws InputError LEDGER_FROZEN with findings: nothing is promoted and nothing is anchored until a person looked */
  async read(reader: GitHubReader, identity: AppIdentity, place: LedgerPlace): Promise<ProvenLedger> {
    const commit = await reader.branchHead(place.branch);
    const tip = await reader.branchHead(place.anchorBranch);
    const at = { place, commit, tip };
    const key = keyOf(at);
    if (this.proven !== null && keyOf(this.proven) === key) return this.proven.ledger;
    const running = this.proving.get(key);
    if (running !== undefined) return running;
    const proof = this.prove(reader, identity, at).finally(() => this.proving.delete(key));
    this.proving.set(key, proof);
    return proof;
  }

  /** What this process proved last of a place; null: nothing. Whether it is still so is met when it is written on. */
  lastOf(place: LedgerPlace): ProvenLedger | null {
    return this.proven !== null && isSamePlace(this.proven.place, place) ? this.proven.ledger : null;
  }

  /**
   * Takes over what was written by compare-and-swap on a ledger that was proven: nothing else is in it.
   * @param before the ledger that was written on
   */
  extend(before: ProvenLedger, after: ProvenLedger): void {
    const { proven } = this;
    if (proven === null || proven.ledger.branch !== before.branch || proven.commit !== before.commit) return;
    const { place, tip } = proven;
    const isTip = place.anchorBranch === place.branch;
    // Anchors that were left meanwhile are those of the ledger that was written on.
    const { anchored, anchors } = proven.ledger;
    const ledger = { ...after, anchored, anchors };
    this.proven = { place, commit: after.commit, tip: isTip ? after.commit : tip, ledger };
  }

  /** An anchor was left now. It stands near the tip until the next proof says how far. */
  addAnchor(branch: string, anchor: Omit<FoundAnchor, 'distance'>): void {
    const found = { ...anchor, distance: 0 };
    if (this.newest === null || this.newest.size <= anchor.size) this.newest = found;
    const { proven } = this;
    if (proven === null || proven.ledger.branch !== branch) return;
    const anchored = Math.max(proven.ledger.anchored, anchor.size);
    // An anchor of more entries than were proven says that somebody else wrote: the next read proves that.
    if (anchored > proven.ledger.snapshot.head.size) this.proven = null;
    else {
      const anchors = [found, ...proven.ledger.anchors];
      this.proven = { ...proven, ledger: { ...proven.ledger, anchored, anchors } };
    }
  }

  /** The next read proves again: something outside of the ledger changed. */
  forget(): void {
    this.proven = null;
  }

  private async prove(
    reader: GitHubReader,
    identity: AppIdentity,
    { place, commit, tip }: ProofPlace,
  ): Promise<ProvenLedger> {
    const files = commit === null ? new Map<string, string>() : await readFiles(reader, commit, place.layout);
    const anchors = await this.readAnchors(reader, place, files);
    const verification = proveLedger(files, anchors, place.layout, 'report');
    if (verification.verdict === 'fail') {
      // Another process may have written and anchored while this one read: that is no forgery.
      if ((await reader.headNow(place.branch)) !== commit) throw moved();
      throw frozen(verification.findings);
    }
    const { anchored } = verification;
    const at = commit === null ? null : { branch: place.branch, head: commit };
    const strangers = at === null ? [] : await strangersSince(reader, identity, at, anchored);
    if (strangers.length > 0) throw frozen(strangers);
    const ledger = toLedger(place, commit, verification, anchors);
    this.proven = { place, commit, tip, ledger };
    return ledger;
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

/** Where and when a ledger was proven: what it says at a commit never changes, and anchors are looked for from the tip. */
interface ProofPlace {
  readonly place: LedgerPlace;
  readonly commit: string | null;
  readonly tip: string | null;
}

interface Proven extends ProofPlace {
  readonly ledger: ProvenLedger;
}

const keyOf = ({ place, commit, tip }: ProofPlace): string =>
  [place.branch, place.layout, place.anchorBranch, commit, tip].join(' ');

export const isSamePlace = (one: LedgerPlace, other: LedgerPlace): boolean =>
  one.branch === other.branch && one.layout === other.layout && one.anchorBranch === other.anchorBranch;

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
