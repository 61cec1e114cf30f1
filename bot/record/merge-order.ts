/** How long a merge waits for earlier ones that are still read: a slow answer holds nobody up for longer. */
const longestHoldMs = 5_000;
/** How long a merge waits for company: less than GitHub takes to make one commit more. */
const longestLingerMs = 300;

/**
 * Keeps merges that are looked at together in the order in which they were merged, so that the versions of a model are
 * numbered by it and the earlier of two promotions is the one that counts.
 */
export class MergeOrder {
  /** Orders of merges that are looked at now and have not said yet whether they write. */
  private readonly looking = new Map<string, number>();
  private wake: (() => void) | null = null;

  /** @returns ends it, once: the merge is handed over to be written, or writes nothing */
  begin(order: string): () => void {
    this.looking.set(order, (this.looking.get(order) ?? 0) + 1);
    let isOver = false;
    return () => {
      if (!isOver) this.end(order);
      isOver = true;
    };
  }

  /** True when nothing that was merged earlier is still looked at, or it was waited for long enough. */
  isReady(order: string, waitedMs: number): boolean {
    return waitedMs >= longestHoldMs || [...this.looking.keys()].every((earlier) => earlier >= order);
  }

  /** True while other merges are looked at that would soon come into the same commit. */
  isWorthWaiting(waitedMs: number): boolean {
    return this.looking.size > 0 && waitedMs < longestLingerMs;
  }

  /** Resolves when a look ends, at the latest after `longestMs`. */
  async change(longestMs = longestHoldMs): Promise<void> {
    let timer: NodeJS.Timeout | null = null;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      timer = setTimeout(resolve, longestMs);
    });
    if (timer !== null) clearTimeout(timer);
    this.wake = null;
  }

  private end(order: string): void {
    const left = (this.looking.get(order) ?? 1) - 1;
    if (left > 0) this.looking.set(order, left);
    else this.looking.delete(order);
    this.wake?.();
  }
}
