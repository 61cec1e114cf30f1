import type { Look } from '../look.ts';

/**
 * "Re-run" or a button pressed on our check: GitHub shows them to those who may push. A check belongs to a commit: which pull
 * requests have it is asked, not believed.
 */
export function checkRunLooks(payload: {
  readonly check_run: { readonly head_sha: string };
  readonly requested_action?: { readonly identifier: string } | undefined;
}): readonly Look[] {
  const asks = payload.requested_action?.identifier === 'request';
  return [{ kind: 'commit', sha: payload.check_run.head_sha, ...(asks ? { asks } : {}) }];
}
