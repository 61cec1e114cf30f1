import { Probot, Server } from 'probot';
import { GatehouseError } from '../core/error/error.ts';
import { Bot } from './bot.ts';
import { type BotConfig, readConfig } from './config.ts';
import type { Log } from './log.ts';

const reconcileEveryMs = 10 * 60_000;
/** Each training has its own minute; this only finds those that are due. */
const watchEveryMs = 5_000;

/** Starts the app for a real GitHub from environment variables, and keeps it running. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const server = makeServer(config);
  let bot: Bot | null = null;
  await server.load((probot, options) => {
    bot = new Bot({ serverUrl: config.serverUrl, log: toLog(probot), now: () => new Date().toISOString() });
    return bot.app(probot, options);
  });
  await server.start();
  if (bot !== null) keepReconciling(bot);
}

function makeServer({ appId, privateKey, webhookSecret, apiUrl, host, port }: BotConfig): Server {
  const options = {
    appId,
    privateKey,
    secret: webhookSecret,
    ...(apiUrl === null ? {} : { baseUrl: apiUrl }),
  };
  return new Server({ Probot: Probot.defaults(options), host, port });
}

/** Events get lost; what they would have said is found again. */
function keepReconciling(bot: Bot): void {
  const run = (): void => {
    // A reconcile that fails is logged by its looks or tried again in ten minutes.
    bot.reconcile().catch((error: unknown) => process.stderr.write(`reconcile failed: ${String(error)}\n`));
  };
  run();
  setInterval(run, reconcileEveryMs);
  setInterval(() => bot.watchTrainings(), watchEveryMs);
}

function toLog({ log }: Probot): Log {
  return {
    info: (facts, message) => log.info({ ...facts }, message),
    warn: (facts, message) => log.warn({ ...facts }, message),
  };
}

main().catch((error: unknown) => {
  const text =
    error instanceof GatehouseError
      ? `${error.code}: ${error.message}\n${error.hint}\n`
      : `${error instanceof Error ? error.message : String(error)}\n`;
  process.stderr.write(text);
  process.exitCode = error instanceof GatehouseError && error.kind === 'input' ? 2 : 3;
});
