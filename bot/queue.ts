import type { Log } from './log.ts';

/** Waits between attempts of a look that failed; afterwards the next event or reconcile looks again. */
const retryDelaysMs = [1_000, 10_000, 60_000] as const;

interface Slot {
  work: (() => Promise<void>) | null;
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

  constructor(log: Log, delaysMs: readonly number[] = retryDelaysMs) {
    this.log = log;
    this.delaysMs = delaysMs;
  }

  /** Returns at once; `work` runs after whatever runs for the key now. */
  add(key: string, work: () => Promise<void>): void {
    const slot = this.slots.get(key) ?? { work: null, running: false, attempts: 0, timer: null };
    this.slots.set(key, slot);
    if (slot.timer !== null) clearTimeout(slot.timer);
    slot.timer = null;
    slot.attempts = 0;
    slot.work = work;
    if (!slot.running) void this.run(key, slot);
  }

  /** Runs `work` only when nothing runs or waits for the key. @returns false: somebody looks already */
  addIfFree(key: string, work: () => Promise<void>): boolean {
    if (this.slots.has(key)) return false;
    this.add(key, work);
    return true;
  }

  /** Resolves when nothing runs or waits, retries included. */
  async idle(): Promise<void> {
    if (this.slots.size === 0) return;
    await new Promise<void>((resolve) => this.waiters.push(resolve));
  }

  /** Forgets what waits for a retry: for shutdown. What runs is let finish. */
  stop(): void {
    for (const [key, slot] of this.slots) {
      if (slot.timer !== null) clearTimeout(slot.timer);
      slot.timer = null;
      slot.work = null;
      if (!slot.running) this.release(key);
    }
  }

  private async run(key: string, slot: Slot): Promise<void> {
    slot.running = true;
    while (slot.work !== null) {
      const { work } = slot;
      slot.work = null;
      try {
        await work();
        slot.attempts = 0;
      } catch (error) {
        this.log.warn({ key, attempt: slot.attempts + 1, error: String(error) }, 'look failed');
        // A newer look waits already: it is the retry.
        if (slot.work === null && this.retryLater(key, slot, work)) break;
      }
    }
    slot.running = false;
    if (slot.timer === null && slot.work === null) this.release(key);
  }

  private retryLater(key: string, slot: Slot, work: () => Promise<void>): boolean {
    const delay = this.delaysMs[slot.attempts];
    if (delay === undefined) return false;
    slot.attempts += 1;
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
