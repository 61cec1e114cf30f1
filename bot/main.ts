import path from 'node:path';
import process from 'node:process';
import { Probot, ProbotOctokit } from 'probot';
import { ObjectFolder } from '../adapters/github/object-folder.ts';
import { sealKeyOf } from '../core/config/seal-key.ts';
import { GatehouseError } from '../core/error/error.ts';
import { Bot } from './bot.ts';
import { type BotConfig, readConfig } from './config.ts';
import { createLog, type Log } from './log.ts';
import { type Service, startService } from './service.ts';

const reconcileEveryMs = 10 * 60_000;
/** Each training has its own minute; this only finds those that are due. */
const watchEveryMs = 5_000;
/** Looks that run get so long when the process is asked to end; what is left is in the log of deliveries. */
const graceMs = 8_000;

const now = (): string => new Date().toISOString();

/** Starts the app for a real GitHub from environment variables, and keeps it running until it is asked to end. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const { privateKey, earlierPrivateKey } = config;
  const privateKeys = earlierPrivateKey === null ? [privateKey] : [privateKey, earlierPrivateKey];
  const log = createLog({
    write: (line) => process.stdout.write(line),
    now,
    secrets: [...privateKeys, ...config.webhookSecrets],
  });
  const objects = new ObjectFolder({
    folder: path.join(config.stateFolder, 'ledger'),
    warn: (facts, message) => log.warn(facts, message),
  });
  const bot = new Bot({ serverUrl: config.serverUrl, privateKeys, log, now, objects });
  await makeProbot(config).load(bot.app);
  let lastReconcileAt: string | null = null;
  const service = await startService({
    ...{ host: config.host, port: config.port, stateFolder: config.stateFolder },
    ...{ secrets: config.webhookSecrets, log, now },
    work: (hint) => bot.work(hint),
    queued: () => bot.queued,
    lastReconcileAt: () => lastReconcileAt,
  });
  log.info({ host: config.host, port: service.port, server: config.serverUrl }, 'listening');
  const sealKey = sealKeyOf(privateKey);
  log.info({ key: sealKey.id, 'seal-to': sealKey.spki }, 'evidence is sealed to this public key');
  const reconcile = async (): Promise<void> => {
    try {
      await bot.reconcile();
      lastReconcileAt = now();
    } catch (error) {
      log.warn({ error: String(error) }, 'reconcile failed; it is tried again in ten minutes');
    }
  };
  const timers = [
    setInterval(() => {
      service.retry();
      void reconcile();
    }, reconcileEveryMs),
    setInterval(() => bot.watchTrainings(), watchEveryMs),
  ];
  void reconcile();
  endOnSignal(bot, service, timers, log);
}

/** Nothing is repeated or slowed down but by the budget, which knows what was carried out. */
const PlainOctokit = ProbotOctokit.defaults((options: object) => ({
  ...options,
  throttle: { enabled: false },
  retry: { enabled: false },
})) as unknown as typeof ProbotOctokit;

/** Probot shows who the app is. Deliveries come by our own door, and calls go out by our own budget. */
function makeProbot({ appId, privateKey, webhookSecrets, apiUrl }: BotConfig): Probot {
  return new Probot({
    ...{ appId, privateKey, secret: webhookSecrets[0] ?? '', Octokit: PlainOctokit },
    ...(apiUrl === null ? {} : { baseUrl: apiUrl }),
    ...{ logLevel: 'warn', logFormat: 'json' },
  });
}

/** Takes nothing more, lets what runs end for a moment, and leaves the rest to the log of deliveries. */
function endOnSignal(bot: Bot, service: Service, timers: readonly NodeJS.Timeout[], log: Log): void {
  const end = async (signal: string): Promise<void> => {
    log.info({ signal, queue: bot.queued }, 'ending');
    for (const timer of timers) clearInterval(timer);
    bot.stop();
    const grace = new Promise((resolve) => setTimeout(resolve, graceMs));
    await service.close(() => Promise.race([bot.idle(), grace]));
    log.info({ queue: bot.queued }, 'ended');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      end(signal).catch((error: unknown) => {
        log.warn({ error: String(error) }, 'it did not end in order');
        process.exit(1);
      });
    });
}

main().catch((error: unknown) => {
  const text =
    error instanceof GatehouseError
      ? `${error.code}: ${error.message}\n${error.hint}\n`
      : `${error instanceof Error ? error.message : String(error)}\n`;
  process.stderr.write(text);
  process.exitCode = error instanceof GatehouseError && error.kind === 'input' ? 2 : 3;
});
