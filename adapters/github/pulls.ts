import { InputError } from '../../core/error/error.ts';
import type { GitHubClient, RepositoryName } from './client.ts';
import { incomplete, readGitHub } from './failure.ts';
import { readPullCommits } from './git-objects.ts';
import { type GitHubId, toId } from './id.ts';
import { hasNext, readAllPages } from './paging.ts';
import { toPersonOrGhost, toPersonOrNull } from './person.ts';
import type { CommitFacts, PullFacts, PullQuery, ReviewFacts } from './reader.ts';

/** GitHub lists no more commits of a pull request than these, and does not say that there are more. */
const commitCap = 250;

export async function readPull(
  client: GitHubClient,
  name: RepositoryName,
  number: number,
): Promise<PullFacts> {
  return readGitHub(`pull request ${number}`, async () => {
    const { data } = await client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
      ...name,
      pull_number: number,
    });
    return { ...toPull(data), merged: data.merged, mergedBy: toPersonOrNull(data.merged_by) };
  });
}

/** Merged and by whom are told only for one pull request: listed ones say merged when they have a time of merge. */
export async function listPulls(
  client: GitHubClient,
  name: RepositoryName,
  query: PullQuery,
): Promise<readonly PullFacts[]> {
  const limit = query.limit ?? Number.POSITIVE_INFINITY;
  return readGitHub(`list of ${query.state} pull requests`, async () => {
    const found: PullFacts[] = [];
    for (let page = 1; found.length < limit; page += 1) {
      const { data, headers } = await client.request('GET /repos/{owner}/{repo}/pulls', {
        ...name,
        state: query.state,
        sort: 'updated',
        direction: 'desc',
        per_page: 100,
        page,
        ...(query.base === undefined ? {} : { base: query.base }),
        ...(query.head === undefined ? {} : { head: query.head }),
      });
      // Newest change first: what comes after one that is too old is older.
      const fresh = data.filter(({ updated_at }) => updated_at >= (query.updatedSince ?? ''));
      found.push(...fresh.map(toPull));
      if (fresh.length < data.length || (data.length < 100 && !hasNext(headers.link))) break;
    }
    return found.slice(0, limit);
  });
}

/** @throws InputError PULL_REQUEST_TOO_LARGE when GitHub may have left commits out */
export async function readCommitsOfPull(
  client: GitHubClient,
  name: RepositoryName,
  number: number,
): Promise<readonly CommitFacts[]> {
  const commits = await readGitHub(`commits of pull request ${number}`, () =>
    readPullCommits(client, name, number),
  );
  if (commits.length < commitCap) return commits;
  throw new InputError(
    'PULL_REQUEST_TOO_LARGE',
    `Pull request ${number} has ${commitCap} commits or more; GitHub lists no more, so its authors cannot all be known`,
    { hint: 'Split the change, or squash the branch to fewer commits.' },
  );
}

export async function readPullsOfCommit(
  client: GitHubClient,
  name: RepositoryName,
  sha: string,
): Promise<readonly number[]> {
  const what = `pull requests of commit ${sha}`;
  const read = () =>
    readAllPages(what, async (page, perPage) => {
      const { data, headers } = await client.request('GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', {
        ...name,
        commit_sha: sha,
        per_page: perPage,
        page,
      });
      return { items: data.map((pull) => pull.number), link: headers.link };
    });
  // A commit that GitHub does not show yet is an error of its own.
  return readGitHub(what, read);
}

/** Submitted reviews, oldest first. */
export async function readReviews(
  client: GitHubClient,
  name: RepositoryName,
  number: number,
): Promise<readonly ReviewFacts[]> {
  const what = `reviews of pull request ${number}`;
  return readGitHub(what, async () => {
    const all = await readAllPages(what, async (page, perPage) => {
      const { data, headers } = await client.request(
        'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
        {
          ...name,
          pull_number: number,
          per_page: perPage,
          page,
        },
      );
      return { items: data, link: headers.link };
    });
    // A pending review is a draft that only its author sees.
    return all
      .filter((review) => review.state !== 'PENDING')
      .map((review) => {
        if (!review.submitted_at) throw incomplete(what, `review ${review.id} has no time`);
        return {
          id: toId(review.id),
          reviewer: toPersonOrGhost(review.user),
          state: toState(what, review.state),
          commit: review.commit_id ?? '',
          submittedAt: review.submitted_at,
        };
      });
  });
}

const states = ['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED', 'COMMENTED'] as const;

function toState(what: string, state: string): ReviewFacts['state'] {
  const known = states.find((candidate) => candidate === state.toUpperCase());
  if (known === undefined) throw incomplete(what, `the unknown state ${state}`);
  return known;
}

interface PullAnswer {
  readonly number: number;
  readonly state: string;
  readonly draft?: boolean;
  readonly title: string;
  readonly body: string | null;
  readonly user: { readonly id: GitHubId; readonly login: string; readonly type: string } | null;
  readonly head: {
    readonly sha: string;
    readonly ref: string;
    readonly repo: { readonly id: GitHubId } | null;
  };
  readonly base: { readonly sha: string; readonly ref: string };
  readonly merge_commit_sha: string | null;
  readonly merged_at: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly requested_reviewers?: readonly { readonly login: string }[] | null;
  readonly html_url: string;
}

function toPull(data: PullAnswer): PullFacts {
  const merged = data.merged_at !== null;
  return {
    number: data.number,
    state: data.state === 'open' ? 'open' : 'closed',
    draft: data.draft === true,
    title: data.title,
    body: data.body ?? '',
    author: toPersonOrGhost(data.user),
    head: {
      sha: data.head.sha,
      ref: data.head.ref,
      repositoryId: data.head.repo === null ? null : toId(data.head.repo.id),
    },
    base: { sha: data.base.sha, ref: data.base.ref },
    merged,
    // Before the merge GitHub names its test merge here.
    mergeCommit: merged ? data.merge_commit_sha : null,
    mergedAt: data.merged_at,
    mergedBy: null,
    createdAt: data.created_at,
    updatedAt: data.updated_at,
    requestedReviewers: (data.requested_reviewers ?? []).map((reviewer) => reviewer.login),
    url: data.html_url,
  };
}
