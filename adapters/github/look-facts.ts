import type { Person } from '../../core/registry/ledger.ts';
import type {
  ActorAnswer,
  CommitAnswer,
  LookAnswer,
  MarkAnswer,
  Page,
  PlaceAnswer,
  PullAnswer,
  UserAnswer,
} from './look-answer.ts';
import { ghost } from './person.ts';
import type {
  CheckMark,
  CheckRunFacts,
  CommitFacts,
  Dismissal,
  PullFacts,
  RepositoryFacts,
  ReviewFacts,
} from './reader.ts';

/** What one read told. null, or not there: not all of it came, and whoever asks reads it by itself. */
export interface LookFacts {
  readonly repository: RepositoryFacts | null;
  readonly pull: PullFacts | null;
  /** Tips by branch; null: no such branch. */
  readonly branches: ReadonlyMap<string, string | null>;
  readonly commits: readonly CommitFacts[] | null;
  readonly reviews: readonly ReviewFacts[] | null;
  readonly dismissals: readonly Dismissal[] | null;
  /** Numbers of pull requests by commit. */
  readonly pulls: ReadonlyMap<string, readonly number[]>;
  /** Our check runs without their words, by `sha name`. */
  readonly marks: ReadonlyMap<string, readonly CheckMark[]>;
  /** The decision's check runs of the head with their words. */
  readonly decision: readonly CheckRunFacts[] | null;
  /** Commits of the base branch from its tip on; `whole`: there are no more. */
  readonly history: { readonly shas: readonly string[]; readonly whole: boolean };
  /** Comments by bots, oldest first. */
  readonly botComments: readonly BotComment[] | null;
  readonly merge: CommitFacts | null;
  readonly places: readonly CommitPlace[];
}

/** Where a commit stands among others, and what it holds: for good. */
export interface CommitPlace {
  readonly sha: string;
  readonly tree: string;
  /** null: not all of them came. */
  readonly parents: readonly string[] | null;
}

export interface BotComment {
  readonly id: number;
  readonly authorId: number;
  readonly body: string;
}

export const decisionName = 'gatehouse';
export const evidenceName = 'gatehouse evidence';
export const markKey = (sha: string, name: string): string => `${sha} ${name}`;

/**
 * @param ledgerBranch the branch that was asked for
 * @param appId our app: anybody else can make check runs of our names
 */
export function toLookFacts({ repository }: LookAnswer, ledgerBranch: string, appId: number): LookFacts {
  const { pullRequest: pull, ledger, defaultBranchRef } = repository;
  const head = pull.head.nodes.find(({ commit }) => commit.oid === pull.headRefOid)?.commit ?? null;
  const tips = [defaultBranchRef, pull.baseRef, ledger].flatMap((ref) => ref?.target ?? []);
  const commits = wholeOf(pull.commits, ({ commit }) => toCommitOrNull(commit));
  const merge = pull.mergeCommit === null ? null : toCommitOrNull(pull.mergeCommit);
  return {
    repository: toRepository(repository),
    pull: toPull(pull),
    branches: new Map<string, string | null>([
      [ledgerBranch, ledger?.target.oid ?? null],
      ...(defaultBranchRef === null ? [] : [[defaultBranchRef.name, defaultBranchRef.target.oid] as const]),
      [pull.baseRefName, pull.baseRef?.target.oid ?? null],
    ]),
    commits,
    reviews: toReviews(pull),
    dismissals: toDismissals(pull),
    pulls: new Map(
      [head, ...(pull.mergeCommit?.origin.nodes ?? [])].flatMap((commit) =>
        commit === null ? [] : toNumbers(commit, repository.databaseId),
      ),
    ),
    marks: toMarks(pull, head, appId),
    decision: head === null ? null : toRuns(head.decision, head.oid, appId, toRun),
    history: {
      shas: pull.baseRef?.target.history.nodes.map(({ oid }) => oid) ?? [],
      whole: pull.baseRef?.target.history.pageInfo.hasNextPage === false,
    },
    botComments: toBotComments(pull),
    merge,
    places: [
      ...tips.map(({ oid, tree }) => ({ sha: oid, tree: tree.oid, parents: null })),
      ...[
        ...pull.commits.nodes.map(({ commit }) => commit),
        ...(pull.baseRef?.target.marked.nodes ?? []),
        ...(pull.mergeCommit === null ? [] : [pull.mergeCommit, ...pull.mergeCommit.line.nodes]),
      ].map(toPlace),
    ],
  };
}

