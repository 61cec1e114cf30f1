import type { DeliveryLog, LogState } from '../../adapters/delivery-log/delivery-log.ts';
import type { Entry } from '../../adapters/delivery-log/record.ts';
import type { Log } from '../log.ts';
import { type Hint, parseHint } from './hint.ts';

/** GitHub keeps a delivery for three days; what could not be worked for so long is given up, and said so. */
const givenUpAfterMs = 3 * 86_400_000;

export interface DeliveriesOptions {
  readonly store: DeliveryLog;
  /** Looks where a hint says. @returns false: it failed, also when it was tried again */
  work(hint: Hint): Promise<boolean>;
  readonly log: Log;
  /** ISO 8601 UTC. */
  now(): string;
}

/**
 * Between what was acknowledged and what was done: a hint is written down before it is acknowledged, and crossed out
 * after its looks ended well. Until then it is worked again, by this process or by the next one.
 */
export class Deliveries {
  private readonly options: DeliveriesOptions;
  private readonly failed = new Map<number, Entry>();

  constructor(options: DeliveriesOptions) {
    this.options = options;
  }

  /** Returns when the hint cannot be lost any more. @throws ServiceError DELIVERY_LOG_NOT_WRITABLE */
  async take(hint: Hint): Promise<void> {
    this.start(await this.options.store.append(hint));
  }

  /** Works what processes that ended had taken: on start, and now and then for those of other machines. */
  async replay(): Promise<number> {
    const entries = await this.options.store.adopt();
    for (const entry of entries) this.start(entry);
    if (entries.length > 0)
      this.options.log.info({ deliveries: entries.length }, 'deliveries of before are worked');
    return entries.length;
  }

  /** Works again what failed; what failed for days is given up. */
  retry(): void {
    const entries = [...this.failed.values()];
    this.failed.clear();
    const until = Date.parse(this.options.now()) - givenUpAfterMs;
    for (const entry of entries) {
      if (Date.parse(entry.at) < until)
        this.giveUp(entry, 'a delivery failed for three days and is given up');
      else this.start(entry);
    }
  }

  state(): LogState {
    return this.options.store.state();
  }

  private start(entry: Entry): void {
    const hint = parseHint(entry.value);
    if (hint === null) this.giveUp(entry, 'what was written down is no delivery');
    else void this.work(entry, hint);
  }

  private async work(entry: Entry, hint: Hint): Promise<void> {
    const { work, log, store } = this.options;
    const isDone = await work(hint).catch((error: unknown) => {
      log.warn({ error: String(error) }, 'a delivery could not be worked');
      return false;
    });
    if (isDone) store.done(entry.number);
    else this.failed.set(entry.number, entry);
  }

  private giveUp(entry: Entry, message: string): void {
    const hint = parseHint(entry.value);
    const { event, delivery, repository } = hint ?? {};
    this.options.log.warn({ event, delivery, repository, at: entry.at }, message);
    this.options.store.done(entry.number);
  }
}
