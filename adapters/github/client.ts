import type { Octokit } from '@octokit/rest';

/** What we need of an Octokit: probot's, the Actions toolkit's and the plain one all fit. */
export type GitHubClient = Pick<Octokit, 'request' | 'graphql'>;

/** The repository that everything is read from and written to. */
export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

/** Which app we are: what it wrote is recognised by these ids, never by a name. */
export interface AppIdentity {
  readonly appId: number;
  /** User id of `<slug>[bot]`: author of the app's comments and commits. */
  readonly botId: number;
  readonly botLogin: string;
}

/** Splits `owner/repository`. */
export function parseRepositoryName(fullName: string): RepositoryName {
  const [owner = '', repo = ''] = fullName.split('/');
  return { owner, repo };
}
