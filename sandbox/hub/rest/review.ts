import { actorOf, hasRole } from '../access.ts';
import { HubError, notFound } from '../hub-error.ts';
import type { Access, Answer, Call, Routes } from '../interface.ts';
import { emitPull, recordEvent } from '../pull.ts';
import { renderEventTeam, renderTeam, renderUser } from '../render/account.ts';
import { renderReview, renderSimplePull } from '../render/pull.ts';
import type { Account, Pull, Repository, Review, ReviewState } from '../world.ts';
import { checkBody } from './issue.ts';
import { list, numberParam, optionalText, paginate, text } from './page.ts';
import { pullOf } from './pull.ts';

const read: Access = { scope: 'pull_requests', level: 'read' };
const take: Access = { scope: 'pull_requests', level: 'write', user: 'read' };

const unprocessable = (message: string): HubError => new HubError(422, 'Unprocessable Entity', [message]);

const states = new Map<string, ReviewState>([
  ['APPROVE', 'APPROVED'],
  ['REQUEST_CHANGES', 'CHANGES_REQUESTED'],
  ['COMMENT', 'COMMENTED'],
]);

function stateOf(event: string | undefined): ReviewState {
  if (event === undefined || event === '') return 'PENDING';
  const state = states.get(event);
  if (!state)
    throw new HubError(422, 'Variable $event of type PullRequestReviewEvent was provided invalid value');
  return state;
}

/** The refusals that nobody may talk around: closed pull requests, though, can be reviewed on GitHub. */
function refuse(call: Call, pull: Pull, author: Account, state: ReviewState, body: string): void {
  if (author.id === pull.author.id && state === 'APPROVED') {
    throw unprocessable('Can not approve your own pull request');
  }
  if (author.id === pull.author.id && state === 'CHANGES_REQUESTED') {
    throw unprocessable('Can not request changes on your own pull request');
  }
  if (call.caller.kind === 'job' && state === 'APPROVED') {
    throw unprocessable('GitHub Actions is not permitted to approve pull requests.');
  }
  if (body === '' && (state === 'CHANGES_REQUESTED' || state === 'COMMENTED')) {
    throw unprocessable('Body can not be blank');
  }
}

function emitReview(call: Call, base: Repository, pull: Pull, review: Review, action: string): void {
  const { hub } = call;
  const rendered = renderReview(hub, base, pull, review);
  const payload = {
    pull_request: {
      ...renderSimplePull(hub, base, pull),
      requested_teams: pull.requestedTeams.map((team) => renderEventTeam(hub, team)),
    },
    // The API says APPROVED, the webhook approved.
    review: { ...rendered, state: review.state.toLowerCase(), updated_at: review.submittedAt },
  };
  hub.emit('pull_request_review', action, payload, base, actorOf(call.caller));
}

async function createReview(call: Call): Promise<Answer> {
  const { hub } = call;
  const body = call.json();
  const base = call.repository();
  const pull = pullOf(call);
  const author = actorOf(call.caller);
  const state = stateOf(optionalText(body, 'event'));
  const words = checkBody(optionalText(body, 'body') ?? '', 'PullRequestReview');
  refuse(call, pull, author, state, words);
  const commit = optionalText(body, 'commit_id') ?? pull.headSha;
  const git = hub.git(base);
  if ((await git.commit(commit))?.sha !== commit || !(await git.isAncestor(commit, pull.headSha))) {
    throw unprocessable('The commit is not part of the pull request');
  }
  const review: Review = {
    id: hub.world.nextId(),
    author,
    commit,
    submittedAt: hub.clock.now(),
    body: words,
    state,
  };
  pull.reviews.push(review);
  pull.requestedReviewers = pull.requestedReviewers.filter(({ id }) => id !== author.id);
  pull.updatedAt = review.submittedAt;
  if (state !== 'PENDING') emitReview(call, base, pull, review, 'submitted');
  return { status: 200, body: renderReview(hub, base, pull, review) };
}

function reviewOf(call: Call): Review {
  const review = pullOf(call).reviews.find(({ id }) => id === numberParam(call, 'id'));
  if (!review) throw notFound();
  return review;
}

