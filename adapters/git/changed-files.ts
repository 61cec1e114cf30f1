import { ServiceError } from '../../core/error/error.ts';
import { runGit } from './git.ts';

/**
 * Tracked files that differ from the commit that is checked out, sorted, at most `most`: of the index or of the disk,
 * changed, added or gone. Files that git does not track are no part of it: data and outputs lie there.
 * @throws ServiceError GIT_FAILED
 */
export async function listChangedFiles(dir: string, most = 100): Promise<readonly string[]> {
  const { code, stdout, stderr } = await runGit(dir, [
    'diff',
    '--name-only',
    '-z',
    '--no-renames',
    '--no-ext-diff',
    'HEAD',
  ]);
  if (code !== 0) {
    throw new ServiceError('GIT_FAILED', `git could not compare ${dir} with its commit: ${stderr}`, {
      hint: 'Run "git status" there to see what is wrong.',
    });
  }
  const paths = stdout
    .toString()
    .split('\0')
    .filter((path) => path !== '');
  return [...new Set(paths)].sort().slice(0, most);
}
