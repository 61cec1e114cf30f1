import { Octokit } from '@octokit/rest';
import { InputError } from '../../core/error/error.ts';
import type { GitHubClient, RepositoryName } from './client.ts';
import { quietLog } from './quiet-log.ts';

/** A repository on github.com or on a GitHub Enterprise Server. */
export interface RepositoryAddress {
  readonly apiUrl: string;
  readonly name: RepositoryName;
}

/** A client for reading with a token, as a laptop or a job has one. Without a token public repositories can be read. */
export const createTokenClient = (apiUrl: string, token: string | undefined): GitHubClient =>
  new Octokit({ baseUrl: apiUrl, userAgent: 'gatehouse', ...(token ? { auth: token } : {}) });

/** The same for whoever asks what may be refused: a refusal is an answer, and no warning. */
export const createQuietClient = (apiUrl: string, token: string | undefined): GitHubClient =>
  new Octokit({
    ...{ baseUrl: apiUrl, userAgent: 'gatehouse', log: quietLog },
    ...(token ? { auth: token } : {}),
  });

/**
 * Reads the address of a repository in any form that git takes.
 * @returns null when it is no address of a server, for example a folder
 */
export function parseRepositoryAddress(address: string): RepositoryAddress | null {
  const scp = /^[\w.-]+@([\w.-]+):(?!\/\/)(.+)$/.exec(address);
  const url = scp
    ? `https://${scp[1]}/${scp[2]}`
    : address.replace(/^ssh:\/\/(?:[^@/]+@)?([^/:]+)(?::\d+)?/, 'https://$1');
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) return null;
  const { origin, hostname, pathname } = new URL(url);
  const [, owner, repo] = /^\/([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/.exec(pathname) ?? [];
  if (!owner || !repo) return null;
  const apiUrl = hostname === 'github.com' ? 'https://api.github.com' : `${origin}/api/v3`;
  return { apiUrl, name: { owner, repo } };
}

/** @throws InputError GITHUB_ADDRESS */
export function needRepositoryAddress(address: string): RepositoryAddress {
  const parsed = parseRepositoryAddress(address);
  if (parsed !== null) return parsed;
  throw new InputError('GITHUB_ADDRESS', `"${address}" is no address of a repository`, {
    hint: 'Write it like https://github.com/acme/flights.',
  });
}
