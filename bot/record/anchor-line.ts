import type { BotDeps } from '../deps.ts';
import type { ProvenLedger } from '../ledger/ledger-book.ts';
import { leaveAnchor } from './anchor.ts';

interface Asked {
  readonly deps: BotDeps;
  readonly ledger: ProvenLedger;
  /** Of the base branch. */
  readonly commit: string;
}

const sizeOf = ({ snapshot }: ProvenLedger): number => snapshot.head.size;

/**
 * Leaves the anchors of one repository one after the other. An anchor covers everything before it, so that what is asked
 * for while one is left becomes a single one: of the longest ledger, which serves the others.
 */
export class AnchorLine {
  /** By ledger branch: how many entries the anchors that were left here cover. */
  private readonly covered = new Map<string, number>();
  private readonly longest = new Map<string, Asked>();
  private last: Promise<void> = Promise.resolve();

  /**
   * @param ledger proven
   * @param commit of the base branch, which carries the anchor when there is none yet
   * @returns the same ledger, covered
   * @throws ServiceError when GitHub did not take the anchor
   */
  async ensure(deps: BotDeps, ledger: ProvenLedger, commit: string): Promise<ProvenLedger> {
    if (!this.isCovered(ledger)) {
      const asked = { deps, ledger, commit };
      const longest = this.longest.get(ledger.branch);
      if (longest === undefined || sizeOf(longest.ledger) < sizeOf(ledger))
        this.longest.set(ledger.branch, asked);
      const left = this.last.then(() => this.leave(asked));
      this.last = left.catch(() => undefined);
      await left;
    }
    return { ...ledger, anchored: Math.max(ledger.anchored, sizeOf(ledger)) };
  }

  private isCovered(ledger: ProvenLedger): boolean {
    return Math.max(ledger.anchored, this.covered.get(ledger.branch) ?? 0) >= sizeOf(ledger);
  }

  private async leave(asked: Asked): Promise<void> {
    if (this.isCovered(asked.ledger)) return;
    const { deps, ledger, commit } = this.longest.get(asked.ledger.branch) ?? asked;
    await leaveAnchor(deps, ledger, commit);
    this.covered.set(ledger.branch, sizeOf(ledger));
  }
}
