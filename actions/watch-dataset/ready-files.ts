import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Incoming } from '../../adapters/dataset/incoming.ts';

/** Lists what has to go with the new files; beside them in the artifact, never a path of the repository. */
export const removedName = 'removed.txt';

/**
 * Writes what a commit of the new batch holds: a folder to copy over a checkout.
 * @returns the folder; empty when the batch changes nothing
 */
export async function writeReady({ commit, removed }: Incoming, makeFolder: () => string): Promise<string> {
  if (commit.size === 0 && removed.length === 0) return '';
  const folder = makeFolder();
  for (const [path, content] of commit) {
    const target = join(folder, 'files', path);
    await mkdir(dirname(target), { recursive: true });
    if ('text' in content) await writeFile(target, content.text);
    else await cp(content.local, target);
  }
  if (removed.length > 0) await writeFile(join(folder, removedName), `${removed.join('\n')}\n`);
  return folder;
}
