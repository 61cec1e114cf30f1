import type { LogState } from '../../adapters/delivery-log/delivery-log.ts';

/** What `/healthz` says. It names no repository: whoever asks is not known. */
export interface Health {
  /** Whether deliveries are taken. GitHub being down does not count: a restart would not help. */
  readonly ready: boolean;
  /** Things that are looked at now or wait for it. */
  readonly queue: number;
  /** Deliveries that are written down and not worked. */
  readonly pending: number;
  readonly oldestPendingSeconds: number | null;
  /** ISO 8601 UTC: when everything was last asked for; null: not since the start. */
  readonly lastReconcileAt: string | null;
  readonly log: 'writable' | 'not writable';
  readonly stopping: boolean;
}

/** @param nowMs milliseconds since 1970 */
export function toHealth(facts: {
  readonly log: LogState;
  readonly queue: number;
  readonly lastReconcileAt: string | null;
  readonly stopping: boolean;
  readonly nowMs: number;
}): Health {
  const { log, queue, lastReconcileAt, stopping, nowMs } = facts;
  const oldestMs = log.oldestAt === null ? Number.NaN : Date.parse(log.oldestAt);
  return {
    ready: log.failure === null && !stopping,
    queue,
    pending: log.pending,
    oldestPendingSeconds: Number.isFinite(oldestMs)
      ? Math.max(0, Math.round((nowMs - oldestMs) / 1000))
      : null,
    lastReconcileAt,
    log: log.failure === null ? 'writable' : 'not writable',
    stopping,
  };
}
