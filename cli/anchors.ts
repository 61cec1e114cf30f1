import { remoteUrl } from '../adapters/git/read.ts';
import { readAnchors } from '../adapters/github/anchors.ts';
import { createReader } from '../adapters/github/octokit-reader.ts';
import {
  createTokenClient,
  needRepositoryAddress,
  parseRepositoryAddress,
  type RepositoryAddress,
} from '../adapters/github/token-client.ts';
import type { Anchor } from '../core/audit/anchor.ts';
import { InputError } from '../core/error/error.ts';

export interface AnchorQuery {
  readonly dir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `--github`: where to ask; absent: the remote of the clone, if there is a token. */
  readonly github?: string;
  /** `--app`: id of the app whose check runs count. */
  readonly app?: string;
}

/** Asks for the anchors; tests answer without a network. */
export type FetchAnchors = (query: AnchorQuery) => Promise<readonly Anchor[]>;

/**
 * Reads the anchors from the check runs of the app.
 * Check runs of any other app are not looked at: every workflow can make one of the same name.
 * @returns empty when there is nobody to ask
 * @throws InputError GITHUB_ADDRESS, APP_ID_MISSING; ServiceError when GitHub does not answer
 */
export const fetchAnchors: FetchAnchors = async ({ dir, env, github, app }) => {
  const address = github === undefined ? await implied(dir, env) : needRepositoryAddress(github);
  if (address === null) return [];
  const appId = Number(app ?? env.GATEHOUSE_APP_ID ?? '');
  if (!Number.isSafeInteger(appId) || appId <= 0) {
    if (github === undefined && app === undefined) return [];
    throw new InputError('APP_ID_MISSING', 'it is not known which app makes the anchors', {
      hint: "Give --app ID or set GATEHOUSE_APP_ID: the number is on the app's page, under General.",
    });
  }
  const reader = createReader(createTokenClient(address.apiUrl, env.GITHUB_TOKEN), address.name, appId);
  return readAnchors(reader, (await reader.repository()).defaultBranch);
};

async function implied(dir: string, env: AnchorQuery['env']): Promise<RepositoryAddress | null> {
  const remote = env.GITHUB_TOKEN ? await remoteUrl(dir) : null;
  return remote === null ? null : parseRepositoryAddress(remote);
}
