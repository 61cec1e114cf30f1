import type { Hub } from '../interface.ts';
import { mergeBlock } from '../merge-rule.ts';
import { headRepository } from '../pull.ts';
import { nodeId } from '../webhook.ts';
import type { Account, Comment, Issue, Pull, Reaction, Repository, Review } from '../world.ts';
import { renderApp, renderSimpleTeam, renderTeam, renderUser } from './account.ts';
import { renderRepository, repositoryUrl, webUrl } from './repository.ts';

export function association(account: Account, repository: Repository): string {
  if (repository.owner.id === account.id) return 'OWNER';
  return repository.collaborators.has(account.id) ? 'COLLABORATOR' : 'NONE';
}

const renderLabel = (
  hub: Hub,
  repository: Repository,
  label: { readonly id: number; readonly name: string },
) => ({
  id: label.id,
  node_id: nodeId('Label', label.id),
  url: `${repositoryUrl(hub, repository)}/labels/${encodeURIComponent(label.name)}`,
  name: label.name,
  description: null,
  color: 'ededed',
  default: false,
});

const reference = (hub: Hub, repository: Repository, ref: string, sha: string) => ({
  label: `${repository.owner.login}:${ref}`,
  ref,
  sha,
  user: renderUser(hub, repository.owner),
  repo: renderRepository(hub, repository),
});

function pullLinks(hub: Hub, base: Repository, pull: Pull) {
  const url = `${repositoryUrl(hub, base)}/pulls/${pull.number}`;
  const issue = `${repositoryUrl(hub, base)}/issues/${pull.number}`;
  return {
    self: url,
    html: `${webUrl(hub, base)}/pull/${pull.number}`,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${repositoryUrl(hub, base)}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: `${repositoryUrl(hub, base)}/statuses/${pull.headSha}`,
  };
}

/** `pull-request-simple`: what lists tell. */
export function renderSimplePull(hub: Hub, base: Repository, pull: Pull) {
  const links = pullLinks(hub, base, pull);
  return {
    url: links.self,
    id: pull.id,
    node_id: nodeId('PullRequest', pull.id),
    html_url: links.html,
    diff_url: `${links.html}.diff`,
    patch_url: `${links.html}.patch`,
    issue_url: links.issue,
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: renderUser(hub, pull.author),
    body: pull.body,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommitSha,
    assignee: pull.assignees[0] ? renderUser(hub, pull.assignees[0]) : null,
    assignees: pull.assignees.map((account) => renderUser(hub, account)),
    requested_reviewers: pull.requestedReviewers.map((account) => renderUser(hub, account)),
    requested_teams: pull.requestedTeams.map((team) => renderTeam(hub, team)),
    labels: pull.labels.map((label) => renderLabel(hub, base, label)),
    milestone: null,
    draft: pull.draft,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    head: reference(hub, headRepository(hub, pull), pull.headRef, pull.headSha),
    base: reference(hub, base, pull.baseRef, pull.baseSha),
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
    author_association: association(pull.author, base),
    auto_merge: null,
    active_lock_reason: null,
  };
}

function mergeableState(hub: Hub, base: Repository, pull: Pull): string {
  if (pull.mergedAt !== null || pull.mergeable === null) return 'unknown';
  if (pull.draft) return 'draft';
  if (!pull.mergeable) return 'dirty';
  return mergeBlock(hub, base, pull) === null ? 'clean' : 'blocked';
}

/** `pull-request`: one pull request with what lists leave out. */
export async function renderPull(hub: Hub, base: Repository, pull: Pull) {
  const git = hub.git(base);
  const from = (await git.mergeBase(pull.baseSha, pull.headSha)) ?? pull.baseSha;
  const files = await git.diff(from, pull.headSha);
  const commits = await git.list([pull.headSha, `^${pull.baseSha}`]);
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  return {
    ...renderSimplePull(hub, base, pull),
    requested_teams: pull.requestedTeams.map((team) => renderSimpleTeam(hub, team)),
    merged: pull.mergedAt !== null,
    mergeable: pull.mergedAt === null ? pull.mergeable : null,
    rebaseable: pull.mergedAt === null ? pull.mergeable : null,
    mergeable_state: mergeableState(hub, base, pull),
    merged_by: pull.mergedBy ? renderUser(hub, pull.mergedBy) : null,
    comments: [...base.comments.values()].filter(({ issue }) => issue === pull.number).length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: commits.length,
    additions: sum(files.map(({ additions }) => additions)),
    deletions: sum(files.map(({ deletions }) => deletions)),
    changed_files: files.length,
  };
}

