import type { Look } from '../look.ts';

/** Opened, pushed to, edited, closed, merged: in every case look at it again. */
export function pullRequestLooks(payload: { readonly number: number }): readonly Look[] {
  return [{ kind: 'pull', number: payload.number }];
}
