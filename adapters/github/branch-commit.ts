import { ConflictError } from '../../core/error/error.ts';
import type { GitHubClient, RepositoryName } from './client.ts';
import { statusOf, writeGitHub } from './failure.ts';
import type { ReaderMemory } from './reader-memory.ts';
import type { BranchCommit, FirstCommit } from './writer.ts';

const mutation = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid tree { oid } } }
}`;

/**
 * Writes whole files in one commit, only while the branch still points to `expectedHead`.
 * GitHub makes the commit in the app's name and signs it; nobody can choose another author.
 * @returns id of the new commit
 * @param memory learns what the commit holds: nobody need read back what was just written
 * @throws ConflictError LEDGER_MOVED when the branch points elsewhere: read again and decide again
 * @see https://docs.github.com/en/graphql/reference/mutations#createcommitonbranch
 */
export async function commitOnBranch(
  client: GitHubClient,
  name: RepositoryName,
  commit: BranchCommit,
  memory: ReaderMemory,
): Promise<string> {
  return writeGitHub(`write to branch ${commit.branch}`, async () => {
    try {
      const answer = await client.graphql<unknown>(mutation, {
        input: toInput(name, commit),
        request: { retries: 0 },
      });
      const oid = textAt(answer, ['createCommitOnBranch', 'commit', 'oid']);
      if (oid === null || !/^[0-9a-f]{40}$/.test(oid)) throw new Error('the answer names no commit');
      const tree = textAt(answer, ['createCommitOnBranch', 'commit', 'tree', 'oid']);
      if (tree !== null) memory.learnCommit(oid, tree, commit.expectedHead, commit.files);
      return oid;
    } catch (error) {
      if (isStale(error)) throw moved(commit.branch, error);
      throw error;
    }
  });
}

/**
 * Starts a branch at a new commit, which `createCommitOnBranch` cannot: it needs a branch that is there. The branch
 * comes last, so nobody ever sees it without the commit.
 * @throws ConflictError LEDGER_MOVED when somebody made the branch meanwhile
 */
export async function startBranch(
  client: GitHubClient,
  name: RepositoryName,
  commit: FirstCommit,
  memory: ReaderMemory,
): Promise<string> {
  return writeGitHub(`start branch ${commit.branch}`, async () => {
    const parents = commit.parent === null ? [] : [commit.parent];
    const tree = await client.request('POST /repos/{owner}/{repo}/git/trees', {
      ...name,
      ...(commit.parent === null ? {} : { base_tree: await treeOf(client, name, commit.parent) }),
      tree: commit.files.map(({ path, content }) => ({ path, mode: '100644', type: 'blob', content })),
    });
    const made = await client.request('POST /repos/{owner}/{repo}/git/commits', {
      ...name,
      message: `${commit.headline}\n\n${commit.body}`.trim(),
      tree: tree.data.sha,
      parents,
    });
    await createRef(client, name, commit.branch, made.data.sha);
    memory.learnCommit(made.data.sha, tree.data.sha, commit.parent, commit.files);
    return made.data.sha;
  });
}

async function treeOf(client: GitHubClient, name: RepositoryName, commit: string): Promise<string> {
  const { data } = await client.request('GET /repos/{owner}/{repo}/git/commits/{commit_sha}', {
    ...name,
    commit_sha: commit,
  });
  return data.tree.sha;
}

/** @throws ConflictError LEDGER_MOVED when the branch is there already */
export async function createRef(
  client: GitHubClient,
  name: RepositoryName,
  branch: string,
  sha: string,
): Promise<void> {
  try {
    await client.request('POST /repos/{owner}/{repo}/git/refs', {
      ...name,
      ref: `refs/heads/${branch}`,
      sha,
      request: { retries: 0 },
    });
  } catch (error) {
    if (statusOf(error) === 422 || statusOf(error) === 409) throw moved(branch, error);
    throw error;
  }
}

function toInput(name: RepositoryName, commit: BranchCommit) {
  return {
    branch: { repositoryNameWithOwner: `${name.owner}/${name.repo}`, branchName: commit.branch },
    expectedHeadOid: commit.expectedHead,
    message: { headline: commit.headline, body: commit.body },
    fileChanges: {
      additions: commit.files.flatMap(({ path, content }) =>
        content === null ? [] : [{ path, contents: Buffer.from(content, 'utf8').toString('base64') }],
      ),
      deletions: commit.files.flatMap(({ path, content }) => (content === null ? [{ path }] : [])),
    },
  };
}

/** GraphQL tells a stale head inside HTTP 200, as an error of type STALE_DATA. */
function isStale(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('errors' in error)) return false;
  if (!Array.isArray(error.errors)) return false;
  return error.errors.some((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return false;
    const [type, message] = ['type', 'message'].map((key) =>
      new Map<string, unknown>(Object.entries(entry)).get(key),
    );
    return (
      type === 'STALE_DATA' || (typeof message === 'string' && /Expected branch to point to/.test(message))
    );
  });
}

function textAt(answer: unknown, path: readonly string[]): string | null {
  const found = path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? new Map<string, unknown>(Object.entries(value)).get(key)
        : undefined,
    answer,
  );
  return typeof found === 'string' ? found : null;
}

function moved(branch: string, cause: unknown): ConflictError {
  return new ConflictError(
    'LEDGER_MOVED',
    `Branch ${branch} moved while we were writing; nothing was written`,
    {
      hint: 'Read it again and decide again: the champion may be another one now.',
      cause,
    },
  );
}
