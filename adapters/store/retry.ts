import { setTimeout as sleep } from 'node:timers/promises';
import { GatehouseError } from '../../core/error/error.ts';

/** Four attempts within some two seconds: longer troubles are for the next run of the job. */
export const delaysMs: readonly number[] = [100, 400, 1600];
const longestWaitMs = 30_000;

/** A connection that broke, not one that was refused: the second has no listener. */
const passing: readonly string[] = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN'];
const later: readonly number[] = [429, 500, 502, 503, 504];

type Outcome = { readonly error: unknown } | { readonly status: number; header(name: string): string | null };

/**
 * Says whether a request may be sent again: all of ours name their bytes by digest, so sending twice changes nothing.
 * @returns null: no; else how long the server asked us to wait
 */
export function mayTryAgain(method: string, outcome: Outcome): { readonly afterMs: number } | null {
  if ('error' in outcome) {
    const { error } = outcome;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return !(error instanceof GatehouseError) && passing.includes(code) ? { afterMs: 0 } : null;
  }
  // 409 is how Amazon S3 answers two conditional writes at once.
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
  if (!later.includes(outcome.status) && !(method === 'PUT' && outcome.status === 409)) return null;
  const seconds = /^\d{1,6}$/.exec(outcome.header('retry-after') ?? '')?.[0];
  return { afterMs: Math.min(Number(seconds ?? 0) * 1000, longestWaitMs) };
}

/** Waits, a little less or more for each job: those that failed together do not come back together. */
export async function pause(ms: number, attempt: number): Promise<void> {
  const spread = ((process.pid + attempt * 7) % 10) / 40;
  await sleep(ms * (0.9 + spread));
}
