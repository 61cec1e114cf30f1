import { actorOf } from '../access.ts';
import { HubError, notFound, validationFailed } from '../hub-error.ts';
import type { Access, Answer, Call, Hub, Routes } from '../interface.ts';
import { renderApp, renderUser } from '../render/account.ts';
import { renderComment, renderIssue } from '../render/pull.ts';
import { repositoryUrl } from '../render/repository.ts';
import { nodeId } from '../webhook.ts';
import type { Account, Comment, Issue, IssueEvent, Repository } from '../world.ts';
import { list, numberParam, optionalText, paginate, text } from './page.ts';

const read: Access = { scope: 'issues', level: 'read' };
/** Anybody who can read may open issues and comment; apps need the scope. */
const take: Access = { scope: 'issues', level: 'write', user: 'read' };

/** Comments of pull requests obey either scope on GitHub. */
export function authorizeTalk(call: Call, level: 'read' | 'write'): void {
  const access: Access = { scope: 'issues', level, user: 'read' };
  try {
    call.hub.authorize(call.caller, call.repository(), access);
  } catch (error) {
    if (!(error instanceof HubError && error.status === 403)) throw error;
    call.hub.authorize(call.caller, call.repository(), { ...access, scope: 'pull_requests' });
  }
}

export const appIdOf = (call: Call): number | null =>
  call.caller.kind === 'installation' || call.caller.kind === 'job' ? call.caller.app.id : null;

export function issueOf(repository: Repository, number: number): Issue {
  const issue = repository.issues.get(number);
  if (!issue) throw notFound();
  return issue;
}

function accountsOf(hub: Hub, names: readonly unknown[]): Account[] {
  return names.map((name) => {
    try {
      return hub.account(String(name));
    } catch {
      throw validationFailed('Issue', 'assignees', `${name} is not an account`, 'invalid');
    }
  });
}

const labelsOf = (hub: Hub, values: readonly unknown[]) =>
  values.map((value) => ({
    id: hub.world.nextId(),
    name: typeof value === 'string' ? value : String(value),
  }));

function emitIssue(call: Call, repository: Repository, issue: Issue, action: string): void {
  const payload = { issue: renderIssue(call.hub, repository, issue) };
  call.hub.emit('issues', action, payload, repository, actorOf(call.caller));
}

function createIssue(call: Call): Answer {
  const { hub } = call;
  const body = call.json();
  const repository = call.repository();
  const now = hub.clock.now();
  const issue: Issue = {
    id: hub.world.nextId(),
    number: repository.nextNumber++,
    author: actorOf(call.caller),
    appId: appIdOf(call),
    createdAt: now,
    title: text(body, 'title'),
    body: checkBody(optionalText(body, 'body') ?? null, 'Issue'),
    state: 'open',
    updatedAt: now,
    closedAt: null,
    labels: labelsOf(hub, list(body, 'labels')),
    assignees: accountsOf(hub, list(body, 'assignees')),
  };
  repository.issues.set(issue.number, issue);
  emitIssue(call, repository, issue, 'opened');
  return { status: 201, body: renderIssue(hub, repository, issue) };
}

function patchIssue(call: Call): Answer {
  const { hub } = call;
  const body = call.json();
  const repository = call.repository();
  const issue = issueOf(repository, numberParam(call, 'number'));
  const state = optionalText(body, 'state');
  issue.title = optionalText(body, 'title') ?? issue.title;
  if (body.body !== undefined) issue.body = checkBody(optionalText(body, 'body') ?? null, 'Issue');
  if (body.labels !== undefined) issue.labels = labelsOf(hub, list(body, 'labels'));
  if (body.assignees !== undefined) issue.assignees = accountsOf(hub, list(body, 'assignees'));
  issue.updatedAt = hub.clock.now();
  if ((state === 'open' || state === 'closed') && state !== issue.state) {
    issue.state = state;
    issue.closedAt = state === 'closed' ? issue.updatedAt : null;
    emitIssue(call, repository, issue, state === 'closed' ? 'closed' : 'reopened');
  }
  return { status: 200, body: renderIssue(hub, repository, issue) };
}

function listIssues(call: Call): Answer {
  const repository = call.repository();
  const state = call.query.get('state') ?? 'open';
  const labels = (call.query.get('labels') ?? '').split(',').filter((label) => label !== '');
  const creator = call.query.get('creator');
  const found = [...repository.issues.values()].filter(
    (issue) =>
      (state === 'all' || issue.state === state) &&
      (creator === null || issue.author.login === creator) &&
      labels.every((label) => issue.labels.some(({ name }) => name === label)),
  );
  return paginate(
    call,
    found.reverse().map((issue) => renderIssue(call.hub, repository, issue)),
  );
}

/** GitHub counts characters, not bytes. */
export function checkBody<Body extends string | null>(body: Body, resource: string): Body {
  if (Array.from(body ?? '').length > 65_536) {
    throw validationFailed(
      resource,
      'body',
      'Body is too long (maximum is 65536 characters)',
      'unprocessable',
    );
  }
  return body;
}

