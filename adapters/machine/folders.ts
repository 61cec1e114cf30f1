import { chmod, lstat, readdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import type { LeftoverFolder } from '../../core/training/cleanliness.ts';
import {
  judgeOwner,
  type MarkHost,
  type OwnerState,
  parseRunMark,
  type RunMark,
  renderRunMark,
} from '../../core/training/run-mark.ts';

/** Beside the folder, not in it: what is in it belongs to the command or is uploaded. */
const suffix = '.gatehouse-run';
/** Folders of a training, as `makeFolder` and `mkdtemp` name them: the only ones that are looked at without a mark. */
const shape = /^gatehouse-(?:model|data|output|checkpoint)-(?:[0-9A-Za-z]{6}|[0-9a-f]{8}-[0-9a-f-]{27})$/;
/** No job of GitHub runs longer on a self-hosted runner. @see https://docs.github.com/en/actions/reference/limits */
const longestJobMs = 5 * 24 * 3_600_000;
const markLimitBytes = 200;
/** Most folders that are looked at in one go. */
const folderLimit = 1000;
/** ext, xfs, btrfs, zfs, tmpfs, overlay: of this machine alone, so that another boot means that nobody works there. */
const localKinds = new Set([0xef53, 0x58465342, 0x9123683e, 0x2fc12fc1, 0x01021994, 0x794c7630]);

/** Says whose a work folder is, so that a later job can tell when it is left over. */
export async function claimFolder(folder: string, mark: RunMark): Promise<void> {
  await writeFile(`${folder}${suffix}`, renderRunMark(mark), { mode: 0o600 });
}

export interface FolderSearch {
  /** Folders in which jobs make their work folders. */
  readonly parents: readonly string[];
  /** Own mark, rendered: what carries it belongs to this job. */
  readonly own: string;
  readonly when: 'before' | 'after';
  /** Own folders that are still needed. */
  readonly keep: readonly string[];
  readonly host: MarkHost;
  readonly now: number;
}

/**
 * Removes work folders that nobody works in any more: before a training those of jobs that are over, after it its own.
 * Only real folders of our own user; never one whose job may still run.
 */
export async function removeFolders(search: FolderSearch): Promise<readonly LeftoverFolder[]> {
  const found: LeftoverFolder[] = [];
  for (const parent of new Set(search.parents)) {
    const names = (await readdir(parent).catch(() => [])).filter((name) => name.startsWith('gatehouse-'));
    for (const name of names.slice(0, folderLimit)) {
      const path = join(parent, name.endsWith(suffix) ? name.slice(0, -suffix.length) : name);
      const orphan = name.endsWith(suffix) && !names.includes(name.slice(0, -suffix.length));
      if (name.endsWith(suffix) && !orphan) continue;
      const folder = await clear(path, parent, search);
      if (folder !== null && !orphan) found.push(folder);
    }
  }
  return found;
}

async function clear(path: string, parent: string, search: FolderSearch): Promise<LeftoverFolder | null> {
  if (search.keep.includes(path)) return null;
  const owner = await judge(path, parent, search);
  if (owner === 'unknown') return { path, fate: 'unknown' };
  if (owner !== 'ended') return null;
  const why = await remove(path).catch(codeOf);
  if (why !== undefined) return { path, fate: 'stuck', why };
  // Last, so that what is stuck keeps its owner.
  await rm(`${path}${suffix}`, { force: true }).catch(() => undefined);
  return { path, fate: 'removed' };
}

/** Programs lock folders of their own (module caches do): whoever owns them may open them again. */
async function remove(path: string): Promise<undefined> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch {
    await unlock(path);
    await rm(path, { recursive: true, force: true });
  }
}

async function unlock(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  // A link is no folder here: nothing outside is touched.
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory()) await unlock(join(folder, entry.name));
}

async function judge(path: string, parent: string, search: FolderSearch): Promise<OwnerState | 'not ours'> {
  const facts = await lstat(path).catch(() => null);
  if (facts !== null && (!facts.isDirectory() || facts.uid !== process.getuid?.())) return 'not ours';
  const text = await readOwnMark(`${path}${suffix}`);
  const mark = text === null ? null : parseRunMark(text);
  if (mark === null) {
    // Without a mark only its name and its age speak.
    const old = facts !== null && search.now - facts.ctimeMs > longestJobMs;
    return old && search.when === 'before' && shape.test(path.slice(parent.length + 1))
      ? 'ended'
      : 'not ours';
  }
  if (text === search.own) return search.when === 'after' ? 'ended' : 'not ours';
  if (search.when === 'after') return 'not ours';
  const state = judgeOwner(mark, search.host);
  const elsewhere = mark.boot !== search.host.boot && !(await isLocal(parent));
  return state === 'ended' && elsewhere ? 'unknown' : state;
}

/** A mark that somebody else wrote proves nothing. */
async function readOwnMark(path: string): Promise<string | null> {
  const facts = await lstat(path).catch(() => null);
  if (facts === null || !facts.isFile() || facts.uid !== process.getuid?.() || facts.size > markLimitBytes)
    return null;
  return readFile(path, 'utf8').catch(() => null);
}

async function isLocal(folder: string): Promise<boolean> {
  const kind = await statfs(folder).catch(() => null);
  return kind !== null && localKinds.has(kind.type);
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown error';
}
