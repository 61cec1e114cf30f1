import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { SharedFolder } from '../../core/config/cluster.ts';
import type { TrainConfig } from '../../core/config/train.ts';
import { InputError } from '../../core/error/error.ts';
import { toScript, toSeconds } from '../../core/training/cluster-script.ts';
import type { ClusterJob } from './engine.ts';

/** Where a training on an engine works: a copy of the checkout, its data, and GATEHOUSE_OUTPUT. */
export interface ClusterPlaces {
  readonly work: string;
  readonly data: string;
  readonly output: string;
}

export interface ClusterFolder {
  /** As the runner sees it. */
  readonly here: ClusterPlaces;
  /** As the engine sees it. */
  readonly there: ClusterPlaces;
  /** Takes it away; nobody else uses it. */
  remove(): Promise<void>;
  /** Folders themselves, for script and log. */
  readonly root: { readonly here: string; readonly there: string };
}

/**
 * Makes a folder of its own for one training on the shared folder and copies the checkout there, without `.git`.
 * @param name of the training, for example `clusterJobName`
 * @throws InputError SHARED_FOLDER when it is not mounted, cannot be written or was left by somebody
 */
export async function openSharedFolder(
  shared: SharedFolder,
  name: string,
  workspace: string,
): Promise<ClusterFolder> {
  if (isInside(shared.folder, workspace)) throw refused(shared.folder, 'lies inside the checkout');
  const here = join(shared.folder, name);
  const there = `${shared.seenAs}/${name}`;
  await mkdir(here).catch((cause: NodeJS.ErrnoException) => {
    throw refused(shared.folder, explain(cause), cause);
  });
  const remove = () => rm(here, { recursive: true, force: true });
  const places = (root: string): ClusterPlaces => ({
    work: `${root}/work`,
    data: `${root}/data`,
    output: `${root}/output`,
  });
  const folder: ClusterFolder = { here: places(here), there: places(there), remove, root: { here, there } };
  try {
    for (const path of [folder.here.data, folder.here.output]) await mkdir(path);
    const git = join(workspace, '.git');
    await cp(workspace, folder.here.work, {
      recursive: true,
      // A link stays what it is: it must not bring a file of the runner along.
      verbatimSymlinks: true,
      filter: (source) => source !== git,
    });
    return folder;
  } catch (error) {
    await remove();
    throw error;
  }
}

/** What an attempt is told; paths in `env` are those of `there`. */
export interface ClusterAttempt {
  /** `clusterJobName` with the number of the attempt. */
  readonly name: string;
  /** What the command gets besides GATEHOUSE_DATA and GATEHOUSE_OUTPUT: no secrets. */
  readonly env: Readonly<Record<string, string>>;
  /** What is left of the time limit. */
  readonly timeoutMs: number;
}

/** Writes the script of an attempt onto the shared folder and says what is handed to the engine. */
export async function writeClusterJob(
  train: Pick<TrainConfig, 'command' | 'needs'>,
  folder: ClusterFolder,
  attempt: ClusterAttempt,
): Promise<ClusterJob> {
  const { root, there } = folder;
  const { name, timeoutMs } = attempt;
  const { command, needs } = train;
  const env = { ...attempt.env, GATEHOUSE_DATA: there.data, GATEHOUSE_OUTPUT: there.output };
  const script = `${name}.sh`;
  const text = toScript({ folder: there.work, env, command }, toSeconds(timeoutMs));
  // An attempt before may have put a link there: it must not say where this is written.
  await rm(join(root.here, script), { recursive: true, force: true });
  await writeFile(join(root.here, script), text, { flag: 'wx' });
  return {
    name,
    command,
    folder: there.work,
    env,
    script: `${root.there}/${script}`,
    timeoutMs,
    logFile: { here: join(root.here, `${name}.log`), there: `${root.there}/${name}.log` },
    gpus: needs.gpus,
    memoryGib: needs.memoryGib ?? null,
  };
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`));
}

function explain({ code }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'is not there on this runner';
  if (code === 'EEXIST') return 'holds a folder of this training already';
  return `cannot be written (${code ?? 'unknown'})`;
}

function refused(folder: string, what: string, cause?: unknown): InputError {
  return new InputError('SHARED_FOLDER', `The shared folder ${folder} ${what}`, {
    hint: 'Mount the folder that train.cluster.shared names on the runner and on the machines of the engine, for the same user.',
    cause,
  });
}
