import type { Look } from '../look.ts';

/**
 * Comments never approve and change nothing: a line that starts with `/gatehouse` makes us look again and may be answered.
 * Everything else, every comment on a plain issue and whatever a bot writes is dropped before any call is made. The
 * body of an event is believed only so far: to drop.
 */
export function issueCommentLooks(payload: {
  readonly issue: { readonly number: number; readonly pull_request?: unknown };
  readonly comment: { readonly id: number; readonly body: string };
  readonly sender?: { readonly type: string } | undefined;
}): readonly Look[] {
  if (payload.issue.pull_request === undefined || payload.sender?.type === 'Bot') return [];
  if (!/^\/gatehouse(?:\s|$)/m.test(payload.comment.body)) return [];
  const { number } = payload.issue;
  return [
    { kind: 'pull', number },
    { kind: 'command', number, comment: payload.comment.id },
  ];
}
