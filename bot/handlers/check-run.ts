import type { Look } from '../look.ts';

/** "Re-run" pressed on our check. A check belongs to a commit: which pull requests have it is asked, not believed. */
export function checkRunLooks(payload: {
  readonly check_run: { readonly head_sha: string };
}): readonly Look[] {
  return [{ kind: 'commit', sha: payload.check_run.head_sha }];
}
