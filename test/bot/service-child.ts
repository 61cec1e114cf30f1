import { appendFileSync } from 'node:fs';
import process from 'node:process';
import { silentLog } from '../../bot/log.ts';
import { startService } from '../../bot/service.ts';

/** The intake as a process that may be killed, with work that only notes which delivery it was. */
const [stateFolder = '', worked = '', secret = '', delayMs = '0'] = process.argv.slice(2);
const { port } = await startService({
  ...{ host: '127.0.0.1', port: 0, secrets: [secret], stateFolder },
  async work({ delivery }) {
    await new Promise((resolve) => setTimeout(resolve, Number(delayMs)));
    appendFileSync(worked, `${delivery}\n`);
    return true;
  },
  queued: () => 0,
  lastReconcileAt: () => null,
  log: silentLog,
  now: () => new Date().toISOString(),
});
process.stdout.write(`${port}\n`);
