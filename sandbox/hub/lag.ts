import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Git, openGit } from './git.ts';
import type { Hub } from './interface.ts';
import type { ApiCall } from './traffic.ts';
import type { Pull, Repository } from './world.ts';

/** What was there at one moment, to be shown later. */
export interface Moment {
  readonly repositories: ReadonlyMap<number, Repository>;
  readonly folder: string;
}

/** How reads lag. */
export interface LagPlan {
  /** Number of the write, counted from now, before which the moment is that reads show; or that moment. */
  readonly behind: number | Moment;
  /** So many reads show it; then all show what is there. */
  readonly reads: number;
  /** Reads that lag; absent: all. */
  readonly which?: (call: ApiCall) => boolean;
  /** True: commits that came since are there, and what is told about them is late. */
  readonly withCommits?: boolean;
}

/**
 * Lets reads show what was there before a write, as a copy of GitHub's database does that is a moment late. Writes and
 * what they are compared with are never late. Off unless a test asks: nothing is kept, and every answer is of now.
 * @see https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
export class Lag {
  private readonly hub: () => Hub;
  private plan: LagPlan | null = null;
  private shown: { readonly hub: Hub; close(): void } | null = null;
  private isWatching = false;
  private writes = 0;
  private left = 0;
  private moments = 0;
  /** Before the last write since `watch`, whoever made it. */
  last: Moment | null = null;
  /** Reads that were answered as of before, since `begin`. */
  late = 0;

  constructor(hub: () => Hub) {
    this.hub = hub;
  }

  /** From now on keeps what was there before the last write. */
  watch(isOn = true): void {
    this.isWatching = isOn;
  }

  begin(plan: LagPlan): void {
    this.end();
    this.plan = plan;
    this.left = plan.reads;
    this.writes = 0;
    this.late = 0;
    if (typeof plan.behind !== 'number') this.show(plan.behind);
  }

  /** Every read shows what is there now. @returns writes since `begin` */
  end(): number {
    this.plan = null;
    this.shown?.close();
    this.shown = null;
    return this.writes;
  }

  /** Called before anything is written. */
  async beforeWrite(): Promise<void> {
    this.writes += 1;
    if (this.isWatching) this.last = await this.keep();
    if (this.plan?.behind === this.writes) this.show(this.isWatching ? this.last : await this.keep());
  }

  /** What a call sees. */
  view(call: ApiCall): Hub {
    const isLate = !call.mutates && this.left > 0 && (this.plan?.which?.(call) ?? true);
    if (this.shown === null || !isLate) return this.hub();
    this.left -= 1;
    this.late += 1;
    return this.shown.hub;
  }

  private async keep(): Promise<Moment> {
    const hub = this.hub();
    this.moments += 1;
    const folder = path.join(hub.root, '.moments', String(this.moments));
    const repositories = new Map<number, Repository>();
    for (const repository of hub.world.repositories.values())
      repositories.set(repository.id, await keepRepository(hub, repository, folder));
    return { repositories, folder };
  }

  private show(moment: Moment | null): void {
    if (moment === null) return;
    this.shown = showMoment(this.hub(), moment, this.plan?.withCommits === true);
  }
}

/** Refs of then over the objects of now. */
async function keepRepository(hub: Hub, repository: Repository, folder: string): Promise<Repository> {
  const gitDir = path.join(folder, `${repository.id}.git`);
  const refs = await hub.git(repository).refs('refs/');
  await rm(gitDir, { recursive: true, force: true });
  for (const part of ['refs', 'objects/info']) await mkdir(path.join(gitDir, part), { recursive: true });
  await writeFile(
    path.join(gitDir, 'objects/info/alternates'),
    `${path.join(repository.gitDir, 'objects')}\n`,
  );
  await writeFile(path.join(gitDir, 'HEAD'), `ref: refs/heads/${repository.defaultBranch}\n`);
  for (const { ref, sha } of refs) {
    await mkdir(path.join(gitDir, path.dirname(ref)), { recursive: true });
    await writeFile(path.join(gitDir, ref), `${sha}\n`);
  }
  return {
    ...repository,
    gitDir,
    issues: copyAll(repository.issues, copy),
    pulls: copyAll(repository.pulls, copyPull),
    comments: copyAll(repository.comments, copy),
    checkRuns: copyAll(repository.checkRuns, copy),
    checkSuites: new Map(repository.checkSuites),
    activity: [...repository.activity],
    events: [...repository.events],
  };
}

function showMoment(
  hub: Hub,
  { repositories }: Moment,
  withCommits: boolean,
): { readonly hub: Hub; close(): void } {
  const open = new Map<number, Git>();
  const world = { ...hub.world, repositories: new Map(repositories) };
  const shown: Partial<Hub> = {
    world,
    // Accounts are the same ones: whether somebody may see it is asked of now.
    repository: (fullName) => world.repositories.get(hub.repository(fullName).id) ?? hub.repository(fullName),
    gitDir: (fullName) => shown.repository?.(fullName).gitDir ?? hub.gitDir(fullName),
    git(repository) {
      const known = open.get(repository.id) ?? (withCommits ? openGit : openPast)(repository.gitDir);
      open.set(repository.id, known);
      return known;
    },
    emit: () => undefined,
  };
  return {
    hub: Object.assign(Object.create(hub) as Hub, shown),
    close: () => {
      for (const git of open.values()) git.close();
    },
  };
}

/** A commit that no ref led to then is not there. */
function openPast(dir: string): Git {
  const git = openGit(dir);
  const known = new Map<string, Promise<boolean>>();
  const isThere = async (name: string): Promise<boolean> => {
    if (!/^[0-9a-f]{40}$/.test(name) || (await git.commit(name)) === null) return true;
    const asked = known.get(name) ?? led(git, name);
    known.set(name, asked);
    return asked;
  };
  const orNone = <T>(read: (name: string) => Promise<T | null>) => {
    return async (name: string): Promise<T | null> => ((await isThere(name)) ? read(name) : null);
  };
  return {
    ...git,
    commit: orNone(git.commit),
    read: orNone(git.read),
    resolve: orNone(git.resolve),
    tree: orNone(git.tree),
  };
}

const led = async (git: Git, sha: string): Promise<boolean> =>
  (await git.run(['for-each-ref', '--count=1', '--contains', sha])).stdout.length > 0;

const copy = <T extends object>(value: T): T =>
  Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, Array.isArray(each) ? [...each] : each]),
  ) as T;

const copyPull = (pull: Pull): Pull => ({ ...copy(pull), reviews: pull.reviews.map(copy) });

const copyAll = <T>(map: ReadonlyMap<number, T>, copyOne: (value: T) => T): Map<number, T> =>
  new Map([...map].map(([key, value]) => [key, copyOne(value)]));
