import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeliveryLog } from '../adapters/delivery-log/delivery-log.ts';
import { Deliveries } from './intake/deliveries.ts';
import { toHealth } from './intake/health.ts';
import type { Hint } from './intake/hint.ts';
import { createListener } from './intake/listener.ts';
import type { Log } from './log.ts';

/** A sign of life in the log of deliveries, and a trial whether the disk still takes one. */
const beatEveryMs = 15_000;
/** Logs of other machines are found dead after a minute without a sign. */
const adoptEveryMs = 60_000;
/** GitHub gives a delivery ten seconds. */
const requestTimeoutMs = 10_000;

export interface ServiceOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** The current webhook secret, and the one before it while it is being changed. */
  readonly secrets: readonly string[];
  /** Folder for the log of deliveries; several processes may share it. */
  readonly stateFolder: string;
  /** Looks where a hint says. @returns false: it failed, also when it was tried again */
  work(hint: Hint): Promise<boolean>;
  /** Things that are looked at now or wait for it. */
  queued(): number;
  /** ISO 8601 UTC; null: not since the start. */
  lastReconcileAt(): string | null;
  readonly log: Log;
  /** ISO 8601 UTC. */
  now(): string;
}

export interface Service {
  readonly port: number;
  /** Works again what failed before. */
  retry(): void;
  /**
   * Takes no delivery any more, and ends when `finish` has. What is not done then stays in the log for the next start.
   */
  close(finish?: () => Promise<unknown>): Promise<void>;
}

/**
 * Takes deliveries and keeps them until they were worked: listens, works what an earlier process left, and goes on
 * doing both.
 * @throws ServiceError DELIVERY_LOG_NOT_WRITABLE
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { log, now, secrets } = options;
  const store = await DeliveryLog.open({
    folder: options.stateFolder,
    now,
    warn: (facts, message) => log.warn(facts, message),
  });
  const deliveries = new Deliveries({ store, work: (hint) => options.work(hint), log, now });
  let stopping = false;
  const health = () =>
    toHealth({
      ...{ log: store.state(), stopping, nowMs: Date.parse(now()) },
      ...{ queue: options.queued(), lastReconcileAt: options.lastReconcileAt() },
    });
  const take = (hint: Hint) => deliveries.take(hint);
  const server = createServer(
    { requestTimeout: requestTimeoutMs, headersTimeout: requestTimeoutMs },
    createListener({ secrets, take, health, log }),
  );
  await listen(server, options);
  const timers = [
    setInterval(() => logged(log, store.beat()), beatEveryMs),
    setInterval(() => logged(log, deliveries.replay()), adoptEveryMs),
  ];
  await deliveries.replay();
  return {
    port: (server.address() as AddressInfo).port,
    retry: () => deliveries.retry(),
    async close(finish = async () => undefined) {
      stopping = true;
      for (const timer of timers) clearInterval(timer);
      await closeServer(server);
      await finish();
      await store.close();
    },
  };
}

function logged(log: Log, work: Promise<unknown>): void {
  work.catch((error: unknown) => log.warn({ error: String(error) }, 'the log of deliveries is not in order'));
}

function listen(server: Server, { host, port }: ServiceOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** What is being received is answered; connections that wait for a next request are closed. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
