import type { Look } from '../look.ts';
import { isStranger } from './stranger.ts';

/**
 * Comments never approve and change nothing: a line that starts with `/gatehouse` may make us look again and be answered.
 * Everything else, every comment on a plain issue, and whatever a bot or a stranger writes is dropped before any call is
 * made. The body of an event is believed only so far: to drop.
 */
export function issueCommentLooks(payload: {
  readonly issue: { readonly number: number; readonly pull_request?: unknown };
  readonly comment: {
    readonly id: number;
    readonly body: string;
    readonly author_association?: string | undefined;
    readonly user?: { readonly id: number } | undefined;
  };
  readonly sender?: { readonly type: string } | undefined;
  readonly repository?: { readonly private: boolean } | undefined;
}): readonly Look[] {
  if (isStranger(payload.comment.author_association, payload.repository)) return [];
  if (payload.issue.pull_request === undefined || payload.sender?.type === 'Bot') return [];
  if (!/^\/gatehouse(?:\s|$)/m.test(payload.comment.body)) return [];
  const { number } = payload.issue;
  const { id: comment, user } = payload.comment;
  return [{ kind: 'command', number, comment, ...(user ? { actor: user.id } : {}) }];
}
