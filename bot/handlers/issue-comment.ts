import type { Look } from '../look.ts';

/**
 * Comments never approve and change nothing: a line that starts with `/gatehouse` makes us look again, nothing more.
 * Everything else, and every comment on a plain issue, is dropped before any call is made.
 */
export function issueCommentLooks(payload: {
  readonly issue: { readonly number: number; readonly pull_request?: unknown };
  readonly comment: { readonly body: string };
}): readonly Look[] {
  if (payload.issue.pull_request === undefined) return [];
  if (!/^\/gatehouse(?:\s|$)/m.test(payload.comment.body)) return [];
  return [{ kind: 'pull', number: payload.issue.number }];
}
