import { type Commit, ZERO } from './git.ts';
import { HubError } from './hub-error.ts';
import type { Hub } from './interface.ts';
import { closePull, markMerged, synchronizePull } from './pull.ts';
import { renderPush } from './render/push.ts';
import type { Account, Activity, ActivityType, Caller, Protection, Repository } from './world.ts';

export interface RefChange {
  readonly ref: string;
  readonly before: string;
  readonly after: string;
}

const branchOf = (ref: string): string => ref.replace(/^refs\/heads\//, '');

export function protectionOf(repository: Repository, ref: string): Protection | undefined {
  return repository.protections.get(branchOf(ref));
}

/** Whether a ruleset keeps this caller from updating the ref directly. */
export function isRestricted(protection: Protection | undefined, caller: Caller): boolean {
  if (!protection?.onlyApps) return false;
  if (caller.kind === 'installation' || caller.kind === 'job')
    return !protection.onlyApps.includes(caller.app.id);
  return caller.kind !== 'user' || !(protection.bypass ?? []).includes(caller.account.id);
}

export function needsPull(protection: Protection | undefined, caller: Caller): boolean {
  if (!protection?.requirePullRequest) return false;
  return caller.kind !== 'user' || !(protection.bypass ?? []).includes(caller.account.id);
}

const touchesWorkflows = async (hub: Hub, repository: Repository, change: RefChange): Promise<boolean> => {
  const git = hub.git(repository);
  const before = change.before === ZERO ? await git.resolve('HEAD^{commit}') : change.before;
  const workflows = async (commit: string | null) =>
    commit === null ? null : await git.resolve(`${commit}:.github/workflows`);
  const after = await workflows(change.after);
  return after !== null && after !== (await workflows(before));
};

/**
 * Refuses what rules forbid, for changes that do not come through git itself (there the hook refuses).
 * @throws HubError 403 or 422
 */
export async function checkRules(
  hub: Hub,
  repository: Repository,
  change: RefChange,
  caller: Caller,
): Promise<void> {
  const protection = protectionOf(repository, change.ref);
  if (isRestricted(protection, caller)) {
    throw new HubError(422, 'Repository rule violations found\n\nCannot update this protected ref.\n\n');
  }
  if (needsPull(protection, caller)) {
    throw new HubError(
      422,
      'Repository rule violations found\n\nChanges must be made through a pull request.\n\n',
    );
  }
  const app = caller.kind === 'installation' || caller.kind === 'job';
  if (!app || caller.permissions.workflows === 'write' || change.after === ZERO) return;
  if (await touchesWorkflows(hub, repository, change)) {
    throw new HubError(
      403,
      'refusing to allow a GitHub App to create or update workflow without `workflows` permission',
    );
  }
}

const kindOf = async (hub: Hub, repository: Repository, change: RefChange): Promise<ActivityType> => {
  if (change.before === ZERO) return 'branch_creation';
  if (change.after === ZERO) return 'branch_deletion';
  const forward = await hub.git(repository).isAncestor(change.before, change.after);
  return forward ? 'push' : 'force_push';
};

async function commitsOf(hub: Hub, repository: Repository, change: RefChange): Promise<Commit[]> {
  if (change.after === ZERO) return [];
  const git = hub.git(repository);
  if ((await git.read(change.after))?.type !== 'commit') return [];
  const range =
    change.before === ZERO ? ['-n', '1', change.after] : ['-n', '20', change.after, `^${change.before}`];
  const commits = await Promise.all((await git.list(range)).map((sha) => git.commit(sha)));
  return commits.filter((commit) => commit !== null).reverse();
}

/** Tells the world that a ref moved: activity, push webhook, pull requests of this head or base. */
export async function refChanged(
  hub: Hub,
  repository: Repository,
  change: RefChange,
  actor: Account,
  kind?: ActivityType,
): Promise<void> {
  const now = hub.clock.now();
  repository.pushedAt = now;
  const activity: Activity = {
    id: hub.world.nextId(),
    actor,
    ...change,
    timestamp: now,
    kind: kind ?? (await kindOf(hub, repository, change)),
  };
  repository.activity.unshift(activity);
  const commits = await commitsOf(hub, repository, change);
  const push = await renderPush(hub, repository, change, actor, commits, activity.kind === 'force_push');
  hub.emit('push', undefined, push, repository, actor);
  if (!change.ref.startsWith('refs/heads/')) return;
  await updatePulls(hub, repository, change, actor);
}

async function updatePulls(
  hub: Hub,
  repository: Repository,
  change: RefChange,
  actor: Account,
): Promise<void> {
  const branch = branchOf(change.ref);
  for (const base of hub.world.repositories.values()) {
    for (const pull of base.pulls.values()) {
      if (pull.state !== 'open') continue;
      if (pull.headRepositoryId === repository.id && pull.headRef === branch) {
        if (change.after === ZERO) await closePull(hub, base, pull, actor);
        else await synchronizePull(hub, base, pull, change, actor);
      } else if (base === repository && pull.baseRef === branch && change.after !== ZERO) {
        const merged = await hub.git(base).isAncestor(pull.headSha, change.after);
        if (merged) await markMerged(hub, base, pull, actor, change.after);
      }
    }
  }
}
