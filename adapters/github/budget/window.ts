/** So much of something in any stretch of time so long. */
export class Window {
  private readonly periodMs: number;
  private readonly limit: number;
  private taken: { readonly at: number; readonly amount: number }[] = [];

  /** @param limit largest sum of amounts in any `periodMs` */
  constructor(limit: number, periodMs: number) {
    this.limit = limit;
    this.periodMs = periodMs;
  }

  /**
   * How long it takes until so much fits, in milliseconds; 0: it fits now.
   * @param share part of the limit that may be used, from 0 to 1
   */
  waitMs(nowMs: number, amount: number, share: number): number {
    if (amount === 0) return 0;
    this.taken = this.taken.filter(({ at }) => at > nowMs - this.periodMs);
    const used = this.taken.reduce((sum, entry) => sum + entry.amount, 0);
    let over = used + amount - Math.floor(this.limit * share);
    if (over <= 0) return 0;
    for (const entry of this.taken) {
      over -= entry.amount;
      if (over <= 0) return entry.at + this.periodMs - nowMs;
    }
    return 0; // nothing else was taken: it would never fit, and GitHub may say so itself
  }

  take(nowMs: number, amount: number): void {
    if (amount > 0) this.taken.push({ at: nowMs, amount });
  }
}
