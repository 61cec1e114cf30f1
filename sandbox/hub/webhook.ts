import { createHmac, randomUUID } from 'node:crypto';
import type { Faults, Json, Listener } from './interface.ts';
import type { App, Delivery, Installation, Repository, World } from './world.ts';

export interface Webhooks {
  on(listener: Listener): () => void;
  /** The payload is complete but for `installation`, which differs by receiver. */
  send(event: string, action: string | undefined, payload: Json, repository: Repository): void;
  setFaults(faults: Faults): void;
  redeliver(delivery: Delivery): void;
  settle(): Promise<void>;
}

const subscribed = (app: App, event: string): boolean =>
  app.webhookUrl !== null && (app.events.includes(event) || event.startsWith('installation'));

async function post(app: App, delivery: Delivery): Promise<number> {
  if (app.webhookUrl === null) return 0;
  const body = JSON.stringify(delivery.payload);
  const sign = (hash: string) => createHmac(hash, app.webhookSecret).update(body).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/sandbox',
    'x-github-event': delivery.event,
    'x-github-delivery': delivery.guid,
    'x-github-hook-id': String(app.id),
    'x-github-hook-installation-target-id': String(app.id),
    'x-github-hook-installation-target-type': 'integration',
    'x-hub-signature': `sha1=${sign('sha1')}`,
    'x-hub-signature-256': `sha256=${sign('sha256')}`,
  };
  try {
    const answer = await fetch(app.webhookUrl, { method: 'POST', headers, body });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0; // The receiver is down: GitHub records the failure and does not try again.
  }
}

/** Delivers in order of emission, one after the other for each app, unless a fault plan says otherwise. */
export function createWebhooks(world: World): Webhooks {
  const listeners = new Set<Listener>();
  const lanes = new Map<number, Promise<void>>();
  const pending = new Set<Promise<void>>();
  let faults: Faults = {};
  const held: Delivery[] = [];

  const track = (work: Promise<void>): Promise<void> => {
    pending.add(work);
    return work.finally(() => pending.delete(work));
  };

  const dispatch = (delivery: Delivery): void => {
    const app = world.apps.get(delivery.appId);
    if (!app) return;
    const attempt = async () => {
      delivery.attempts += 1;
      delivery.status = await post(app, delivery);
    };
    const delayMs = faults.delayMs?.(delivery) ?? 0;
    if (delayMs > 0) {
      void track(new Promise<void>((done) => setTimeout(done, delayMs)).then(attempt));
      return;
    }
    const lane = (lanes.get(app.id) ?? Promise.resolve()).then(attempt);
    lanes.set(app.id, lane);
    void track(lane);
  };

  const flush = (): void => {
    for (const delivery of held.splice(0).reverse()) dispatch(delivery);
  };

  const deliver = (delivery: Delivery): void => {
    if (faults.drop?.(delivery)) return;
    const copies = faults.duplicate?.(delivery) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      if (faults.reorder) held.push(delivery);
      else dispatch(delivery);
    }
    if (faults.reorder && held.length >= faults.reorder) flush();
  };

  const receivers = (event: string, repository: Repository): Installation[] =>
    [...world.installations.values()].filter(
      (installation) => installation.repositoryIds.has(repository.id) && subscribed(installation.app, event),
    );

  return {
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send(event, action, payload, repository) {
      for (const installation of receivers(event, repository)) {
        const marked = {
          ...payload,
          installation: { id: installation.id, node_id: nodeId('Integration', installation.id) },
        };
        const delivery: Delivery = {
          guid: randomUUID(),
          appId: installation.app.id,
          event,
          action,
          payload: marked,
          status: null,
          attempts: 0,
        };
        world.deliveries.push(delivery);
        deliver(delivery);
      }
      for (const listener of listeners) listener(event, action, payload, repository);
    },
    setFaults(next) {
      faults = next;
      flush();
    },
    redeliver: dispatch,
    async settle() {
      do {
        flush();
        await Promise.all(pending);
      } while (pending.size > 0 || held.length > 0);
    },
  };
}

/** GraphQL's global id: opaque to callers, readable to us. */
export function nodeId(kind: string, id: number | string): string {
  return Buffer.from(`${kind}:${id}`).toString('base64url');
}
