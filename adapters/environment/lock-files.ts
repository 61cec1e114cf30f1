import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, realpath } from 'node:fs/promises';
import { isAbsolute, join, posix, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { modelPath } from '../../core/config/layout.ts';
import { InputError } from '../../core/error/error.ts';
import type { RunRecord } from '../../core/evidence/evidence.ts';

/** What tools call the files that say which packages an environment has. */
const wellKnown = [
  'requirements.txt',
  'poetry.lock',
  'uv.lock',
  'pdm.lock',
  'pixi.lock',
  'Pipfile.lock',
  'conda-lock.yml',
  'environment.yml',
  'package-lock.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'renv.lock',
] as const;

/**
 * Digests of the lock files of a training: those that model.yml names, and well-known ones beside the model and at the
 * root of the repository. Sorted by path.
 * @throws InputError LOCK_FILE when one that model.yml names is no plain file of the repository
 */
export async function readLockFiles(
  workspace: string,
  model: string,
  declared: readonly string[],
): Promise<RunRecord['lockFiles']> {
  const root = await realpath(workspace);
  const beside = posix.dirname(modelPath(model));
  const found = new Map<string, RunRecord['lockFiles'][number]>();
  for (const path of declared) {
    const digest = await digestFile(root, path);
    if (digest === null) throw refuse(path);
    found.set(path, { path, digest });
  }
  for (const path of wellKnown.flatMap((name) => [`${beside}/${name}`, name])) {
    const digest = found.has(path) ? null : await digestFile(root, path);
    if (digest !== null) found.set(path, { path, digest });
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** null: no plain file inside the repository. A link would have the digest of any file of the runner told. */
async function digestFile(root: string, path: string): Promise<`sha256:${string}` | null> {
  const file = join(root, path);
  const facts = await lstat(file).catch(() => null);
  if (facts === null || !facts.isFile()) return null;
  const way = relative(root, await realpath(file));
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return null;
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return `sha256:${hash.digest('hex')}`;
}

function refuse(path: string): InputError {
  return new InputError('LOCK_FILE', `${path} is no plain file of this commit`, {
    hint: 'Commit it, or take it out of train.lock-files in model.yml.',
    where: { file: path },
  });
}
