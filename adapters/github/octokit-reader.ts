import type { TreeListing } from '../../core/change/change.ts';
import type { Person } from '../../core/registry/ledger.ts';
import { readBranchGuard } from './branch-guard.ts';
import { readBranchMoves, readTipBefore } from './branch-tips.ts';
import { readCheckRuns } from './check-runs.ts';
import type { GitHubClient, RepositoryName } from './client.ts';
import { readComment } from './comments.ts';
import { withConditionalReads } from './conditional-reads.ts';
import { readDismissals } from './dismissals.ts';
import { incomplete, readGitHub } from './failure.ts';
import { readBlob, readBranchHead, readCommit, readCommits, readMergeBase } from './git-objects.ts';
import { toId } from './id.ts';
import { readJobs } from './jobs.ts';
import { readManyContents } from './many-contents.ts';
import { readAccount, readMembers, readPermission, readPushes, readTeam } from './people.ts';
import { listPulls, readCommitsOfPull, readPull, readPullsOfCommit, readReviews } from './pulls.ts';
import type {
  CheckMark,
  CommitFacts,
  GitHubReader,
  LedgerFiles,
  RepositoryFacts,
  RunFacts,
} from './reader.ts';
import { ReaderMemory } from './reader-memory.ts';
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
  readScheduledRuns,
} from './runs.ts';
import { readWholeTree } from './whole-tree.ts';

/** What was read already, in place of a read within a read; undefined: not known, so it is read. */
export interface KnownFacts {
  account(login: string): Promise<Person | undefined>;
  /** @param team `organization/slug` */
  team(team: string): Promise<readonly Person[] | undefined>;
  branchHead(branch: string): Promise<string | null | undefined>;
  blob(sha: string): Promise<Uint8Array | undefined>;
  /** Our check runs of a commit, oldest first. */
  marks(sha: string, checkName: string): Promise<readonly CheckMark[] | undefined>;
  /** @param client asks with tags @returns the one to ask */
  client(client: GitHubClient): GitHubClient;
}

export const nothingKnown: KnownFacts = {
  account: async () => undefined,
  team: async () => undefined,
  branchHead: async () => undefined,
  blob: async () => undefined,
  marks: async () => undefined,
  client: (client) => client,
};

/**
 * Reads one repository through Octokit. Accounts and the repository's own facts are kept for the life of the reader: make
 * one for each look at a pull request.
 * @param appId our app, whose check runs are read; 0 in an action, which sees none
 * @param memory what cannot change, shared by the readers of one process
 */
