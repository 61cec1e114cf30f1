import { countHeadline, type Look } from '../look.ts';

interface Push {
  readonly ref: string;
  readonly deleted: boolean;
  readonly sender?: { readonly type?: string | undefined } | undefined;
  readonly head_commit?: { readonly message: string } | null | undefined;
}

/**
 * A base branch or the ledger may have moved: what is open to that branch is looked at again. Tags and deletions move
 * nothing, and neither does a look that was counted: only its own pull request has to do with it.
 */
export function pushLooks({ ref, deleted, sender, head_commit: commit }: Push): readonly Look[] {
  if (!ref.startsWith('refs/heads/') || deleted) return [];
  if (sender?.type === 'Bot' && commit?.message.startsWith(countHeadline) === true) return [];
  return [{ kind: 'branch', branch: ref.slice('refs/heads/'.length) }];
}
