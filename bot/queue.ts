import { LimitError } from '../adapters/github/budget/limit-error.ts';
import type { Log } from './log.ts';

/** Waits between attempts of a look that failed; afterwards the next event or reconcile looks again. */
const retryDelaysMs = [1_000, 10_000, 60_000] as const;

interface Slot {
  work: (() => Promise<void>) | null;
  /** Who asked for `work`, or for what it took the place of. */
  askers: ((isDone: boolean) => void)[];
  running: boolean;
  attempts: number;
  timer: NodeJS.Timeout | null;
}

/**
 * Looks at things one at a time for each key, and never forgets one: an event that comes during a look makes exactly
 * one more look. The queue is never longer than the number of keys, so nothing is ever dropped.
 */
export class LookQueue {
  private readonly slots = new Map<string, Slot>();
  private readonly log: Log;
  private readonly delaysMs: readonly number[];
  private waiters: (() => void)[] = [];
  private stopped = false;

  constructor(log: Log, delaysMs: readonly number[] = retryDelaysMs) {
    this.log = log;
    this.delaysMs = delaysMs;
  }

  /**
   * `work` runs after whatever runs for the key now, in place of what waits.
   * @returns true when it, or what came in its place, ended well; false when it was given up or the queue stopped.
   * Never rejects.
   */
  add(key: string, work: () => Promise<void>): Promise<boolean> {
    if (this.stopped) return Promise.resolve(false);
    const slot = this.slots.get(key) ?? { work: null, askers: [], running: false, attempts: 0, timer: null };
    this.slots.set(key, slot);
    if (slot.timer !== null) clearTimeout(slot.timer);
    slot.timer = null;
    slot.attempts = 0;
    slot.work = work;
    const done = new Promise<boolean>((resolve) => slot.askers.push(resolve));
    if (!slot.running) void this.run(key, slot);
    return done;
  }

  /** Things that are looked at now or wait for it. */
  get size(): number {
    return this.slots.size;
  }

  /** Runs `work` only when nothing runs or waits for the key. @returns false: somebody looks already */
  addIfFree(key: string, work: () => Promise<void>): boolean {
    if (this.slots.has(key)) return false;
    void this.add(key, work);
    return true;
  }

  /** Resolves when nothing runs or waits, retries included. */
  async idle(): Promise<void> {
    if (this.slots.size === 0) return;
    await new Promise<void>((resolve) => this.waiters.push(resolve));
  }

  /** Forgets what waits: for shutdown. What runs is let finish. */
  stop(): void {
    this.stopped = true;
    for (const [key, slot] of this.slots) {
      if (slot.timer !== null) clearTimeout(slot.timer);
      slot.timer = null;
      slot.work = null;
      settle(slot.askers.splice(0), false);
      if (!slot.running) this.release(key);
    }
  }

  private async run(key: string, slot: Slot): Promise<void> {
    slot.running = true;
    while (slot.work !== null) {
      const { work } = slot;
      const askers = slot.askers.splice(0);
      slot.work = null;
      try {
        await work();
        slot.attempts = 0;
        settle(askers, true);
      } catch (error) {
        this.log.warn({ key, attempt: slot.attempts + 1, error: String(error) }, 'look failed');
        const isFollowed = slot.work !== null;
        const isRetried = !isFollowed && this.retryLater(key, slot, work, error);
        // A newer look waits already: it is the retry.
        if (isFollowed || isRetried) slot.askers.unshift(...askers);
        else settle(askers, false);
        if (isRetried) break;
      }
    }
    slot.running = false;
    if (slot.timer === null && slot.work === null) this.release(key);
  }

  /** What GitHub puts off is no attempt that failed: it comes again at its time, however often. */
  private retryLater(key: string, slot: Slot, work: () => Promise<void>, error: unknown): boolean {
    const isPutOff = error instanceof LimitError;
    const delay = isPutOff ? error.retryAfterMs : this.delaysMs[slot.attempts];
    if (delay === undefined || this.stopped) return false;
    if (!isPutOff) slot.attempts += 1;
    slot.timer = setTimeout(() => {
      slot.timer = null;
      slot.work = work;
      void this.run(key, slot);
    }, delay);
    return true;
  }

  private release(key: string): void {
    this.slots.delete(key);
    if (this.slots.size > 0) return;
    const waiting = this.waiters;
    this.waiters = [];
    for (const resolve of waiting) resolve();
  }
}

function settle(askers: readonly ((isDone: boolean) => void)[], isDone: boolean): void {
  for (const tell of askers) tell(isDone);
}
