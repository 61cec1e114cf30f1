import { type FoundAnchor, readAnchors } from '../../adapters/github/anchors.ts';
import type { AppIdentity } from '../../adapters/github/client.ts';
import type { GitHubReader } from '../../adapters/github/reader.ts';
import type { LedgerSnapshot } from '../../core/audit/record.ts';
import type { LedgerVerification } from '../../core/audit/verification.ts';
import { correctionsOf } from '../../core/registry/incident.ts';
import type { LedgerLayout } from '../../core/registry/layout.ts';
import type { LedgerEvent, LedgerHead } from '../../core/registry/ledger.ts';
import { strangersSince, toFinding } from './ledger-authors.ts';
import { frozen, late, moved } from './ledger-files.ts';
import { findLoss } from './lost-ledger.ts';
import { type Verified, verifyCommit } from './verify-commit.ts';

/** GitHub shows what was written within seconds: a ledger that an older anchor is ahead of was cut. */
const latestMs = 60_000;

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
  /** Where this process wrote on last: the way from there to any entry since is short. */
  readonly before?: LedgerHead;
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
  /** Commits that this process made: nobody need be asked who did. */
  private readonly written = new Set<string>();
  /** Newest anchor ever seen by this process: it also counts when somebody hides it. */
  private newest: FoundAnchor | null = null;
  private readonly now: () => string;

  /** @param now ISO 8601 UTC */
  constructor(now: () => string = () => new Date().toISOString()) {
    this.now = now;
  }

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
    if (after.commit !== null) this.wrote(after.commit);
    if (proven === null || proven.ledger.branch !== before.branch || proven.commit !== before.commit) return;
    const { place, tip } = proven;
    const isTip = place.anchorBranch === place.branch;
    // Anchors that were left meanwhile are those of the ledger that was written on.
    const { anchored, anchors } = proven.ledger;
    const ledger = { ...after, anchored, anchors };
    this.proven = { place, commit: after.commit, tip: isTip ? after.commit : tip, ledger };
  }

  /** This process made a commit of the ledger, on one that was proven. */
  wrote(commit: string): void {
    this.written.add(commit);
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
    const { verified: verification, anchors } = await verifyCommit(
      reader,
      { place, commit },
      this.lastOf(place),
      (hints) => this.readAnchors(reader, place, hints),
    );
    if (verification.verdict === 'fail') {
      // Another process may have written and anchored while this one read: that is no forgery.
      if ((await reader.headNow(place.branch)) !== commit) throw moved();
      if (this.isLate(verification.head.size)) throw late();
      throw frozen(verification.findings);
    }
    const lost = await findLoss(reader, identity, {
      ...{ place, commit, anchors },
      isLate: (at) => this.isOfThisMinute(at),
    });
    if (lost !== null) {
      if ((await reader.headNow(place.branch)) !== commit) throw moved();
      throw frozen([lost]);
    }
    if (commit !== null) {
      const at = {
        branch: place.branch,
        head: commit,
        corrected: correctedIn(verification),
        written: this.written,
      };
      const strangers = await strangersSince(reader, identity, at, verification.anchored);
      if (strangers.length > 0) throw frozen(strangers.map(toFinding));
    }
    const ledger = toLedger(place, commit, verification, anchors);
    // One that began earlier may end later: what was written meanwhile is not forgotten for it.
    const size = this.lastOf(place)?.snapshot.head.size ?? 0;
    if (ledger.snapshot.head.size >= size) this.proven = { place, commit, tip, ledger };
    return ledger;
  }

  /**
   * True when an anchor of this minute says that there are more entries: GitHub may not show yet what was written. Nothing
   * is decided on it either way; who really cut the ledger is found a minute later.
   */
  private isLate(size: number): boolean {
    if (this.newest === null || this.newest.size <= size) return false;
    return this.isOfThisMinute(this.newest.completedAt);
  }

  private isOfThisMinute(at: string): boolean {
    return Math.abs(Date.parse(this.now()) - Date.parse(at)) < latestMs;
  }

  /** The newest anchor that this process knows of, after a look for others. */
  async newestAnchor(reader: GitHubReader, place: LedgerPlace): Promise<FoundAnchor | null> {
    await this.readAnchors(reader, place, []);
    return this.newest;
  }

  private async readAnchors(
    reader: GitHubReader,
    place: LedgerPlace,
    hints: readonly string[],
  ): Promise<readonly FoundAnchor[]> {
    const found = await readAnchors(reader, place.anchorBranch, hints);
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

/** What the app itself put right on top of: those commits are in the history for good, their content is not. */
export const correctedIn = ({ states }: Pick<LedgerVerification, 'states'>): ReadonlySet<string> =>
  new Set(correctionsOf(states).flatMap(({ foreign }) => foreign));

export function toLedger(
  { branch, layout }: LedgerPlace,
  commit: string | null,
  { head, states, events, anchored }: Verified,
  anchors: readonly FoundAnchor[],
): ProvenLedger {
  return { branch, layout, commit, snapshot: { head, states }, events, anchors, anchored };
}
