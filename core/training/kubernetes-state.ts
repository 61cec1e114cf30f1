import { z } from 'zod';
import { type ClusterReport, makeReport, type StateMeaning } from './cluster-state.ts';

/**
 * Conditions of a Job, the first that is true counts. `SuccessCriteriaMet` and `FailureTarget` come before the end, while
 * pods are still ending.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/job-v1/
 */
export const jobConditions = {
  Complete: { state: 'done' },
  Failed: { state: 'failed' },
  SuccessCriteriaMet: { state: 'running' },
  FailureTarget: { state: 'running' },
  Suspended: { state: 'waiting' },
} as const satisfies Readonly<Record<string, StateMeaning>>;

/** Why a Job has failed. */
export const jobFailures = {
  BackoffLimitExceeded: { state: 'failed' },
  DeadlineExceeded: { state: 'failed', outcome: 'timed-out' },
  FailedIndexes: { state: 'failed' },
  MaxFailedIndexesExceeded: { state: 'failed' },
  PodFailurePolicy: { state: 'failed' },
} as const satisfies Readonly<Record<string, StateMeaning>>;

/** @see https://github.com/ray-project/kuberay ray-operator/apis/ray/v1/rayjob_types.go JobDeploymentStatus */
export const rayJobStates = {
  '': { state: 'submitted' },
  Initializing: { state: 'waiting' },
  Running: { state: 'running' },
  // How it ended says the job of Ray itself.
  Complete: { state: 'failed' },
  Failed: { state: 'failed' },
  ValidationFailed: { state: 'failed' },
  Suspending: { state: 'waiting' },
  Suspended: { state: 'waiting' },
  Retrying: { state: 'waiting' },
  Waiting: { state: 'waiting' },
  Scheduling: { state: 'waiting' },
  Scheduled: { state: 'waiting' },
} as const satisfies Readonly<Record<string, StateMeaning>>;

/** Why a RayJob has failed: JobFailedReason there. */
export const rayJobFailures = {
  SubmissionFailed: { state: 'failed', outcome: 'service' },
  DeadlineExceeded: { state: 'failed', outcome: 'timed-out' },
  AppFailed: { state: 'failed' },
  JobDeploymentStatusTransitionGracePeriodExceeded: { state: 'failed', outcome: 'service' },
  ValidationFailed: { state: 'failed' },
} as const satisfies Readonly<Record<string, StateMeaning>>;

/** How the job of Ray inside a complete RayJob ended. */
const rayJobEnds: Readonly<Record<string, StateMeaning>> = {
  SUCCEEDED: { state: 'done' },
  FAILED: { state: 'failed' },
  STOPPED: { state: 'cancelled' },
};

const conditionSchema = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
});
const jobSchema = z.object({
  kind: z.literal('Job'),
  status: z
    .object({
      conditions: z.array(conditionSchema).nullish(),
      active: z.int().nullish(),
      ready: z.int().nullish(),
    })
    .prefault({}),
});
const rayJobSchema = z.object({
  kind: z.literal('RayJob'),
  status: z
    .object({
      jobStatus: z.string().default(''),
      jobDeploymentStatus: z.string().default(''),
      reason: z.string().default(''),
      message: z.string().default(''),
    })
    .prefault({}),
});

/**
 * Reads a Job or RayJob as the API server shows it.
 * @returns null for an answer or a state that nobody knows: it says nothing
 */
export function parseKubernetesState(answer: unknown): ClusterReport | null {
  const job = jobSchema.safeParse(answer);
  if (job.success) return reportJob(job.data.status);
  const rayJob = rayJobSchema.safeParse(answer);
  return rayJob.success ? reportRayJob(rayJob.data.status) : null;
}

function reportJob({ conditions, active, ready }: z.infer<typeof jobSchema>['status']): ClusterReport {
  for (const [type, meaning] of Object.entries<StateMeaning>(jobConditions)) {
    const met = conditions?.find((condition) => condition.type === type && condition.status === 'True');
    if (met === undefined) continue;
    const reason = met.reason ?? '';
    const own = type === 'Failed' ? (lookUp(jobFailures, reason) ?? meaning) : meaning;
    return makeReport(own, joinWords(type, reason, met.message ?? ''));
  }
  if ((active ?? 0) === 0) return makeReport({ state: 'submitted' }, 'no pod yet');
  return (ready ?? 0) > 0
    ? makeReport({ state: 'running' }, `${ready} of ${active} pods are ready`)
    : makeReport({ state: 'waiting' }, `none of ${active} pods is ready`);
}

function reportRayJob(status: z.infer<typeof rayJobSchema>['status']): ClusterReport | null {
  const { jobStatus, jobDeploymentStatus, reason, message } = status;
  const meaning = lookUp(rayJobStates, jobDeploymentStatus);
  if (meaning === null) return null;
  const how = joinWords(jobDeploymentStatus || 'New', jobStatus, reason, message);
  // Complete without an end of its own: not to be told, and so no success.
  if (jobDeploymentStatus === 'Complete') {
    const end = lookUp(rayJobEnds, jobStatus);
    return end === null ? null : makeReport(end, how);
  }
  if (jobDeploymentStatus === 'Failed') return makeReport(lookUp(rayJobFailures, reason) ?? meaning, how);
  return makeReport(meaning, how);
}

function lookUp(table: Readonly<Record<string, StateMeaning>>, word: string): StateMeaning | null {
  return Object.entries(table).find(([key]) => key === word)?.[1] ?? null;
}

function joinWords(...words: readonly string[]): string {
  return words.filter((word) => word !== '').join(': ');
}
