import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitText, runGit } from '../git/git.ts';
import { resolveRef } from '../git/read.ts';
import { refuseGone } from './gone.ts';

/** A commit that is wanted, and the pull request that brought it: GitHub keeps its head for good. */
export interface WantedCommit {
  readonly commit: string;
  readonly pullRequest: number;
  /** For messages, for example `flight-delay v7`. */
  readonly subject: string;
  readonly origin?: OriginAccess | undefined;
}

/** With what origin answers, where git itself has no credentials: in a job. */
export interface OriginAccess {
  /** `https://github.com` */
  readonly serverUrl: string;
  readonly token: string;
}

/**
 * Checks a commit out into a folder of its own, lets it be used, and removes it again. The user's own checkout, branch
 * and index are not touched; no hook of the repository runs.
 * @param repository any folder of the clone
 * @throws InputError REPRODUCE_GONE when neither the clone nor its origin has the commit; ServiceError GIT_FAILED
 * @see https://git-scm.com/docs/git-worktree
 */
export async function withWorktree<T>(
  repository: string,
  wanted: WantedCommit,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  await requireCommit(repository, wanted);
  const parent = await mkdtemp(join(tmpdir(), 'gatehouse-worktree-'));
  const folder = join(parent, 'tree');
  try {
    await gitText(
      repository,
      ['-c', 'core.hooksPath=/dev/null', 'worktree', 'add', '--quiet', '--detach', folder, wanted.commit],
      `check out ${wanted.commit}`,
    );
    return await use(folder);
  } finally {
    await runGit(repository, ['worktree', 'remove', '--force', folder]);
    await rm(parent, { recursive: true, force: true });
    await runGit(repository, ['worktree', 'prune']);
  }
}

/** A branch that was merged and deleted leaves its commits at the head of the pull request alone. */
async function requireCommit(repository: string, wanted: WantedCommit): Promise<void> {
  const { commit, pullRequest, subject } = wanted;
  const isHere = async (): Promise<boolean> => (await resolveRef(repository, commit)) === commit;
  if (await isHere()) return;
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-fetch-'));
  try {
    const settings = await writeSettings(folder, wanted.origin);
    for (const ref of [commit, `refs/pull/${pullRequest}/head`]) {
      await runGit(repository, [...settings, 'fetch', '--quiet', '--no-tags', 'origin', ref]);
      if (await isHere()) return;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  throw refuseGone(
    `The commit ${commit} of ${subject}`,
    `this clone, the commits of origin, and the head of pull request #${pullRequest} there`,
    'Push the commit to the repository again from a clone that still has it, for example as a tag.',
  );
}

/** In a file: the arguments of a process can be read by every user of the machine. It is gone before the code runs. */
async function writeSettings(folder: string, origin: OriginAccess | undefined): Promise<readonly string[]> {
  if (origin === undefined) return [];
  const file = join(folder, 'gitconfig');
  const basic = Buffer.from(`x-access-token:${origin.token}`).toString('base64');
  const header = `\textraheader = AUTHORIZATION: basic ${basic}`;
  await writeFile(file, `[http "${new URL(origin.serverUrl).origin}/"]\n${header}\n`, { mode: 0o600 });
  return ['-c', `include.path=${file}`];
}
