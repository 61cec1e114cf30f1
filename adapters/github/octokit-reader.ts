import type { TreeListing } from '../../core/change/change.ts';
import { BlobCache } from './blob-cache.ts';
import { readCheckRuns } from './check-runs.ts';
import type { GitHubClient, RepositoryName } from './client.ts';
import { readComment } from './comments.ts';
import { readDismissals } from './dismissals.ts';
import { incomplete, readGitHub } from './failure.ts';
import { readBlob, readBranchHead, readCommit, readCommits, readMergeBase, readTree } from './git-objects.ts';
import { toId } from './id.ts';
import { readJobs } from './jobs.ts';
import { readAccount, readMembers, readPermission, readPushes } from './people.ts';
import { listPulls, readCommitsOfPull, readPull, readPullsOfCommit, readReviews } from './pulls.ts';
import type { GitHubReader, LedgerFiles, RepositoryFacts } from './reader.ts';
import { readRunNotes } from './run-notes.ts';
import { readRunners } from './runners.ts';
import {
  downloadArtifact,
  findProgress,
  readArtifact,
  readArtifacts,
  readRun,
  readRunAttempt,
  readRunsFor,
} from './runs.ts';

/**
 * Reads one repository through Octokit. Git objects, accounts and the repository's own facts are kept for the life of
 * the reader: make one for each look at a pull request.
 * @param appId our app, whose check runs are read; 0 in an action, which sees none
 * @param cache contents by git id, shared by the readers of one process: an id never changes its content
 */
export function createReader(
  client: GitHubClient,
  name: RepositoryName,
  appId: number,
  cache: BlobCache = new BlobCache(),
): GitHubReader {
  const tree = keep((sha: string) => readTree(client, name, sha));
  const blob = keep((sha: string) => cache.read(sha, () => readBlob(client, name, sha)));
  const file = async (path: string, sha: string): Promise<Uint8Array | null> => {
    const found = (await tree(sha)).get(path);
    return found === undefined ? null : blob(found.blob);
  };
  const repository = keepAny(() => readRepository(client, name));
  const account = keepAny((login) => readAccount(client, login));
  const mergeBase = keepAny((range) => {
    const [base = '', head = ''] = range.split(' ');
    return readMergeBase(client, name, base, head);
  });
  return {
    repository: () => repository('facts'),
    tree,
    blob,
    file,
    commit: keep((sha: string) => readCommit(client, name, sha)),
    mergeBase: (base, head) => mergeBase(`${base} ${head}`),
    pull: (number) => readPull(client, name, number),
    pullCommits: (number) => readCommitsOfPull(client, name, number),
    pulls: (query) => listPulls(client, name, query),
    pullsOfCommit: (sha) => readPullsOfCommit(client, name, sha),
    comment: (id) => readComment(client, name, id),
    reviews: (number) => readReviews(client, name, number),
    checkRuns: (sha, checkName) => readCheckRuns(client, name, appId, sha, checkName),
    runsFor: (headSha) => readRunsFor(client, name, headSha),
    run: (id) => readRun(client, name, id),
    runAttempt: (id, attempt) => readRunAttempt(client, name, id, attempt),
    runNotes: (runId) => readRunNotes(client, name, runId),
    jobs: (runId) => readJobs(client, name, runId),
    runners: () => readRunners(client, name),
    newestProgress: (runId, attempt) => findProgress(client, name, runId, attempt),
    artifacts: (runId) => readArtifacts(client, name, runId),
    artifact: (id) => readArtifact(client, name, id),
    artifactZip: (id, maxBytes) => downloadArtifact(client, name, id, maxBytes),
    pushes: (branch) => readPushes(client, name, branch),
    dismissals: (number) => readDismissals(client, name, number),
    account,
    membersOf: (role) => readMembers(client, role, account),
    permission: (login) => readPermission(client, name, login),
    branchHead: (branch) => readBranchHead(client, name, branch),
    commitsOf: async (ref, limit, path) =>
      readCommits(client, name, await toCommitId(client, name, ref), limit, path),
    ledgerFiles: async (branch) => {
      const head = await readBranchHead(client, name, branch);
      return head === null ? null : toLedgerFiles(head, await tree(head), blob);
    },
  };
}

/** Files of one commit, as the ledger readers want them: UTF-8 text by path. */
export function toLedgerFiles(
  head: string,
  listing: TreeListing,
  blob: (sha: string) => Promise<Uint8Array>,
): LedgerFiles {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return {
    head,
    listing,
    read: async (path) => {
      const found = listing.get(path);
      if (found === undefined) return null;
      return readGitHub(`ledger file ${path}`, async () => decoder.decode(await blob(found.blob)));
    },
  };
}

async function readRepository(client: GitHubClient, name: RepositoryName): Promise<RepositoryFacts> {
  return readGitHub(`repository ${name.owner}/${name.repo}`, async () => {
    const { data } = await client.request('GET /repos/{owner}/{repo}', { ...name });
    return {
      id: toId(data.id),
      fullName: data.full_name,
      defaultBranch: data.default_branch,
      url: data.html_url,
    };
  });
}

/** GitHub takes a name for a tag first: whoever may push one would choose what a list of commits starts from. */
async function toCommitId(client: GitHubClient, name: RepositoryName, ref: string): Promise<string> {
  if (/^[0-9a-f]{40}$/.test(ref)) return ref;
  const head = await readBranchHead(client, name, ref);
  if (head === null) throw incomplete(`commits of ${ref}`, 'there is no such branch');
  return head;
}

/** A branch name moves, a full id does not. */
function keep<T>(read: (sha: string) => Promise<T>): (sha: string) => Promise<T> {
  const kept = keepAny(read);
  return (sha) => (/^[0-9a-f]{40}$/.test(sha) ? kept(sha) : read(sha));
}

/** Reads once for each key; what failed is read again. */
export function keepAny<T>(read: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const kept = new Map<string, Promise<T>>();
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const reading = read(key);
    kept.set(key, reading);
    reading.catch(() => kept.delete(key));
    return reading;
  };
}
