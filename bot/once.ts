import { createAppClient } from '../adapters/github/app-client.ts';
import { ownPace, type Pace } from '../adapters/github/budget/budget.ts';
import { parseRepositoryName } from '../adapters/github/client.ts';
import { createReader } from '../adapters/github/octokit-reader.ts';
import { InputError } from '../core/error/error.ts';
import { Bot } from './bot.ts';
import { Installations } from './installations.ts';
import type { Log } from './log.ts';
import type { Reconciled } from './reconcile.ts';

/** A job ends after half an hour; what GitHub puts off for longer is for the next one. */
const endsAfterMs = 20 * 60_000;

export interface OnceOptions {
  readonly appId: number;
  /** PEM; the current one first, then the one before it while it is being changed. */
  readonly privateKeys: readonly [string, ...string[]];
  readonly serverUrl: string;
  readonly apiUrl: string;
  /** `owner/name`: nothing else is looked at. */
  readonly repository: string;
  /** Of the workflow that runs: `refs/heads/main`. */
  readonly ref: string;
  readonly log: Log;
  /** ISO 8601 UTC. */
  now(): string;
  readonly pace?: Pace;
}

/**
 * Does once for one repository what the server does every ten minutes, from nothing: whatever was missed is found.
 * @returns what was looked at; what could not be is looked at again by the next run
 * @throws InputError RECONCILE_BRANCH where the key was given to a workflow of another branch
 * @throws ServiceError where GitHub did not answer
 */
export async function reconcileOnce(options: OnceOptions): Promise<Reconciled> {
  const { appId, privateKeys, apiUrl, serverUrl, repository, log, now, pace = ownPace } = options;
  const client = createAppClient({ appId, privateKey: privateKeys[0], apiUrl });
  await requireDefaultBranch(options, new Installations(async () => client, pace));
  const bot = new Bot({ serverUrl, privateKeys, log, now, client, pace });
  const ending = setTimeout(() => bot.stop(), endsAfterMs);
  try {
    return await bot.reconcileOne(repository);
  } finally {
    clearTimeout(ending);
    bot.stop();
  }
}

/**
 * Whoever may push a branch writes its workflows: the key must not reach them. The border is the environment, which
 * only the default branch may use; this finds one that was set up without it.
 */
async function requireDefaultBranch(
  { repository, ref }: OnceOptions,
  installations: Installations,
): Promise<void> {
  const client = await installations.client(await installations.find(repository));
  const { defaultBranch } = await createReader(client, parseRepositoryName(repository), 0).repository();
  if (ref === `refs/heads/${defaultBranch}`) return;
  throw new InputError('RECONCILE_BRANCH', `The key of the app reached a workflow that runs for ${ref}`, {
    hint: `Let only ${defaultBranch} use the environment that holds the key (Settings, Environments, Deployment branches), and make a new key: whoever could push that branch may have the old one.`,
  });
}
