import { InputError } from '../../core/error/error.ts';
import type { Pin } from '../../core/onboarding/answers.ts';
import { runGit } from '../git/git.ts';
import { remoteUrl } from '../git/read.ts';
import { parseRepositoryAddress } from '../github/token-client.ts';

/**
 * The copy of Gatehouse that this program was started from, where that is a clone with a release in it.
 * @param dir folder of the program
 * @returns null for an installed package, and for a clone that nobody pushed anywhere
 */
export async function findOwnPin(dir: string): Promise<Pin | null> {
  try {
    const released = await runGit(dir, ['cat-file', '-e', 'HEAD:.github/workflows/judge-model.yml']);
    const head = await runGit(dir, ['rev-parse', '--verify', '--end-of-options', 'HEAD^{commit}']);
    const remote = await remoteUrl(dir);
    const name = remote === null ? null : (parseRepositoryAddress(remote)?.name ?? null);
    if (released.code !== 0 || head.code !== 0 || name === null) return null;
    return { repository: `${name.owner}/${name.repo}`, sha: head.stdout.toString().trim() };
  } catch (error) {
    // No repository around it: the program was installed.
    if (error instanceof InputError) return null;
    throw error;
  }
}
