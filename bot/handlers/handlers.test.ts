import { describe, expect, it } from 'vitest';
import { checkRunLooks } from './check-run.ts';
import { issueCommentLooks } from './issue-comment.ts';
import { mergeGroupLooks } from './merge-group.ts';
import { pullRequestLooks } from './pull-request.ts';
import { reviewLooks } from './pull-request-review.ts';
import { pushLooks } from './push.ts';
import { handlers } from './table.ts';
import { workflowRunLooks } from './workflow-run.ts';

describe('handlers say only where to look', () => {
  it('at the pull request that an event names', () => {
    expect(pullRequestLooks({ number: 7 })).toEqual([{ kind: 'pull', number: 7 }]);
    expect(reviewLooks({ pull_request: { number: 7 } })).toEqual([{ kind: 'pull', number: 7 }]);
  });

  it('at the commit of a run or check, since forks are named by no pull request', () => {
    expect(workflowRunLooks({ workflow_run: { head_sha: 'a' } })).toEqual([{ kind: 'commit', sha: 'a' }]);
    expect(checkRunLooks({ check_run: { head_sha: 'a' } })).toEqual([{ kind: 'commit', sha: 'a' }]);
    const pressed = (identifier: string) =>
      checkRunLooks({ check_run: { head_sha: 'a' }, requested_action: { identifier } });
    expect(pressed('look')).toEqual([{ kind: 'commit', sha: 'a' }]);
    expect(pressed('request')).toEqual([{ kind: 'commit', sha: 'a', asks: true }]);
    expect(mergeGroupLooks({ merge_group: { head_sha: 'a' } })).toEqual([
      { kind: 'merge group', headSha: 'a' },
    ]);
  });

  it('at the branch that moves, and at nothing for tags and deletions', () => {
    expect(pushLooks({ ref: 'refs/heads/main', deleted: false })).toEqual([
      { kind: 'branch', branch: 'main' },
    ]);
    expect(pushLooks({ ref: 'refs/tags/v1', deleted: false })).toEqual([]);
    expect(pushLooks({ ref: 'refs/heads/main', deleted: true })).toEqual([]);
  });

  it.each([
    ['a look that the app counted', 'Bot', 'Count look 3 on the held-out set of churn', 0],
    ['a promotion by the app', 'Bot', 'Record pull request 7: register churn', 1],
    ['a person who calls it a look', 'User', 'Count look 3', 1],
  ])('after a push, %s', (_, type, message, looks) => {
    const push = { ref: 'refs/heads/main', deleted: false, sender: { type }, head_commit: { message } };
    expect(pushLooks(push)).toHaveLength(looks);
  });

  it.each([
    ['a command', '/gatehouse retry', 1],
    ['a command on a later line', 'hello\n/gatehouse explain', 1],
    ['an approval in words', 'LGTM :+1: approve', 0],
    ['a command inside a line', 'please /gatehouse retry', 0],
    ['another app', '/gatehousekeeper do', 0],
  ])('a comment makes us look only when it is %s', (_, body, looks) => {
    const payload = { issue: { number: 7, pull_request: {} }, comment: { id: 9, body } };
    expect(issueCommentLooks(payload)).toHaveLength(looks);
    expect(issueCommentLooks({ ...payload, issue: { number: 7 } })).toEqual([]);
  });
});

describe('the table of events', () => {
  const comment = {
    issue: { number: 7, pull_request: {} },
    comment: { id: 9, body: '/gatehouse explain' },
    sender: { type: 'User' },
  };

  it.each([
    ['created', true],
    ['edited', false],
    ['deleted', false],
  ])('a comment is heard once: %s, %s', (action, heard) => {
    expect(handlers.issue_comment?.({ action, ...comment })?.length !== 0).toBe(heard);
  });

  it('a payload of another event is not read as this one, since the name is not signed', () => {
    const review = { action: 'created', pull_request: { number: 7 }, review: {} };
    expect(handlers.issue_comment?.(review)).toBeNull();
    expect(handlers.push?.({ action: 'created', ...comment })).toBeNull();
    expect(handlers.workflow_run?.({ workflow_run: { head_sha: 'HEAD; rm' } })).toBeNull();
  });

  it.each([
    ['a stranger in a public repository', 'NONE', false, false],
    ['somebody who comes for the first time', 'FIRST_TIME_CONTRIBUTOR', false, false],
    ['whoever had something merged: it may be a member in private', 'CONTRIBUTOR', false, true],
    ['a member', 'MEMBER', false, true],
    ['anybody in a private repository', 'NONE', true, true],
    ['somebody of whom nothing is told', undefined, false, true],
  ])('drops before any call what is only said by %s: %s', (_, association, isPrivate, isHeard) => {
    const [author, repository] = [{ author_association: association }, { private: isPrivate }];
    const comment = { id: 9, body: '/gatehouse retry', user: { id: 3 }, ...author };
    const command = { issue: { number: 7, pull_request: {} }, comment, repository };
    const asked = isHeard ? [{ kind: 'command', number: 7, comment: 9, actor: 3 }] : [];
    expect(issueCommentLooks(command)).toEqual(asked);
    const review = (state: string) =>
      reviewLooks({
        pull_request: { number: 7 },
        review: { state, ...author },
        ...{ sender: { id: 3 }, repository },
      });
    expect(review('commented')).toHaveLength(isHeard ? 1 : 0);
    // An approval may count, if only because a role names them; it is counted how many come.
    const counted = isHeard ? {} : { actor: 3 };
    expect(review('approved')).toEqual([{ kind: 'pull', number: 7, ...counted }]);
    const pull = (action: string) =>
      pullRequestLooks({ number: 7, action, pull_request: author, sender: { id: 3 }, repository });
    expect(pull('edited')).toEqual([{ kind: 'pull', number: 7, ...counted }]);
    expect(pull('closed')).toEqual([{ kind: 'pull', number: 7 }]);
  });

  it('takes a payload whose words about people have another shape: nobody is dropped by mistake', () => {
    const odd = { repository: { private: 'no' }, sender: null, pull_request: { author_association: 5 } };
    expect(handlers.pull_request?.({ action: 'opened', number: 7, ...odd })).toEqual([
      { kind: 'pull', number: 7 },
    ]);
    expect(handlers.pull_request?.({ action: 'labeled', number: 7 })).toEqual([]);
    expect(handlers.pull_request?.('text')).toBeNull();
  });
});
