import type { TreeListing } from '../../core/change/change.ts';
import type { Role } from '../../core/config/policy.ts';
import type { BranchGuard } from '../../core/policy/protection.ts';
import type { Person } from '../../core/registry/ledger.ts';
import type { BranchMoves, TipBefore } from './branch-tips.ts';
import type { JobFacts } from './jobs.ts';
import type { RunNote } from './run-notes.ts';
import type { RunnerFacts } from './runners.ts';

/** Reading side of GitHub. Every function gives the whole answer or throws a coded ServiceError. */
export interface GitHubReader {
  repository(): Promise<RepositoryFacts>;
  /** Every file of a commit's tree. @param sha commit or tree id */
  tree(sha: string): Promise<TreeListing>;
  /** Bytes of a git blob, checked against its id. */
  blob(blobSha: string): Promise<Uint8Array>;
  /**
   * Contents of many files of one commit by few calls, each checked against its id.
   * @param take is given each content once, as it comes: all of them together may be too much to hold
   */
  contents(
    commit: string,
    blobs: readonly string[],
    take: (blob: string, bytes: Uint8Array) => void,
  ): Promise<void>;
  /** Bytes of one file of a commit; null: no such file. */
  file(path: string, sha: string): Promise<Uint8Array | null>;
  commit(sha: string): Promise<CommitFacts>;
  mergeBase(base: string, head: string): Promise<string>;
  pull(number: number): Promise<PullFacts>;
  /** Commits of a pull request, oldest first. @throws InputError PULL_REQUEST_TOO_LARGE at the 250 that GitHub lists */
  pullCommits(number: number): Promise<readonly CommitFacts[]>;
  /** Pull requests by state, most recently updated first. */
  pulls(query: PullQuery): Promise<readonly PullFacts[]>;
  /** Numbers of the pull requests that a commit belongs to. */
  pullsOfCommit(sha: string): Promise<readonly number[]>;
  /** A comment on an issue or a pull request; null: it is gone. */
  comment(id: number): Promise<CommentFacts | null>;
  reviews(number: number): Promise<readonly ReviewFacts[]>;
  /** Check runs of our own app only, oldest first, without their words. */
  checkRuns(sha: string, name: string): Promise<readonly CheckMark[]>;
  runsFor(headSha: string): Promise<readonly RunFacts[]>;
  /** Newest completed runs that a schedule started on a branch, to find what watches production. */
  scheduledRuns(branch: string): Promise<readonly RunFacts[]>;
  run(id: number): Promise<RunFacts | null>;
  runAttempt(id: number, attempt: number): Promise<RunFacts | null>;
  /** What stopped the failed jobs of a run, as they say it themselves. */
  runNotes(runId: number): Promise<readonly RunNote[]>;
  /** Jobs of the newest attempt of a run: the first 100, to be shown. */
  jobs(runId: number): Promise<readonly JobFacts[]>;
  /** Self-hosted runners of the organization, to be shown; null: the app may not see them. */
  runners(): Promise<readonly RunnerFacts[] | null>;
  /** The newest progress artifact of one attempt of a run; null: it left none yet. */
  newestProgress(runId: number, runAttempt: number): Promise<ArtifactFacts | null>;
  artifacts(runId: number): Promise<readonly ArtifactFacts[]>;
  artifact(id: number): Promise<ArtifactFacts | null>;
  /** @throws ServiceError ARTIFACT_TOO_LARGE over `maxBytes` */
  artifactZip(id: number, maxBytes: number): Promise<Uint8Array>;
  /**
   * What a branch pointed to before a commit came to it: what git says of that is the pusher's to choose.
   * @param likely what it was if GitHub made the commit
   */
  tipBefore(branch: string, commit: string, likely: string): Promise<TipBefore>;
  /** What moved a branch of late, some hundred times back, by whom; null: GitHub does not say. */
  moves(branch: string): Promise<BranchMoves | null>;
  /** Every push to a branch of this repository, by whom; null: GitHub does not tell all of them. */
  pushes(branch: string): Promise<readonly Push[] | null>;
  /** Reviews that were dismissed, by whom, and what they had said; null: GitHub does not tell. */
  dismissals(number: number): Promise<readonly Dismissal[] | null>;
  account(login: string): Promise<Person | null>;
  membersOf(role: Role): Promise<readonly Person[]>;
  permission(login: string): Promise<Permission>;
  /** What rulesets enforce on a branch; null: GitHub does not tell. */
  branchGuard(branch: string): Promise<BranchGuard | null>;
  /** Commit id of a branch; null: no such branch. */
  branchHead(name: string): Promise<string | null>;
  /** The same at this moment, where a look keeps to what it saw when it began. */
  headNow(name: string): Promise<string | null>;
  /**
   * Commits of a branch or of a full commit id, never of a tag: newest first, at most `limit`, following every parent as
   * `git log` does; with `path` only those that changed it.
   */
  commitsOf(ref: string, limit: number, path?: string): Promise<readonly CommitFacts[]>;
  /** Ids of the commits that a branch or a full commit id begins with: newest first, at most `limit`. */
  history(ref: string, limit: number): Promise<readonly string[]>;
  /** The ledger branch at its head; null: there is no such branch yet. */
  ledgerFiles(branch: string): Promise<LedgerFiles | null>;
}