function dismissReview(call: Call): Answer {
  const base = call.repository();
  const pull = pullOf(call);
  const review = reviewOf(call);
  const message = text(call.json(), 'message');
  if (review.state !== 'APPROVED' && review.state !== 'CHANGES_REQUESTED') {
    throw unprocessable(`Can not dismiss a ${review.state.toLowerCase()} pull request review`);
  }
  const dismissed = { state: review.state.toLowerCase(), review_id: review.id, dismissal_message: message };
  recordEvent(call.hub, base, pull, actorOf(call.caller), 'review_dismissed', {
    dismissed_review: dismissed,
  });
  review.state = 'DISMISSED';
  emitReview(call, base, pull, review, 'dismissed');
  return { status: 200, body: renderReview(call.hub, base, pull, review) };
}

/** A pending review is its author's alone. */
function listReviews(call: Call): Answer {
  const base = call.repository();
  const pull = pullOf(call);
  const reader = call.caller.kind === 'user' ? call.caller.account.id : 0;
  const visible = pull.reviews.filter(({ state, author }) => state !== 'PENDING' || author.id === reader);
  return paginate(
    call,
    visible.map((review) => renderReview(call.hub, base, pull, review)),
  );
}

function reviewersOf(call: Call, base: Repository, pull: Pull): Account[] {
  return list(call.json(), 'reviewers').map((name) => {
    const account = call.hub.account(String(name));
    if (account.id === pull.author.id)
      throw new HubError(422, 'Review cannot be requested from pull request author.');
    const collaborator = base.collaborators.has(account.id) || base.owner.id === account.id;
    if (!collaborator || !hasRole(call.hub.roleOf(account, base), 'read')) {
      throw new HubError(
        422,
        `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${base.fullName} repository.`,
      );
    }
    return account;
  });
}

async function requestReviewers(call: Call): Promise<Answer> {
  const { hub } = call;
  const base = call.repository();
  const pull = pullOf(call);
  const reviewers = reviewersOf(call, base, pull);
  const slugs = list(call.json(), 'team_reviewers').map(String);
  const teams = [...hub.world.teams.values()].filter(
    ({ slug, organization }) => slugs.includes(slug) && organization.id === base.owner.id,
  );
  if (teams.length !== slugs.length)
    throw new HubError(422, 'Could not resolve to a node with the global id of a team.');
  const actor = actorOf(call.caller);
  for (const account of reviewers.filter(
    ({ id }) => !pull.requestedReviewers.some((known) => known.id === id),
  )) {
    pull.requestedReviewers.push(account);
    recordEvent(hub, base, pull, actor, 'review_requested', {
      review_requester: renderUser(hub, actor),
      requested_reviewer: renderUser(hub, account),
    });
    await emitPull(hub, base, pull, 'review_requested', actor, {
      requested_reviewer: renderUser(hub, account),
    });
  }
  for (const team of teams.filter(({ id }) => !pull.requestedTeams.some((known) => known.id === id))) {
    pull.requestedTeams.push(team);
    recordEvent(hub, base, pull, actor, 'review_requested', {
      review_requester: renderUser(hub, actor),
      requested_team: renderTeam(hub, team),
    });
    await emitPull(hub, base, pull, 'review_requested', actor, {
      requested_team: renderEventTeam(hub, team),
    });
  }
  return { status: 201, body: renderSimplePull(hub, base, pull) };
}

function listRequested(call: Call): Answer {
  const pull = pullOf(call);
  const users = pull.requestedReviewers.map((account) => renderUser(call.hub, account));
  return {
    status: 200,
    body: { users, teams: pull.requestedTeams.map((team) => renderTeam(call.hub, team)) },
  };
}

export function mountReviews(routes: Routes): void {
  const path = '/repos/:owner/:repo/pulls/:number';
  routes.add('GET', `${path}/reviews`, listReviews, read);
  routes.add('POST', `${path}/reviews`, createReview, take);
  routes.add(
    'GET',
    `${path}/reviews/:id`,
    (call) => ({
      status: 200,
      body: renderReview(call.hub, call.repository(), pullOf(call), reviewOf(call)),
    }),
    read,
  );
  routes.add('PUT', `${path}/reviews/:id/dismissals`, dismissReview, { ...take, user: 'write' });
  routes.add('GET', `${path}/requested_reviewers`, listRequested, read);
  routes.add('POST', `${path}/requested_reviewers`, requestReviewers, { ...take, user: 'write' });
}
