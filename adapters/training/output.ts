import { createReadStream } from 'node:fs';
import { lstat, readFile, realpath, rm } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { InputError } from '../../core/error/error.ts';
import type { ArtifactFact } from '../../core/evidence/evidence.ts';
import { copyHashed, maxFileBytes, refuseSize } from '../store/transfer.ts';

const maxTextBytes = 1_048_576;

/**
 * Takes the file that the command wrote as its model into the output folder.
 * @param path relative to the workspace
 * @throws InputError ARTIFACT_MISSING, ARTIFACT_EMPTY, ARTIFACT_KIND (a link, a folder, out of the workspace), FILE_TOO_LARGE
 */
export async function takeArtifact(workspace: string, path: string, output: string): Promise<ArtifactFact> {
  const name = basename(path);
  if (name === 'run.json')
    throw refuse('ARTIFACT_KIND', path, 'is called run.json, like the record beside it');
  const file = await requireFile(workspace, path, 'ARTIFACT_MISSING');
  const { size } = await lstat(file);
  if (size === 0) throw refuse('ARTIFACT_EMPTY', path, 'is empty');
  if (size > maxFileBytes) throw refuseSize(`${path} has ${size} bytes`);
  const { hex, sizeBytes } = await copyHashed(createReadStream(file), join(output, name), 'sha256');
  return { digest: `sha256:${hex}`, sizeBytes, name };
}

/** Removes the file that an earlier run or a commit left: only what this command writes is its result. */
export async function clearOutput(workspace: string, path: string): Promise<void> {
  const file = join(workspace, path);
  const parent = await realpath(dirname(file)).catch(() => null);
  if (parent === null) return; // Nothing was left.
  if (isOutside(await realpath(workspace), parent)) {
    throw refuse('ARTIFACT_KIND', path, 'leads out of the repository');
  }
  const found = await lstat(file).catch(() => null);
  if (found !== null && !found.isDirectory()) await rm(file);
}

/** Reads a small text that the command wrote. @throws InputError METRICS_MISSING, FILE_TOO_LARGE */
export async function readOutput(workspace: string, path: string): Promise<string> {
  const file = await requireFile(workspace, path, 'METRICS_MISSING');
  const { size } = await lstat(file);
  if (size > maxTextBytes) throw refuseSize(`${path} has ${size} bytes where 1 MiB is plenty`);
  return readFile(file, 'utf8');
}

/** The command is the proposer's: a link would let it upload any file of the runner. */
async function requireFile(workspace: string, path: string, missing: string): Promise<string> {
  const file = join(workspace, path);
  const found = await lstat(file).catch(() => null);
  if (found === null) throw refuse(missing, path, 'was not written by the training command');
  // On a folder that is shared with an engine the job may put a link in the place of the checkout itself.
  const isMoved = (await lstat(workspace)).isSymbolicLink();
  if (isMoved || !found.isFile() || isOutside(await realpath(workspace), await realpath(file))) {
    throw refuse('ARTIFACT_KIND', path, 'is no plain file inside the repository');
  }
  return file;
}

/** Both as `realpath` gives them. */
export function isOutside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}

function refuse(code: string, path: string, what: string): InputError {
  return new InputError(code, `${path} ${what}`, {
    hint: 'Make the training command write this file, or correct train.artifact or train.metrics in model.yml.',
    where: { file: path },
  });
}
