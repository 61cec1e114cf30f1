import { GatehouseError, ServiceError } from '../../core/error/error.ts';

/** HTTP status of an Octokit error, null when GitHub did not answer at all. */
export function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('status' in error)) return null;
  return typeof error.status === 'number' ? error.status : null;
}

/**
 * Runs one read and turns every failure into a coded error, so that no caller ever decides on a partial answer.
 * @param what what was read, for the message: `reviews of pull request 7`
 * @throws ServiceError GITHUB_READ_FAILED
 */
export async function readGitHub<T>(what: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof GatehouseError) throw cause;
    throw new ServiceError('GITHUB_READ_FAILED', `GitHub did not give the ${what}${describe(cause)}`, {
      hint: hintFor(statusOf(cause)),
      cause,
    });
  }
}

/** Like `readGitHub`, with null for "404: there is none". */
export async function readOptional<T>(what: string, read: () => Promise<T>): Promise<T | null> {
  return readGitHub(what, async () => {
    try {
      return await read();
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw error;
    }
  });
}

/** @throws ServiceError GITHUB_WRITE_FAILED */
export async function writeGitHub<T>(what: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (cause instanceof GatehouseError) throw cause;
    throw new ServiceError('GITHUB_WRITE_FAILED', `GitHub did not ${what}${describe(cause)}`, {
      hint: hintFor(statusOf(cause)),
      cause,
    });
  }
}

/** An answer that does not have the documented shape, or is not whole. */
export function incomplete(what: string, why: string): ServiceError {
  return new ServiceError(
    'GITHUB_ANSWER_INCOMPLETE',
    `GitHub's answer for the ${what} is not whole: ${why}`,
    {
      hint: 'Nothing was decided on a part. Look again later; if it stays, split the change or report it.',
    },
  );
}

function describe(cause: unknown): string {
  const status = statusOf(cause);
  const message = cause instanceof Error ? cause.message : String(cause);
  return status === null ? `: ${message}` : ` (HTTP ${status}): ${message}`;
}

function hintFor(status: number | null): string {
  if (status === 401) return 'Check the app id and private key; the token was not accepted.';
  if (status === 403 || status === 429)
    return 'Check the permissions of the app installation, or wait for the rate limit to reset.';
  if (status === 404) return 'Check that the app is installed on this repository and may read it.';
  return 'Nothing was decided. The next look at this pull request tries again.';
}
