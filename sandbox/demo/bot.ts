import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createNodeMiddleware, Probot, ProbotOctokit } from 'probot';
import { Bot as GatehouseBot } from '../../bot/bot.ts';
import { type SealKey, sealKeyOf } from '../../core/config/seal-key.ts';
import type { Account, Hub } from '../hub/hub.ts';
import { createHastyPace } from '../pace.ts';
import { readManifest } from './manifest.ts';

/** The app, installed on one repository and listening for webhooks. */
export interface Bot {
  readonly appId: number;
  /** PEM, as the page of the app gives it. */
  readonly privateKey: string;
  readonly account: Account;
  /** Public half of its key: the policy names it, and the judge seals to it. */
  readonly sealKey: SealKey;
  /** Looks that failed, as the log says them. */
  readonly warnings: readonly string[];
  idle(): Promise<void>;
  reconcile(): Promise<void>;
  /** Brings the checks of pull requests that train up to date, where a minute of the hub's clock has passed. */
  watchTrainings(): void;
  close(): Promise<void>;
}

const webhookSecret = 'sandbox-webhook-secret-0123456789abcdef';

/** Our own budget stands before every call: nothing is repeated or slowed down behind its back. */
const Unthrottled = ProbotOctokit.defaults((options: object) => ({
  ...options,
  throttle: { enabled: false },
  retry: { enabled: false },
})) as unknown as typeof ProbotOctokit;

/** Registers the app with the permissions of its manifest, installs it and starts it on a port of this machine. */
export async function startBot(hub: Hub, repository: string): Promise<Bot> {
  const { permissions, events } = readManifest();
  const made = hub.createApp({ slug: 'gatehouse', permissions, events, webhookUrl: '', webhookSecret });
  hub.installApp(made.id, repository);
  const warnings: string[] = [];
  const bot = new GatehouseBot({
    serverUrl: hub.url,
    privateKeys: [made.privateKey],
    log: { info: () => {}, warn: (facts, message) => warnings.push(`${message} ${JSON.stringify(facts)}`) },
    now: () => hub.clock.now(),
    retryDelaysMs: [100, 500],
    pace: createHastyPace(),
  });
  const probot = new Probot({
    appId: made.id,
    privateKey: made.privateKey,
    secret: webhookSecret,
    baseUrl: hub.apiUrl,
    Octokit: Unthrottled,
    logLevel: 'fatal',
  });
  const middleware = await createNodeMiddleware(bot.app, { probot, webhooksPath: '/' });
  const server = createServer((request, response) => {
    void middleware(request, response, () => response.writeHead(404).end());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  made.app.webhookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    appId: made.id,
    privateKey: made.privateKey,
    account: made.bot,
    sealKey: sealKeyOf(made.privateKey),
    warnings,
    idle: () => bot.idle(),
    reconcile: () => bot.reconcile(),
    watchTrainings: () => bot.watchTrainings(),
    async close() {
      bot.stop();
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