const toPlace = ({ oid, tree, parents }: PlaceAnswer): CommitPlace => ({
  sha: oid,
  tree: tree.oid,
  parents: wholeOf(parents, (parent) => parent.oid),
});

function toRepository(repository: LookAnswer['repository']): RepositoryFacts | null {
  if (repository.defaultBranchRef === null) return null;
  return {
    id: repository.databaseId,
    fullName: repository.nameWithOwner,
    defaultBranch: repository.defaultBranchRef.name,
    url: repository.url,
  };
}

function toPull(pull: PullAnswer): PullFacts | null {
  const author = toActor(pull.author);
  const mergedBy = pull.mergedBy === null ? null : toActor(pull.mergedBy);
  const requested = wholeOf(pull.reviewRequests, ({ requestedReviewer }) => requestedReviewer ?? undefined);
  const isMerged = pull.state === 'MERGED';
  const isPartial = isMerged !== (pull.mergedAt !== null) || (isMerged && pull.mergeCommit === null);
  if (author === null || requested === null || isPartial || (pull.mergedBy !== null && mergedBy === null))
    return null;
  return {
    number: pull.number,
    state: pull.state === 'OPEN' ? 'open' : 'closed',
    draft: pull.isDraft,
    title: pull.title,
    body: pull.body,
    author,
    head: {
      sha: pull.headRefOid,
      ref: pull.headRefName,
      repositoryId: pull.headRepository?.databaseId ?? null,
    },
    base: { sha: pull.baseRefOid, ref: pull.baseRefName },
    merged: isMerged,
    mergeCommit: isMerged ? (pull.mergeCommit?.oid ?? null) : null,
    mergedAt: pull.mergedAt,
    mergedBy,
    createdAt: pull.createdAt,
    updatedAt: pull.updatedAt,
    requestedReviewers: requested.flatMap(({ __typename, login }) =>
      __typename === 'User' && login !== undefined ? [login] : [],
    ),
    url: pull.url,
  };
}

/** null: somebody whom GitHub names without an id, or a kind that REST would tell otherwise. */
export function toActor(actor: ActorAnswer): Person | null {
  if (actor === null) return ghost;
  const { __typename: kind, login, databaseId } = actor;
  if (databaseId == null) return null;
  if (kind === 'User') return { id: databaseId, login, kind: 'User' };
  // GraphQL names bots without the suffix that tells their login from a person's.
  if (kind === 'Bot') return { id: databaseId, login: `${login}[bot]`, kind: 'Bot' };
  return null;
}

export const toUser = ({ databaseId, login }: UserAnswer): Person => ({
  id: databaseId,
  login,
  kind: 'User',
});

/** GraphQL names no bot as author of a commit: where it names nobody, REST is asked. */
function toCommitOrNull(commit: CommitAnswer): CommitFacts | null {
  const { author, committer } = commit;
  const parents = wholeOf(commit.parents, ({ oid }) => oid);
  if (author?.user == null || committer?.user == null || parents === null) return null;
  return {
    sha: commit.oid,
    tree: commit.tree.oid,
    parents,
    author: toUser(author.user),
    committer: toUser(committer.user),
    authorEmail: author.email ?? '',
    message: commit.message,
    committedAt: commit.committedDate,
    verified: commit.signature?.isValid === true,
  };
}

function toReviews(pull: PullAnswer): readonly ReviewFacts[] | null {
  // A pending review is a draft that only its author sees.
  const { pageInfo, nodes } = pull.reviews;
  return wholeOf({ pageInfo, nodes: nodes.filter(({ state }) => state !== 'PENDING') }, (review) => {
    const reviewer = toActor(review.author);
    if (reviewer === null || review.state === 'PENDING') return null;
    if (review.commit === null || review.submittedAt === null) return null;
    const { fullDatabaseId: id, state, submittedAt, commit } = review;
    return { id, reviewer, state, commit: commit.oid, submittedAt };
  });
}

function toDismissals(pull: PullAnswer): readonly Dismissal[] | null {
  const states = ['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED'] as const;
  return wholeOf(pull.timelineItems, ({ createdAt, previousReviewState, actor, review }) => {
    const state = states.find((known) => known === previousReviewState);
    const by = actor === undefined ? null : toActor(actor);
    if (state === undefined || by === null || review == null || createdAt === undefined) return null;
    return { reviewId: review.fullDatabaseId, state, by, at: createdAt };
  });
}