function emitComment(call: Call, repository: Repository, comment: Comment, action: string, extra = {}): void {
  const issue = renderIssue(call.hub, repository, issueOf(repository, comment.issue));
  const payload = { issue, comment: renderComment(call.hub, repository, comment), ...extra };
  call.hub.emit('issue_comment', action, payload, repository, actorOf(call.caller));
}

function createComment(call: Call): Answer {
  authorizeTalk(call, 'write');
  const { hub } = call;
  const repository = call.repository();
  const issue = issueOf(repository, numberParam(call, 'number'));
  const now = hub.clock.now();
  const comment: Comment = {
    id: hub.world.nextId(),
    issue: issue.number,
    author: actorOf(call.caller),
    appId: appIdOf(call),
    createdAt: now,
    body: checkBody(text(call.json(), 'body'), 'IssueComment'),
    updatedAt: now,
    reactions: [],
  };
  if (comment.body.trim() === '')
    throw validationFailed('IssueComment', 'body', 'Body cannot be blank', 'unprocessable');
  repository.comments.set(comment.id, comment);
  issue.updatedAt = now;
  emitComment(call, repository, comment, 'created');
  return { status: 201, body: renderComment(hub, repository, comment) };
}

export function commentOf(call: Call): Comment {
  const comment = call.repository().comments.get(numberParam(call, 'id'));
  if (!comment) throw notFound();
  return comment;
}

/** A comment is edited by its author or by whoever may write. */
function authorizeEdit(call: Call, comment: Comment): void {
  authorizeTalk(call, 'write');
  if (call.caller.kind !== 'user' || call.caller.account.id === comment.author.id) return;
  call.hub.authorize(call.caller, call.repository(), { scope: 'issues', level: 'write', user: 'write' });
}

function patchComment(call: Call): Answer {
  const comment = commentOf(call);
  authorizeEdit(call, comment);
  const repository = call.repository();
  const before = comment.body;
  comment.body = checkBody(text(call.json(), 'body'), 'IssueComment');
  comment.updatedAt = call.hub.clock.now();
  emitComment(call, repository, comment, 'edited', { changes: { body: { from: before } } });
  return { status: 200, body: renderComment(call.hub, repository, comment) };
}

function deleteComment(call: Call): Answer {
  const comment = commentOf(call);
  authorizeEdit(call, comment);
  emitComment(call, call.repository(), comment, 'deleted');
  call.repository().comments.delete(comment.id);
  return { status: 204 };
}

function listComments(call: Call): Answer {
  authorizeTalk(call, 'read');
  const repository = call.repository();
  const issue = issueOf(repository, numberParam(call, 'number'));
  const since = call.query.get('since');
  const found = [...repository.comments.values()].filter(
    (comment) => comment.issue === issue.number && (since === null || comment.updatedAt >= since),
  );
  return paginate(
    call,
    found.map((comment) => renderComment(call.hub, repository, comment)),
  );
}

function renderEvent(call: Call, repository: Repository, event: IssueEvent) {
  const url = repositoryUrl(call.hub, repository);
  const app = event.appId === null ? undefined : call.hub.world.apps.get(event.appId);
  return {
    id: event.id,
    node_id: nodeId('IssueEvent', event.id),
    url: `${url}/issues/events/${event.id}`,
    actor: renderUser(call.hub, event.actor),
    event: event.event,
    commit_id: event.commit,
    commit_url: event.commit === null ? null : `${url}/commits/${event.commit}`,
    created_at: event.createdAt,
    performed_via_github_app: app ? renderApp(call.hub, app) : null,
    ...event.detail,
  };
}

function listEvents(call: Call): Answer {
  authorizeTalk(call, 'read');
  const repository = call.repository();
  const issue = issueOf(repository, numberParam(call, 'number'));
  const found = repository.events.filter((event) => event.issue === issue.number);
  return paginate(
    call,
    found.map((event) => renderEvent(call, repository, event)),
  );
}

export function mountIssues(routes: Routes): void {
  const path = '/repos/:owner/:repo/issues';
  routes.add('POST', path, createIssue, take);
  routes.add('GET', path, listIssues, read);
  routes.add('GET', `${path}/comments/:id`, (call) => {
    authorizeTalk(call, 'read');
    return { status: 200, body: renderComment(call.hub, call.repository(), commentOf(call)) };
  });
  routes.add('PATCH', `${path}/comments/:id`, patchComment);
  routes.add('DELETE', `${path}/comments/:id`, deleteComment);
  routes.add('GET', `${path}/:number/comments`, listComments);
  routes.add('POST', `${path}/:number/comments`, createComment);
  routes.add('GET', `${path}/:number/events`, listEvents);
  routes.add('GET', `${path}/:number`, (call) => {
    authorizeTalk(call, 'read');
    const issue = issueOf(call.repository(), numberParam(call, 'number'));
    return { status: 200, body: renderIssue(call.hub, call.repository(), issue) };
  });
  routes.add('PATCH', `${path}/:number`, patchIssue, { scope: 'issues', level: 'write', user: 'triage' });
}
