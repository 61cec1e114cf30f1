import { commitOnBranch, createRef, startBranch } from './branch-commit.ts';
import { createFixedCheck, upsertCheck } from './checks.ts';
import type { AppIdentity, GitHubClient, RepositoryName } from './client.ts';
import { answerComment, markOutOfDate, upsertComment } from './comments.ts';
import { withConditionalReads } from './conditional-reads.ts';
import { makeOnce, statusOf, writeGitHub } from './failure.ts';
import { readBranchHead } from './git-objects.ts';
import { showProgress } from './progress-check.ts';
import { react } from './reactions.ts';
import { ReaderMemory } from './reader-memory.ts';
import type { GitHubWriter, NewPull, PullUpdate } from './writer.ts';

/**
 * Writes to one repository as the app.
 * @param memory that of the readers: what a look has just read is not read again before it is written over
 */
export function createWriter(
  plain: GitHubClient,
  name: RepositoryName,
  identity: AppIdentity,
  memory: ReaderMemory = new ReaderMemory(),
): GitHubWriter {
  const client = withConditionalReads(plain, memory);
  const { fresh } = memory;
  return {
    upsertComment: (pull, body) => upsertComment(client, name, identity, pull, body, fresh),
    answerComment: (pull, marker, write) => answerComment(client, name, identity, pull, marker, write, fresh),
    react: (comment, content) => react(client, name, comment, content),
    markOutOfDate: (pull, head) => markOutOfDate(client, name, identity, pull, head, fresh),
    upsertCheck: (check) => upsertCheck(client, name, identity, check, fresh),
    showProgress: (progress) => {
      // It writes over words that others write as well, so it reads them first, and they are others afterwards.
      fresh.forgetChecks(progress.headSha, progress.name);
      return showProgress(client, name, identity, progress);
    },
    createFixedCheck: (check) => createFixedCheck(client, name, identity, check, fresh),
    commitOnBranch: (commit) => commitOnBranch(client, name, commit, memory),
    startBranch: (commit) => startBranch(client, name, commit, memory),
    createBranch: (branch, sha) => createBranch(client, name, branch, sha),
    resetBranch: (branch, sha) => resetBranch(client, name, branch, sha),
    deleteBranch: (branch) => deleteBranch(client, name, branch),
    openPull: (request) => openPull(client, name, request),
    updatePull: (number, change) => updatePull(client, name, number, change),
    requestReviewers: (pull, logins) => requestReviewers(client, name, pull, logins),
  };
}

async function createBranch(
  client: GitHubClient,
  name: RepositoryName,
  branch: string,
  sha: string,
): Promise<void> {
  const create = async () => {
    await createRef(client, name, branch, sha);
    return true;
  };
  const isThere = async () => (await readBranchHead(client, name, branch)) === sha || null;
  await makeOnce(`create branch ${branch}`, create, isThere);
}

async function resetBranch(
  client: GitHubClient,
  name: RepositoryName,
  branch: string,
  sha: string,
): Promise<void> {
  await writeGitHub(`move branch ${branch}`, () =>
    client.request('PATCH /repos/{owner}/{repo}/git/refs/{ref}', {
      ...name,
      ref: `heads/${branch}`,
      sha,
      force: true,
    }),
  );
}

async function deleteBranch(client: GitHubClient, name: RepositoryName, branch: string): Promise<void> {
  await writeGitHub(`delete branch ${branch}`, async () => {
    try {
      await client.request('DELETE /repos/{owner}/{repo}/git/refs/{ref}', {
        ...name,
        ref: `heads/${branch}`,
      });
    } catch (error) {
      // Gone already: that is what was wanted.
      if (statusOf(error) !== 404 && statusOf(error) !== 422) throw error;
    }
  });
}

async function openPull(client: GitHubClient, name: RepositoryName, request: NewPull): Promise<number> {
  const open = async () => {
    const { data } = await client.request('POST /repos/{owner}/{repo}/pulls', {
      ...name,
      ...request,
      request: { retries: 0 },
    });
    return data.number;
  };
  const find = async () => {
    const { data } = await client.request('GET /repos/{owner}/{repo}/pulls', {
      ...name,
      ...{ state: 'open' as const, head: `${name.owner}:${request.head}`, base: request.base },
    });
    return data[0]?.number ?? null;
  };
  return makeOnce(`open a pull request for ${request.head}`, open, find);
}

async function updatePull(
  client: GitHubClient,
  name: RepositoryName,
  number: number,
  change: PullUpdate,
): Promise<void> {
  await writeGitHub(`update pull request ${number}`, () =>
    client.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', {
      ...name,
      pull_number: number,
      ...change,
    }),
  );
}

/**
 * Asks people one by one, because GitHub refuses the whole list when one of them cannot be asked.
 * @returns who was asked; who cannot be asked (no access to the repository) is left out
 */
async function requestReviewers(
  client: GitHubClient,
  name: RepositoryName,
  pull: number,
  logins: readonly string[],
): Promise<readonly string[]> {
  const asked: string[] = [];
  for (const login of logins) {
    await writeGitHub(`ask ${login} to review pull request ${pull}`, async () => {
      try {
        await client.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers', {
          ...name,
          pull_number: pull,
          reviewers: [login],
        });
        asked.push(login);
      } catch (error) {
        if (statusOf(error) !== 422) throw error;
      }
    });
  }
  return asked;
}
