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

/** Sends to each app in order of emission, one after the other, unless a fault plan says otherwise. */
class Courier {
  readonly #world: World;
  readonly #lanes = new Map<number, Promise<void>>();
  readonly #pending = new Set<Promise<void>>();
  #faults: Faults = {};
  #held: Delivery[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  plan(faults: Faults): void {
    this.#faults = faults;
    this.#flush();
  }

  deliver(delivery: Delivery): void {
    const { drop, duplicate, reorder } = this.#faults;
    if (drop?.(delivery)) return;
    const copies = duplicate?.(delivery) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      if (reorder) this.#held.push(delivery);
      else this.dispatch(delivery);
    }
    if (reorder && this.#held.length >= reorder) this.#flush();
  }

  dispatch(delivery: Delivery): void {
    const app = this.#world.apps.get(delivery.appId);
    if (!app) return;
    const attempt = async () => {
      delivery.attempts += 1;
      delivery.status = await post(app, delivery);
    };
    const delayMs = this.#faults.delayMs?.(delivery) ?? 0;
    if (delayMs > 0) {
      this.#track(new Promise<void>((done) => setTimeout(done, delayMs)).then(attempt));
      return;
    }
    const lane = (this.#lanes.get(app.id) ?? Promise.resolve()).then(attempt);
    this.#lanes.set(app.id, lane);
    this.#track(lane);
  }

  async settle(): Promise<void> {
    do {
      this.#flush();
      await Promise.all(this.#pending);
    } while (this.#pending.size > 0 || this.#held.length > 0);
  }

  #track(work: Promise<void>): void {
    const tracked = work.finally(() => this.#pending.delete(tracked));
    this.#pending.add(tracked);
  }

  #flush(): void {
    for (const delivery of this.#held.splice(0).reverse()) this.dispatch(delivery);
  }
}

function createDelivery(
  installation: Installation,
  event: string,
  action: string | undefined,
  payload: Json,
): Delivery {
  const mark = { id: installation.id, node_id: nodeId('Integration', installation.id) };
  return {
    guid: randomUUID(),
    appId: installation.app.id,
    event,
    action,
    payload: { ...payload, installation: mark },
    status: null,
    attempts: 0,
  };
}

export function createWebhooks(world: World): Webhooks {
  const listeners = new Set<Listener>();
  const courier = new Courier(world);
  return {
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send(event, action, payload, repository) {
      for (const installation of world.installations.values()) {
        if (!installation.repositoryIds.has(repository.id) || !subscribed(installation.app, event)) continue;
        const delivery = createDelivery(installation, event, action, payload);
        world.deliveries.push(delivery);
        courier.deliver(delivery);
      }
      for (const listener of listeners) listener(event, action, payload, repository);
    },
    setFaults: (faults) => courier.plan(faults),
    redeliver: (delivery) => courier.dispatch(delivery),
    settle: () => courier.settle(),
  };
}

/** GraphQL's global id: opaque to callers, readable to us. */
export function nodeId(kind: string, id: number | string): string {
  return Buffer.from(`${kind}:${id}`).toString('base64url');
}
