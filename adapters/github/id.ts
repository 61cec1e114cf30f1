import { ServiceError } from '../../core/error/error.ts';

/** Ids as Octokit types them: GitHub's description allows 64 bits. */
export type GitHubId = number | bigint;

/** @throws ServiceError GITHUB_ID when the id does not fit a number exactly: two ids must never become one */
export function toId(id: GitHubId): number {
  const number = Number(id);
  if (Number.isSafeInteger(number)) return number;
  throw new ServiceError('GITHUB_ID', `GitHub gave the id ${id}, which cannot be kept exactly`, {
    hint: 'Report this: ids must be read as text from here on.',
  });
}