/** `pull-request-review`. */
export function renderReview(hub: Hub, base: Repository, pull: Pull, review: Review) {
  const links = pullLinks(hub, base, pull);
  const html = `${links.html}#pullrequestreview-${review.id}`;
  return {
    id: review.id,
    node_id: nodeId('PullRequestReview', review.id),
    user: renderUser(hub, review.author),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: links.self,
    author_association: association(review.author, base),
    _links: { html: { href: html }, pull_request: { href: links.self } },
    submitted_at: review.submittedAt,
    commit_id: review.commit,
  };
}

/** `issue`; a pull request is one too. */
export function renderIssue(hub: Hub, repository: Repository, issue: Issue) {
  const url = `${repositoryUrl(hub, repository)}/issues/${issue.number}`;
  const pull = repository.pulls.get(issue.number);
  const html = `${webUrl(hub, repository)}/${pull ? 'pull' : 'issues'}/${issue.number}`;
  const app = issue.appId === null ? undefined : hub.world.apps.get(issue.appId);
  return {
    url,
    repository_url: repositoryUrl(hub, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: html,
    id: issue.id,
    node_id: nodeId('Issue', issue.id),
    number: issue.number,
    title: issue.title,
    user: renderUser(hub, issue.author),
    labels: issue.labels.map((label) => renderLabel(hub, repository, label)),
    state: issue.state,
    locked: false,
    assignee: issue.assignees[0] ? renderUser(hub, issue.assignees[0]) : null,
    assignees: issue.assignees.map((account) => renderUser(hub, account)),
    milestone: null,
    comments: [...repository.comments.values()].filter(({ issue: number }) => number === issue.number).length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    author_association: association(issue.author, repository),
    active_lock_reason: null,
    body: issue.body,
    reactions: renderReactions(`${url}/reactions`),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: app ? renderApp(hub, app) : null,
    state_reason: issue.state === 'closed' ? 'completed' : null,
    ...(pull
      ? {
          draft: pull.draft,
          pull_request: {
            url: `${repositoryUrl(hub, repository)}/pulls/${pull.number}`,
            html_url: html,
            diff_url: `${html}.diff`,
            patch_url: `${html}.patch`,
            merged_at: pull.mergedAt,
          },
        }
      : {}),
  };
}

const renderReactions = (url: string, contents: readonly string[] = []) => {
  const count = (content: string) => contents.filter((one) => one === content).length;
  return {
    url,
    total_count: contents.length,
    '+1': count('+1'),
    '-1': count('-1'),
    laugh: count('laugh'),
    hooray: count('hooray'),
    confused: count('confused'),
    heart: count('heart'),
    rocket: count('rocket'),
    eyes: count('eyes'),
  };
};

/** `reaction`. */
export const renderReaction = (hub: Hub, { id, author, content, createdAt }: Reaction) => ({
  id,
  node_id: nodeId('Reaction', id),
  user: renderUser(hub, author),
  content,
  created_at: createdAt,
});

/** `issue-comment`. */
export function renderComment(hub: Hub, repository: Repository, comment: Comment) {
  const url = `${repositoryUrl(hub, repository)}/issues/comments/${comment.id}`;
  const kind = repository.pulls.has(comment.issue) ? 'pull' : 'issues';
  const app = comment.appId === null ? undefined : hub.world.apps.get(comment.appId);
  return {
    url,
    html_url: `${webUrl(hub, repository)}/${kind}/${comment.issue}#issuecomment-${comment.id}`,
    issue_url: `${repositoryUrl(hub, repository)}/issues/${comment.issue}`,
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    user: renderUser(hub, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: association(comment.author, repository),
    body: comment.body,
    reactions: renderReactions(
      `${url}/reactions`,
      comment.reactions.map(({ content }) => content),
    ),
    performed_via_github_app: app ? renderApp(hub, app) : null,
  };
}
