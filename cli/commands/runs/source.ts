import { resolve } from 'node:path';
import { remoteUrl } from '../../../adapters/git/read.ts';
import { readWorkTree } from '../../../adapters/git/work-tree.ts';
import {
  createTokenClient,
  needRepositoryAddress,
  parseRepositoryAddress,
  type RepositoryAddress,
} from '../../../adapters/github/token-client.ts';
import { readFolderRuns } from '../../../adapters/runs/folder-runs.ts';
import { type FoundRuns, readGitHubRuns } from '../../../adapters/runs/github-runs.ts';
import { readStoredRuns } from '../../../adapters/runs/stored-runs.ts';
import { openStore } from '../../../adapters/store/store.ts';
import { policyPath } from '../../../core/config/layout.ts';
import { networkOf } from '../../../core/config/network.ts';
import { parsePolicy } from '../../../core/config/policy-file.ts';
import { GatehouseError, InputError } from '../../../core/error/error.ts';
import { plainText } from '../../../core/report/cell.ts';
import { findRuns, type ListedRun, mergeRuns, runName } from '../../../core/training/run-list.ts';
import type { CommandContext } from '../../context.ts';
import { readProvenLedger } from '../../ledger.ts';
import type { RunOptions } from './option.ts';

const nothing: FoundRuns = { runs: [], notes: [] };

/**
 * Reads runs from where they lie: a folder alone when one is given; else the store, by the ledger's version records, and
 * the artifacts of GitHub. What could not be read is told on standard error: an answer without it would look whole.
 * @throws InputError RUNS_FOLDER, GITHUB_ADDRESS; ServiceError when GitHub does not answer
 */
export async function readRuns(context: CommandContext, options: RunOptions): Promise<readonly ListedRun[]> {
  const found =
    options.folder === undefined
      ? [await readLedgerRuns(context, options), await readRemoteRuns(context, options)]
      : [await readFolderRuns(resolve(context.cwd, options.folder))];
  for (const note of found.flatMap(({ notes }) => notes))
    context.complain(`gatehouse: ${plainText(note, 600)}`);
  return mergeRuns(found.flatMap(({ runs }) => runs));
}

/** No ledger yet, or no clone at all: there may be runs nevertheless. A ledger that somebody names has to be there. */
async function readLedgerRuns(context: CommandContext, options: RunOptions): Promise<FoundRuns> {
  const { ledger, limit, model } = options;
  try {
    // What is read is shown and verified by its digest; nothing is decided on it, so no anchor is asked for.
    const { states } = await readProvenLedger(
      context,
      { anchor: [], ...(ledger === undefined ? {} : { ledger }) },
      async () => [],
    );
    const versions = [...states.values()]
      .flatMap((state) => [...state.versions.values()].map(({ record }) => record))
      .filter((record) => model === undefined || record.model === model)
      .sort((a, b) => (a.registeredAt < b.registeredAt ? 1 : -1));
    if (versions.length === 0) return nothing;
    const policy = await readPolicy(context.cwd);
    const store = await openStore(policy.store, networkOf(policy));
    const { runs, notes } = await readStoredRuns(store, versions.slice(0, limit));
    const left = versions.length - limit;
    return { runs, notes: left > 0 ? [...notes, `${left} older versions are not read (--limit)`] : notes };
  } catch (error) {
    if (!(error instanceof GatehouseError) || ledger !== undefined) throw error;
    const absent = ['LEDGER_NOT_FOUND', 'GIT_NO_REPOSITORY'].includes(error.code);
    return absent ? nothing : { runs: [], notes: [`no registered version is read: ${error.message}`] };
  }
}

async function readPolicy(cwd: string) {
  const { texts } = await readWorkTree(cwd, (path) => path === policyPath);
  const text = texts.get(policyPath);
  if (text !== undefined) return parsePolicy(text, policyPath);
  throw new InputError('POLICY_MISSING', `${policyPath} is not there: nobody knows where the store is`, {
    hint: 'Run this in a clone of the repository.',
  });
}

async function readRemoteRuns({ cwd, env }: CommandContext, options: RunOptions): Promise<FoundRuns> {
  const address = await findAddress(cwd, env, options.repo);
  if (address === null) {
    return { runs: [], notes: ['GitHub is not asked for runs: "origin" is no address of a server (--repo)'] };
  }
  const token = env.GITHUB_TOKEN || env.GH_TOKEN;
  if (!token) {
    // A zip is given to nobody without a login, not even of a public repository.
    return { runs: [], notes: ['GitHub is not asked for runs: set GITHUB_TOKEN or GH_TOKEN'] };
  }
  const client = createTokenClient(address.apiUrl, token);
  return readGitHubRuns(client, address.name, { limit: options.limit, since: options.since ?? null });
}

async function findAddress(
  cwd: string,
  env: CommandContext['env'],
  repo: string | undefined,
): Promise<RepositoryAddress | null> {
  if (repo === undefined) {
    const remote = await remoteUrl(cwd).catch(() => null); // Not in a clone.
    return remote === null ? null : parseRepositoryAddress(remote);
  }
  const [, owner, name] = /^([\w.-]+)\/([\w.-]+)$/.exec(repo) ?? [];
  if (owner === undefined || name === undefined) return needRepositoryAddress(repo);
  return { apiUrl: env.GITHUB_API_URL || 'https://api.github.com', name: { owner, repo: name } };
}

/** The one run that a person means. @throws InputError RUN_UNKNOWN, RUN_AMBIGUOUS with what they may have meant */
export function needRun(runs: readonly ListedRun[], text: string): ListedRun {
  const found = findRuns(runs, text);
  const [only, second] = found;
  if (only !== undefined && second === undefined) return only;
  const near = (only === undefined ? runs : found).slice(0, 10);
  const list = near.map((run) => `${runName(run)} (${run.places[0]}, ${run.digest.slice(7, 19)})`).join('; ');
  if (only === undefined) {
    throw new InputError('RUN_UNKNOWN', `there is no run "${text}" among the ${runs.length} that were read`, {
      hint: list === '' ? 'No run was read at all: give --folder or --repo.' : `Read were: ${list}.`,
    });
  }
  throw new InputError('RUN_AMBIGUOUS', `${found.length} runs are called "${text}"`, {
    hint: `Say which by the beginning of its digest: ${list}.`,
  });
}
