import { createHash } from 'node:crypto';

/** Which training a job of an engine belongs to. */
export interface ClusterJobKey {
  readonly runId: number;
  readonly runAttempt: number;
  /** Number of the attempt to train: 1, 2, 3 ... */
  readonly attempt: number;
  /** What else tells trainings of one run apart: model, trial, matrix entry. */
  readonly part: string;
}

/**
 * Names a job so that it is known before the engine has answered: whoever lost the answer can still cancel it.
 * @returns a DNS label of at most 63 characters, which Ray, Kubernetes and Slurm all take
 */
export function clusterJobName({ runId, runAttempt, attempt, part }: ClusterJobKey): string {
  const mark = createHash('sha256').update(part).digest('hex').slice(0, 8);
  return `gatehouse-${runId}-${runAttempt}-${attempt}-${mark}`;
}
