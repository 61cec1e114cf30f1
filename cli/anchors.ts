import { readSignedAnchors, toAnchors } from '../adapters/anchor/read-signed.ts';
import { openReleases } from '../adapters/anchor/releases.ts';
import { remoteUrl } from '../adapters/git/read.ts';
import { readAnchors } from '../adapters/github/anchors.ts';
import { createReader } from '../adapters/github/octokit-reader.ts';
import type { GitHubReader } from '../adapters/github/reader.ts';
import {
  createTokenClient,
  needRepositoryAddress,
  parseRepositoryAddress,
  type RepositoryAddress,
} from '../adapters/github/token-client.ts';
import { fetchKeys, issuerOf } from '../adapters/oidc/jwks.ts';
import { readPolicy } from '../adapters/proposal/read-proposal.ts';
import type { Anchor } from '../core/audit/anchor.ts';
import { type AnchorExpectations, anchorWorkflowOf } from '../core/audit/signed-anchor.ts';
import { InputError } from '../core/error/error.ts';
import type { Finding } from '../core/finding/finding.ts';
import type { GivenIssuer } from './given-anchors.ts';

export interface AnchorQuery {
  readonly dir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `--github`: where to ask; absent: the remote of the clone, if there is a token. */
  readonly github?: string;
  /** `--app`: id of the app whose check runs count. */
  readonly app?: string;
  /** Is told what lies in the releases and is not believed. */
  readonly tell?: (finding: Finding) => void;
}

/** Asks for the anchors; tests answer without a network. */
export type FetchAnchors = (query: AnchorQuery) => Promise<readonly Anchor[]>;

/**
 * Reads the anchors: check runs of the app, and what GitHub signed in the releases.
 * Check runs of any other app are not looked at: every workflow can make one of the same name.
 * @returns empty when there is nobody to ask
 * @throws InputError GITHUB_ADDRESS, APP_ID_MISSING; ServiceError when GitHub does not answer
 */
export const fetchAnchors: FetchAnchors = async (query) => {
  const { env, github, app } = query;
  const address = await addressOf(query);
  if (address === null) return [];
  const appId = Number(app ?? env.GATEHOUSE_APP_ID ?? '');
  if (!Number.isSafeInteger(appId) || appId <= 0) {
    if (github === undefined && app === undefined) return [];
    throw new InputError('APP_ID_MISSING', 'it is not known which app makes the anchors', {
      hint: "Give --app ID or set GATEHOUSE_APP_ID: the number is on the app's page, under General.",
    });
  }
  const client = createTokenClient(address.apiUrl, env.GITHUB_TOKEN);
  const reader = createReader(client, address.name, appId);
  const anchors = await readAnchors(reader, (await reader.repository()).defaultBranch);
  const issuer = issuerAt(address);
  const signed = await readSignedAnchors(
    [openReleases(client, address.name)],
    () => expectationsOf(reader, issuer),
    issuer.keys,
  );
  for (const finding of signed.refused) query.tell?.(finding);
  return [...anchors, ...toAnchors(signed.believed)];
};

/** Who signs for the repository, where it may be asked; null: nobody is asked from here. */
export async function findIssuer(query: AnchorQuery): Promise<GivenIssuer | null> {
  const address = await addressOf(query);
  return address === null ? null : issuerAt(address);
}

function issuerAt({ apiUrl }: RepositoryAddress): GivenIssuer {
  const server = apiUrl === 'https://api.github.com' ? 'https://github.com' : new URL(apiUrl).origin;
  const issuer = issuerOf(server);
  return { issuer, keys: () => fetchKeys(issuer) };
}

async function expectationsOf(
  reader: Pick<GitHubReader, 'repository' | 'branchHead' | 'file'>,
  { issuer }: GivenIssuer,
): Promise<AnchorExpectations> {
  const { id, defaultBranch } = await reader.repository();
  const { trusted, judgeRunner } = await readPolicy(
    reader,
    (await reader.branchHead(defaultBranch)) ?? defaultBranch,
  );
  const workflow = anchorWorkflowOf(trusted);
  return { issuer, repositoryId: id, ref: `refs/heads/${defaultBranch}`, workflow, runner: judgeRunner };
}

async function addressOf({ dir, env, github }: AnchorQuery): Promise<RepositoryAddress | null> {
  if (github !== undefined) return needRepositoryAddress(github);
  const remote = env.GITHUB_TOKEN ? await remoteUrl(dir) : null;
  return remote === null ? null : parseRepositoryAddress(remote);
}
