import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isSurveyed, type Survey, tableOf } from '../../core/onboarding/survey.ts';
import { remoteUrl } from '../git/read.ts';
import { readWorkTree } from '../git/work-tree.ts';
import { parseRepositoryAddress } from '../github/token-client.ts';

/** A file that Git LFS did not fetch begins so. @see https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const lfsPointer = 'version https://git-lfs';
/** Tables that are looked for: names only. */
const mostTables = 2000;

/**
 * Reads what a setup is proposed from. Nothing is run and nothing leaves the machine.
 * @param dir the clone or a folder in it
 * @throws InputError GIT_NO_WORK_TREE
 */
export async function readSurvey(dir: string): Promise<Survey & { readonly root: string }> {
  const { root, paths, texts } = await readWorkTree(dir, isSurveyed);
  const remote = await remoteUrl(root);
  const name = remote === null ? null : (parseRepositoryAddress(remote)?.name ?? null);
  const tables = [...new Set(paths.flatMap((path) => tableOf(path) ?? []))].slice(0, mostTables);
  const present = await Promise.all(tables.map((path) => hasRows(join(root, path))));
  return {
    root,
    paths,
    texts,
    tables: new Set(tables.filter((_, at) => present[at])),
    repository: name === null ? null : `${name.owner}/${name.repo}`,
    folder: basename(root),
  };
}

/** True for a file with content of its own. */
async function hasRows(path: string): Promise<boolean> {
  const file = await open(path).catch(() => null);
  if (file === null) return false;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(lfsPointer.length), 0, lfsPointer.length, 0);
    return bytesRead > 0 && buffer.toString('latin1') !== lfsPointer;
  } catch {
    // A folder of that name.
    return false;
  } finally {
    await file.close();
  }
}
