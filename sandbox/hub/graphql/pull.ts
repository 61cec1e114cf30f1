import { pullsOfCommit } from '../commit-pulls.ts';
import type { Hub } from '../interface.ts';
import { webUrl } from '../render/repository.ts';
import { nodeId } from '../webhook.ts';
import type { Account, Caller, Comment, IssueEvent, Pull, Repository, Review } from '../world.ts';
import { type Node, toActor } from './actor.ts';
import { connect, type PageArguments } from './connection.ts';
import { need } from './need.ts';
import { toCommit } from './object.ts';
import { findRef } from './ref.ts';

/** Whose call it is, about which repository. */
interface Scene {
  readonly hub: Hub;
  readonly caller: Caller;
  readonly repository: Repository;
}

async function commitOf({ hub, caller, repository }: Scene, sha: string | null): Promise<Node | null> {
  const commit = sha === null ? null : await hub.git(repository).commit(sha);
  return commit ? toCommit(hub, caller, repository, commit) : null;
}

function toReview(scene: Scene, review: Review): Node {
  return {
    __typename: 'PullRequestReview',
    id: nodeId('PullRequestReview', review.id),
    databaseId: review.id,
    fullDatabaseId: String(review.id),
    state: review.state,
    body: review.body,
    submittedAt: review.submittedAt,
    author: toActor(scene.hub, review.author),
    commit: () => commitOf(scene, review.commit),
  };
}

function toComment({ hub }: Scene, comment: Comment): Node {
  return {
    __typename: 'IssueComment',
    id: nodeId('IssueComment', comment.id),
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    body: comment.body,
    createdAt: comment.createdAt,
    updatedAt: comment.updatedAt,
    author: toActor(hub, comment.author),
  };
}

function toDismissal(scene: Scene, pull: Pull, event: IssueEvent): Node {
  const { state, review_id } = event.detail.dismissed_review as { state: string; review_id: number };
  const review = pull.reviews.find(({ id }) => id === review_id);
  return {
    __typename: 'ReviewDismissedEvent',
    id: nodeId('ReviewDismissedEvent', event.id),
    databaseId: event.id,
    createdAt: event.createdAt,
    actor: toActor(scene.hub, event.actor),
    previousReviewState: state.toUpperCase(),
    review: review === undefined ? null : toReview(scene, review),
  };
}

interface TimelineArguments extends PageArguments {
  readonly itemTypes?: readonly string[] | null;
}

/** Lists that belong to a pull request. */
function listsOf(scene: Scene, pull: Pull): Node {
  const { hub, caller, repository } = scene;
  const visible = (review: Review) =>
    review.state !== 'PENDING' || (caller.kind === 'user' && caller.account.id === review.author.id);
  return {
    reviews: (page: PageArguments) =>
      connect(pull.reviews.filter(visible), page, (review) => toReview(scene, review)),
    comments: (page: PageArguments) =>
      connect(
        [...repository.comments.values()].filter(({ issue }) => issue === pull.number),
        page,
        (comment) => toComment(scene, comment),
      ),
    commits: async (page: PageArguments) => {
      const git = hub.git(repository);
      const from =
        pull.mergedAt === null
          ? pull.baseSha
          : ((await git.mergeBase(pull.baseSha, pull.headSha)) ?? pull.baseSha);
      const shas = await git.list(['--reverse', '--topo-order', pull.headSha, `^${from}`]);
      return connect(shas, page, (sha) => ({ commit: () => commitOf(scene, sha) }));
    },
    reviewRequests: (page: PageArguments) =>
      connect([...pull.requestedReviewers], page, (account: Account) => ({
        requestedReviewer: toActor(hub, account),
      })),
    timelineItems: ({ itemTypes, ...page }: TimelineArguments) => {
      // Any other kind of event would have fields that nobody asked for yet.
      const asked = itemTypes?.length === 1 && itemTypes[0] === 'REVIEW_DISMISSED_EVENT';
      if (!asked) throw new Error('The sandbox hub serves only dismissals in a timeline.');
      const events = repository.events.filter(
        ({ issue, event }) => issue === pull.number && event === 'review_dismissed',
      );
      return connect(events, page, (event) => toDismissal(scene, pull, event));
    },
  };
}

export const stateOf = (pull: Pull): string => (pull.mergedAt ? 'MERGED' : pull.state.toUpperCase());

export function toPull(hub: Hub, caller: Caller, repository: Repository, pull: Pull): Node {
  const scene = { hub, caller, repository };
  const head = hub.world.repositories.get(pull.headRepositoryId);
  return {
    __typename: 'PullRequest',
    id: nodeId('PullRequest', pull.id),
    databaseId: pull.id,
    number: pull.number,
    title: pull.title,
    body: pull.body ?? '',
    url: `${webUrl(hub, repository)}/pull/${pull.number}`,
    state: stateOf(pull),
    merged: pull.mergedAt !== null,
    mergedAt: pull.mergedAt,
    mergedBy: pull.mergedBy ? toActor(hub, pull.mergedBy) : null,
    closed: pull.state === 'closed',
    isDraft: pull.draft,
    createdAt: pull.createdAt,
    updatedAt: pull.updatedAt,
    headRefName: pull.headRef,
    headRefOid: pull.headSha,
    headRepository: head ? { databaseId: head.id, nameWithOwner: head.fullName } : null,
    baseRefName: pull.baseRef,
    baseRefOid: pull.baseSha,
    baseRef: () => findRef(hub, caller, repository, pull.baseRef),
    baseRepository: { databaseId: repository.id, nameWithOwner: repository.fullName },
    isCrossRepository: pull.headRepositoryId !== repository.id,
    mergeable: pull.mergeable === null ? 'UNKNOWN' : pull.mergeable ? 'MERGEABLE' : 'CONFLICTING',
    author: toActor(hub, pull.author),
    mergeCommit: () => commitOf(scene, pull.mergedAt ? pull.mergeCommitSha : null),
    ...listsOf(scene, pull),
  };
}

/** Pull requests that a commit belongs to. */
export function pullsOf(hub: Hub, caller: Caller, repository: Repository, sha: string) {
  return async (page: PageArguments): Promise<Node> => {
    need(caller, repository, 'pull_requests');
    const pulls = await pullsOfCommit(hub, repository, sha);
    return connect(pulls, page, (pull) => toPull(hub, caller, repository, pull));
  };
}