export interface RepositoryFacts {
  readonly id: number;
  readonly fullName: string;
  readonly defaultBranch: string;
  readonly url: string;
}

export interface CommitFacts {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  /** null: GitHub knows no account for the e-mail address. */
  readonly author: Person | null;
  readonly committer: Person | null;
  readonly authorEmail: string;
  readonly message: string;
  readonly committedAt: string;
  readonly verified: boolean;
}

export interface PullQuery {
  readonly state: 'open' | 'closed' | 'all';
  readonly base?: string;
  /** `owner:branch` */
  readonly head?: string;
  /** Stop after this many; all when absent. */
  readonly limit?: number;
  /** ISO 8601 UTC: only those that changed then or later. */
  readonly updatedSince?: string;
}

export interface PullFacts {
  readonly number: number;
  readonly state: 'open' | 'closed';
  readonly draft: boolean;
  readonly title: string;
  readonly body: string;
  readonly author: Person;
  readonly head: { readonly sha: string; readonly ref: string; readonly repositoryId: number | null };
  readonly base: { readonly sha: string; readonly ref: string };
  readonly merged: boolean;
  readonly mergeCommit: string | null;
  readonly mergedAt: string | null;
  readonly mergedBy: Person | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly requestedReviewers: readonly string[];
  readonly url: string;
}

export interface CommentFacts {
  /** Number of the issue or pull request. */
  readonly issue: number;
  readonly author: Person;
  readonly body: string;
  /** Whoever may write to the repository can edit the words of another. */
  readonly edited: boolean;
}

export interface ReviewFacts {
  readonly id: number;
  readonly reviewer: Person;
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED' | 'COMMENTED';
  readonly commit: string;
  readonly submittedAt: string;
}

export interface Push {
  readonly by: Person;
  /** Commit that the branch pointed to before; zeros when the push made the branch. */
  readonly before: string;
  /** Commit that the branch pointed to afterwards. */
  readonly after: string;
}

export interface Dismissal {
  readonly reviewId: number;
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED';
  readonly by: Person;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** A check run by what stands in it beside its words. */
export interface CheckMark {
  readonly id: number;
  readonly name: string;
  readonly headSha: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly externalId: string;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
}

export interface CheckRunFacts extends CheckMark {
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  /** How many annotations it shows. */
  readonly annotations: number;
}

export interface RunFacts {
  readonly id: number;
  readonly attempt: number;
  readonly event: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly headSha: string;
  readonly headBranch: string | null;
  readonly headRepositoryId: number | null;
  readonly repositoryId: number;
  /** Path of the caller workflow file. */
  readonly path: string;
  /** Reusable workflows that it calls, `owner/repository/path` without the ref; empty where GitHub does not tell. */
  readonly calls: readonly string[];
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly actor: Person | null;
  readonly triggeringActor: Person | null;
  readonly url: string;
}

export interface ArtifactFacts {
  readonly id: number;
  readonly name: string;
  readonly sizeBytes: number;
  readonly expired: boolean;
  /** `sha256:...` of the zip; null when GitHub does not tell. */
  readonly digest: string | null;
  readonly createdAt: string;
  readonly runId: number | null;
}

export type Permission = 'admin' | 'write' | 'read' | 'none';

/** Files of one commit of the ledger branch. */
export interface LedgerFiles {
  readonly head: string;
  readonly listing: TreeListing;
  /** Text of a file; null: not there. */
  read(path: string): Promise<string | null>;
}
