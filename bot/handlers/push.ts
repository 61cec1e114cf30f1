import type { Look } from '../look.ts';

/** A base branch or the ledger may have moved: everything open is looked at again. Tags and deletions move nothing. */
export function pushLooks(payload: { readonly ref: string; readonly deleted: boolean }): readonly Look[] {
  if (!payload.ref.startsWith('refs/heads/') || payload.deleted) return [];
  return [{ kind: 'repository' }];
}