export function createReader(
  plain: GitHubClient,
  name: RepositoryName,
  appId: number,
  memory: ReaderMemory = new ReaderMemory(),
  known: KnownFacts = nothingKnown,
): GitHubReader {
  const client = known.client(withConditionalReads(plain, memory));
  const tree = (sha: string) => {
    const read = () => readWholeTree({ client, name, folder: memory.folder }, sha);
    return isFullId(sha) ? memory.readTree(sha, read) : read();
  };
  const blob = (sha: string) =>
    memory.blobs.read(
      sha,
      async () =>
        (await memory.folder?.read('blob', sha)) ?? (await known.blob(sha)) ?? readBlob(client, name, sha),
    );
  const file = async (path: string, sha: string): Promise<Uint8Array | null> => {
    const found = (await tree(sha)).get(path);
    return found === undefined ? null : blob(found.blob);
  };
  const repository = keepAny(() => readRepository(client, name));
  const headOf = async (branch: string) => {
    const told = await known.branchHead(branch);
    const head = told === undefined ? await readBranchHead(client, name, branch) : told;
    memory.tips.see(branch, head);
    return head;
  };
  const commitsOf = async (ref: string, limit: number, path?: string) => {
    const sha = await toCommitId(ref, headOf);
    const read = () => readCommits(client, name, sha, limit, path);
    return memory.histories.read(`${sha} ${limit} ${path ?? ''}`, read, (all) => all.every(isSettled));
  };
  const readOne = (sha: string) => {
    const read = () => readCommit(client, name, sha);
    return isFullId(sha) ? memory.commits.read(sha, read, isSettled) : read();
  };
  const mergeBase = (base: string, head: string) => {
    const read = () => readMergeBase(client, name, base, head);
    return isFullId(base) && isFullId(head) ? memory.readMergeBase(base, head, read) : read();
  };
  const account = keepAny(async (login) => {
    const person = (await known.account(login)) ?? (await readAccount(client, login));
    if (person?.kind === 'User') memory.guess.addLogin(login);
    return person;
  });
  const team = keepAny(async (path) => {
    const members = (await known.team(path)) ?? (await readTeam(client, path));
    memory.guess.addTeam(path);
    return members;
  });
  return {
    repository: () => repository('facts'),
    tree,
    blob,
    file,
    contents: (commit, blobs, take) =>
      readManyContents({ client, name, memory, read: blob }, commit, blobs, take),
    commit: readOne,
    mergeBase,
    pull: (number) => readPull(client, name, number),
    pullCommits: (number) => readCommitsOfPull(client, name, number),
    pulls: (query) => listPulls(client, name, query),
    pullsOfCommit: (sha) => readPullsOfCommit(client, name, sha),
    comment: (id) => readComment(client, name, id),
    reviews: (number) => readReviews(client, name, number),
    checkRuns: async (sha, checkName) =>
      (isFullId(sha) ? await known.marks(sha, checkName) : undefined) ??
      readCheckRuns(client, name, appId, sha, checkName),
    runsFor: (headSha) => readRunsFor(client, name, headSha),
    scheduledRuns: (branch) => readScheduledRuns(client, name, branch),
    run: (id) => readRun(client, name, id),
    runAttempt: (id, attempt) => readKnownAttempt(client, name, memory, id, attempt),
    runNotes: (runId) => readRunNotes(client, name, runId),
    jobs: (runId) => readJobs(client, name, runId),
    runners: () => readRunners(client, name),
    newestProgress: (runId, attempt) => findProgress(client, name, runId, attempt),
    artifacts: (runId) => readArtifacts(client, name, runId),
    artifact: (id) => readArtifact(client, name, id),
    artifactZip: (id, maxBytes) =>
      memory.zips.read(`${id} ${maxBytes}`, () => downloadArtifact(client, name, id, maxBytes)),
    branchGuard: (branch) => readBranchGuard(client, name, appId, branch),
    tipBefore: async (branch, commit, likely) => {
      if (memory.tips.before(branch, commit) === likely) return { kind: 'told', sha: likely };
      const git = { mergeBase, firstParent: async (sha: string) => (await readOne(sha)).parents[0] ?? null };
      return readTipBefore(client, name, git, { branch, commit, likely });
    },
    moves: (branch) => readBranchMoves(client, name, branch),
    pushes: (branch) => readPushes(client, name, branch),
    dismissals: (number) => readDismissals(client, name, number),
    account,
    membersOf: (role) => readMembers(role, account, team),
    permission: (login) => readPermission(client, name, login),
    branchHead: headOf,
    headNow: (branch) => readBranchHead(client, name, branch),
    commitsOf,
    history: async (ref, limit) => (await commitsOf(ref, limit)).map(({ sha }) => sha),
    ledgerFiles: async (branch) => {
      memory.guess.setLedgerBranch(branch);
      const head = await headOf(branch);
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
async function toCommitId(ref: string, headOf: (branch: string) => Promise<string | null>): Promise<string> {
  if (isFullId(ref)) return ref;
  const head = await headOf(ref);
  if (head === null) throw incomplete(`commits of ${ref}`, 'there is no such branch');
  return head;
}

/** A branch name moves, a full id does not. */
const isFullId = (sha: string): boolean => /^[0-9a-f]{40}$/.test(sha);

/**
 * What GitHub says beside git may still change for the better: an address gets an account, and a signature that could not
 * be verified at the moment can be later. Such commits are asked for again.
 */
export const isSettled = ({ author, committer, verified }: CommitFacts): boolean =>
  author !== null && committer !== null && verified;

/** An attempt that ended does not begin again: the next one has a number of its own. */
async function readKnownAttempt(
  client: GitHubClient,
  name: RepositoryName,
  memory: ReaderMemory,
  id: number,
  attempt: number,
): Promise<RunFacts | null> {
  const known = memory.attempts.get(`${id} ${attempt}`);
  if (known !== undefined) return known;
  const run = await readRunAttempt(client, name, id, attempt);
  if (run?.status === 'completed') memory.attempts.put(`${id} ${attempt}`, run);
  return run;
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
