import type { Look } from '../look.ts';
import { isStranger } from './stranger.ts';

/**
 * A review by anybody may count, if only because a role names them; a mere comment counts for nothing, and a stranger's
 * is dropped; what else a stranger says is counted.
 */
export function reviewLooks(payload: {
  readonly pull_request: { readonly number: number };
  readonly review?: { readonly state: string; readonly author_association?: string | undefined } | undefined;
  readonly sender?: { readonly id: number } | undefined;
  readonly repository?: { readonly private: boolean } | undefined;
}): readonly Look[] {
  const { review, sender, repository } = payload;
  const isStrange = isStranger(review?.author_association, repository);
  if (isStrange && review?.state?.toLowerCase() === 'commented') return [];
  const actor = isStrange && sender ? { actor: sender.id } : {};
  return [{ kind: 'pull', number: payload.pull_request.number, ...actor }];
}
