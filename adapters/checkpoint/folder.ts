import { cp, lstat, mkdir, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '../../core/error/error.ts';

/**
 * Finds the checkpoint folder in the workspace, whether it is there or not. The checkout is the proposer's: a link in it
 * must not decide which folder of the runner is emptied.
 * @throws InputError CHECKPOINT_FOLDER
 */
export async function requireInside(workspace: string, folder: string): Promise<string> {
  const root = await realpath(workspace);
  const parts = folder.split('/').filter((part) => part !== '' && part !== '.');
  let path = root;
  for (const part of parts) {
    path = join(path, part);
    const found = await lstat(path).catch(() => null);
    if (part === '..' || (found !== null && !found.isDirectory())) throw refuseFolder(folder);
  }
  if (parts.length === 0 || parts[0]?.toLowerCase() === '.git') throw refuseFolder(folder);
  return path;
}

function refuseFolder(folder: string): InputError {
  return new InputError(
    'CHECKPOINT_FOLDER',
    `${folder} is no folder inside the repository, or a link is on its way`,
    {
      hint: 'Name a folder of its own in train.checkpoint.folder of model.yml.',
    },
  );
}

/** Puts a folder in the place of another. */
export async function replaceFolder(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await mkdir(dirname(to), { recursive: true });
  try {
    await rename(from, to);
  } catch (error) {
    // The scratch folder may lie on another disk.
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
    await cp(from, to, { recursive: true });
  }
}
