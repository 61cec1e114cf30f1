import type { Look } from '../look.ts';
import { isStranger } from './stranger.ts';

/** Opened, pushed to, edited, closed, merged: in every case look at it again. What a stranger does is counted. */
export function pullRequestLooks(payload: {
  readonly number: number;
  readonly action?: string | undefined;
  readonly pull_request?: { readonly author_association?: string | undefined } | undefined;
  readonly sender?: { readonly id: number } | undefined;
  readonly repository?: { readonly private: boolean } | undefined;
}): readonly Look[] {
  const { number, action, pull_request: pull, sender, repository } = payload;
  // Whoever merges or closes may be anybody, and is heard always.
  const isCounted = action !== 'closed' && isStranger(pull?.author_association, repository);
  return [{ kind: 'pull', number, ...(isCounted && sender ? { actor: sender.id } : {}) }];
}

/**
 * What of it may change a decision, or the check and comment that show it. Labels, assignees, milestones, locks and
 * requested reviewers do not.
 */
export const pullRequestActions: readonly string[] = [
  ...['opened', 'reopened', 'edited', 'synchronize', 'closed'],
  ...['ready_for_review', 'converted_to_draft', 'enqueued', 'dequeued'],
];
