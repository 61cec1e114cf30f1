import type { Hub, Json } from '../hub/interface.ts';
import type { Account, Pull, Repository } from '../hub/world.ts';
import type { CommitReader } from './commit-reader.ts';
import type { Happening } from './trigger.ts';
import { mappingOf } from './workflow.ts';

/** An event of the hub that may start runs, with the commit whose workflow files count. */
export interface Occasion {
  readonly repository: Repository;
  readonly headRepository: Repository;
  readonly happening: Happening;
  readonly payload: Json;
  readonly sender: Account;
  /** Ref and commit that the run is on: the merge commit for a pull request. */
  readonly ref: string;
  readonly sha: string;
  readonly headSha: string;
  readonly headBranch: string | null;
  readonly pull: Pull | undefined;
  readonly title: string;
}

const ZERO = /^0+$/;

/** Makes an occasion of a hub event; undefined when it starts nothing. Reads the hub's state of this moment. */
export function toOccasion(
  hub: Hub,
  reader: CommitReader,
  event: string,
  action: string | undefined,
  payload: Json,
  repository: Repository,
): Occasion | undefined {
  const sender = hub.world.accounts.get(Number(mappingOf(payload.sender).id));
  // What a job does with its own token starts no further run, or workflows could call themselves for ever.
  if (sender === undefined || sender.login === 'github-actions[bot]') return undefined;
  if (event === 'pull_request') return pullOccasion(hub, reader, action, payload, repository, sender);
  if (event === 'push') return pushOccasion(hub, reader, payload, repository, sender);
  return undefined;
}

function pullOccasion(
  hub: Hub,
  reader: CommitReader,
  action: string | undefined,
  payload: Json,
  repository: Repository,
  sender: Account,
): Occasion | undefined {
  const pull = repository.pulls.get(Number(payload.number));
  const headRepository = hub.world.repositories.get(pull?.headRepositoryId ?? -1);
  // GitHub runs nothing for a pull request that does not merge cleanly.
  if (pull === undefined || headRepository === undefined || pull.mergeCommitSha === null) return undefined;
  if (pull.state === 'open' && pull.mergeable !== true) return undefined;
  const { headSha, mergeCommitSha: sha, baseRef, baseSha, title } = pull;
  const changedPaths = () => reader.changedPaths(hub.git(repository), baseSha, headSha, true);
  const happening = { event: 'pull_request', action, ref: `refs/heads/${baseRef}`, changedPaths };
  const ref = `refs/pull/${pull.number}/merge`;
  return {
    ...{ repository, headRepository, happening, payload, sender, ref, sha, headSha, pull, title },
    headBranch: pull.headRef,
  };
}

function pushOccasion(
  hub: Hub,
  reader: CommitReader,
  payload: Json,
  repository: Repository,
  sender: Account,
): Occasion | undefined {
  const [ref, before, after] = [String(payload.ref), String(payload.before), String(payload.after)];
  if (ZERO.test(after) || !/^refs\/(heads|tags)\//.test(ref)) return undefined;
  const message = String(mappingOf(payload.head_commit).message ?? '');
  if (/\[(skip ci|ci skip|no ci|skip actions|actions skip)\]/i.test(message)) return undefined;
  const changedPaths = () => reader.changedPaths(hub.git(repository), before, after, false);
  return {
    ...{
      repository,
      headRepository: repository,
      payload,
      sender,
      ref,
      sha: after,
      headSha: after,
      pull: undefined,
    },
    happening: { event: 'push', action: undefined, ref, changedPaths },
    headBranch: ref.replace(/^refs\/(?:heads|tags)\//, ''),
    title: message.split('\n')[0] ?? '',
  };
}

/** Makes the occasion of a manual start. */
export function dispatchOccasion(
  repository: Repository,
  ref: string,
  sha: string,
  inputs: Json,
  workflowPath: string,
  sender: Account,
): Occasion {
  const payload = {
    ...{ inputs, ref, workflow: workflowPath },
    repository: {
      id: repository.id,
      full_name: repository.fullName,
      default_branch: repository.defaultBranch,
    },
    sender: { id: sender.id, login: sender.login },
  };
  const happening = { event: 'workflow_dispatch', action: undefined, ref, changedPaths: async () => [] };
  return {
    ...{ repository, headRepository: repository, happening, payload, sender, ref, sha, headSha: sha },
    ...{ pull: undefined, headBranch: ref.replace(/^refs\/(?:heads|tags)\//, ''), title: workflowPath },
  };
}

/** Makes the occasion of a scheduled start: the newest commit of the default branch, as GitHub takes it. */
export function scheduleOccasion(
  repository: Repository,
  sha: string,
  cron: string,
  sender: Account,
): Occasion {
  const ref = `refs/heads/${repository.defaultBranch}`;
  const payload = {
    schedule: cron,
    repository: {
      id: repository.id,
      full_name: repository.fullName,
      default_branch: repository.defaultBranch,
    },
    sender: { id: sender.id, login: sender.login },
  };
  const happening = { event: 'schedule', action: undefined, ref, changedPaths: async () => [] };
  return {
    ...{ repository, headRepository: repository, happening, payload, sender, ref, sha, headSha: sha },
    ...{ pull: undefined, headBranch: repository.defaultBranch, title: 'schedule' },
  };
}
