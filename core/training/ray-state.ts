import { z } from 'zod';
import { type ClusterReport, makeReport, type StateMeaning } from './cluster-state.ts';

/** @see https://docs.ray.io/en/latest/cluster/running-applications/job-submission/api.html JobStatus */
export const rayStates = {
  PENDING: { state: 'waiting' },
  RUNNING: { state: 'running' },
  STOPPED: { state: 'cancelled' },
  SUCCEEDED: { state: 'done' },
  FAILED: { state: 'failed' },
} as const satisfies Readonly<Record<string, StateMeaning>>;

/** Of JobDetails what we read; a field that Ray leaves out and one that is null mean the same. */
const detailsSchema = z.object({
  status: z.string(),
  message: z.string().nullish(),
  error_type: z.string().nullish(),
  driver_exit_code: z.int().nullish(),
});

/**
 * Reads what Ray says about a job.
 * @returns null for an answer or a status that nobody knows: it says nothing
 */
export function parseRayState(answer: unknown): ClusterReport | null {
  const parsed = detailsSchema.safeParse(answer);
  if (!parsed.success) return null;
  const { status, message, error_type: errorType, driver_exit_code: exitCode } = parsed.data;
  if (!isRayState(status)) return null;
  const how = [status, errorType, message].filter((part) => part !== null && part !== undefined).join(': ');
  const meaning = status === 'FAILED' ? failure(errorType ?? '', exitCode ?? null) : rayStates[status];
  return makeReport(meaning, how, exitCode ?? null);
}

export function isRayState(word: string): word is keyof typeof rayStates {
  return Object.hasOwn(rayStates, word);
}

/** A command that gave an exit code failed by itself; one whose supervisor never came or died did not. */
function failure(errorType: string, exitCode: number | null): StateMeaning {
  if (exitCode !== null) return rayStates.FAILED;
  if (errorType.startsWith('JOB_SUPERVISOR_ACTOR_')) return { state: 'lost' };
  // Ray says so too when it could not write down how a finished command ended.
  if (errorType === 'JOB_ENTRYPOINT_COMMAND_START_ERROR') return { state: 'failed', outcome: 'service' };
  return rayStates.FAILED;
}
