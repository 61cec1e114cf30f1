import { InputError } from '../../core/error/error.ts';

/** The commit of a branch that a run is on: pushed, dispatched, or the default branch's at the scheduled time. */
export interface BranchEvent {
  /** 40 hex characters. */
  readonly commit: string;
  readonly branch: string;
}

/**
 * Reads what the runner itself says; no event body is believed.
 * @throws InputError EVENT_NOT_SUPPORTED for a pull request, a tag and whatever else is no branch: files of the commit
 * are going to govern
 */
export function readBranchEvent(env: NodeJS.ProcessEnv = process.env): BranchEvent {
  const branch = /^refs\/heads\/(.+)$/.exec(env.GITHUB_REF ?? '')?.[1];
  const commit = env.GITHUB_SHA ?? '';
  if (branch !== undefined && /^[0-9a-f]{40}$/.test(commit)) return { commit, branch };
  throw new InputError(
    'EVENT_NOT_SUPPORTED',
    `This workflow was started by "${env.GITHUB_EVENT_NAME ?? 'nothing'}" on ${env.GITHUB_REF ?? 'no ref'}, not on a branch.`,
    { hint: 'Start it with schedule, workflow_dispatch or push of a governed branch.' },
  );
}
