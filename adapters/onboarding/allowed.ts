import type { Reading } from '../../core/onboarding/settings.ts';
import { readGitHub, statusOf } from '../github/failure.ts';

/** A read that a token may not be allowed: its refusal is an answer, everything else is not. */
export async function readAllowed<T>(what: string, read: () => Promise<T>): Promise<Reading<T>> {
  return readGitHub(what, async () => {
    try {
      return { kind: 'read', value: await read() } as const;
    } catch (error) {
      const status = statusOf(error);
      // 404 is how GitHub hides; 422 and 409 say that the plan or the repository has no such thing.
      if (status === null || ![401, 403, 404, 409, 422].includes(status) || isRateLimit(error)) throw error;
      return { kind: 'hidden', why: `${what}: HTTP ${status}` } as const;
    }
  });
}

/** A refusal that passes with time says nothing about what the token may read. */
const isRateLimit = (error: unknown): boolean => error instanceof Error && /rate limit/i.test(error.message);