type WithPulls = { readonly oid: string } & Pick<
  PullAnswer['head']['nodes'][number]['commit'],
  'associatedPullRequests'
>;

function toNumbers(commit: WithPulls, repositoryId: number): (readonly [string, readonly number[]])[] {
  const all = wholeOf(commit.associatedPullRequests, (pull) => pull);
  const own = all?.filter(({ baseRepository }) => baseRepository?.databaseId === repositoryId);
  return own === undefined ? [] : [[commit.oid, own.map(({ number }) => number)]];
}

type Suites<T> = Page<{ readonly app: { readonly databaseId: number } | null; readonly checkRuns: Page<T> }>;

function toMarks(
  pull: PullAnswer,
  head: PullAnswer['head']['nodes'][number]['commit'] | null,
  appId: number,
): ReadonlyMap<string, readonly CheckMark[]> {
  const { baseRef, mergeCommit, reviews } = pull;
  const reviewed = reviews.nodes.flatMap(({ commit }) => commit ?? []);
  const seen: readonly (readonly [string, string, Suites<MarkAnswer>])[] = [
    ...(baseRef?.target.marked.nodes ?? []).map(
      (each) => [each.oid, decisionName, each.checkSuites] as const,
    ),
    ...(mergeCommit === null ? [] : [[mergeCommit.oid, decisionName, mergeCommit.checkSuites] as const]),
    ...reviewed.map((each) => [each.oid, evidenceName, each.evidence] as const),
    ...(head === null ? [] : [[head.oid, evidenceName, head.evidence] as const]),
    ...(head === null ? [] : [[head.oid, decisionName, head.decision] as const]),
  ];
  return new Map(
    seen.flatMap(([sha, name, suites]) => {
      const runs = toMarksOf(suites, sha, name, appId);
      return runs === null ? [] : [[markKey(sha, name), runs]];
    }),
  );
}

/** Our check runs of one name on a commit, oldest first; null: a suite or a run is on a next page. */
export function toMarksOf(
  suites: Suites<MarkAnswer>,
  sha: string,
  name: string,
  appId: number,
): readonly CheckMark[] | null {
  return toRuns(suites, sha, appId, toMark)?.filter((run) => run.name === name) ?? null;
}

/** Oldest first; null: a suite or a run is on a next page. */
function toRuns<T>(
  suites: Suites<MarkAnswer>,
  sha: string,
  appId: number,
  convert: (run: MarkAnswer, sha: string) => T & { readonly id: number },
): readonly T[] | null {
  const pages = wholeOf(suites, ({ app, checkRuns }) =>
    app?.databaseId === appId ? wholeOf(checkRuns, (run) => convert(run, sha)) : [],
  );
  return pages === null ? null : pages.flat().sort((a, b) => a.id - b.id);
}

const toMark = (run: MarkAnswer, headSha: string): CheckMark => ({
  id: run.databaseId,
  name: run.name,
  headSha,
  status: run.status.toLowerCase(),
  conclusion: run.conclusion?.toLowerCase() ?? null,
  externalId: run.externalId ?? '',
  startedAt: run.startedAt,
  completedAt: run.completedAt,
});

const toRun = (run: MarkAnswer, headSha: string): CheckRunFacts => ({
  ...toMark(run, headSha),
  title: run.title ?? '',
  summary: run.summary ?? '',
  text: run.text ?? '',
  annotations: run.annotations?.totalCount ?? 0,
});

function toBotComments(pull: PullAnswer): readonly BotComment[] | null {
  const bots = wholeOf(pull.comments, (comment) => comment)?.filter(
    ({ author }) => author?.__typename === 'Bot',
  );
  if (bots === undefined) return null;
  return bots
    .flatMap(({ fullDatabaseId: id, body, author }) =>
      author?.databaseId == null ? [] : [{ id, authorId: author.databaseId, body }],
    )
    .sort((a, b) => a.id - b.id);
}

/** null when there is a next page, or one entry that cannot be told as REST tells it. */
function wholeOf<T, R>(page: Page<T>, convert: (node: T) => R | null | undefined): readonly R[] | null {
  const found = page.nodes.map(convert);
  if (page.pageInfo.hasNextPage || found.some((each) => each == null)) return null;
  return found as readonly R[];
}
