import type { Look } from '../look.ts';

/** A run started or ended. For forks the payload names no pull request, so the commit is looked up. */
export function workflowRunLooks(payload: {
  readonly workflow_run: { readonly head_sha: string };
}): readonly Look[] {
  return [{ kind: 'commit', sha: payload.workflow_run.head_sha }];
}
