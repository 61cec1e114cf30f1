import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterJobName } from './cluster-name.ts';
import { clusterStates, isEnded, outcomeOf } from './cluster-state.ts';
import { explainFailure } from './kubernetes-pod.ts';
import {
  jobConditions,
  jobFailures,
  parseKubernetesState,
  rayJobFailures,
  rayJobStates,
} from './kubernetes-state.ts';
import { parseRayState, rayStates } from './ray-state.ts';
import { parseSlurmState, slurmStates } from './slurm-state.ts';

/** What the engines publish, written here a second time from their own lists. */
const published = {
  // https://docs.ray.io/en/latest/cluster/running-applications/job-submission/api.html, JobStatus
  ray: 'PENDING RUNNING STOPPED SUCCEEDED FAILED',
  // https://slurm.schedmd.com/job_state_codes.html of 1 October 2024: states and flags
  slurm:
    'BOOT_FAIL CANCELLED COMPLETED DEADLINE FAILED NODE_FAIL OUT_OF_MEMORY PENDING PREEMPTED RUNNING SUSPENDED TIMEOUT ' +
    'COMPLETING CONFIGURING LAUNCH_FAILED POWER_UP_NODE RECONFIG_FAIL REQUEUED REQUEUE_FED REQUEUE_HOLD RESIZING ' +
    'RESV_DEL_HOLD REVOKED SIGNALING SPECIAL_EXIT STAGE_OUT STOPPED UPDATE_DB',
  // k8s.io/api/batch/v1 types.go, JobConditionType and JobReason*
  conditions: 'Suspended Complete Failed FailureTarget SuccessCriteriaMet',
  reasons: 'PodFailurePolicy BackoffLimitExceeded DeadlineExceeded MaxFailedIndexesExceeded FailedIndexes',
  // kuberay ray-operator/apis/ray/v1/rayjob_types.go, JobDeploymentStatus and JobFailedReason
  rayJob:
    'Initializing Running Complete Failed ValidationFailed Suspending Suspended Retrying Waiting Scheduling Scheduled',
  rayReasons:
    'SubmissionFailed DeadlineExceeded AppFailed JobDeploymentStatusTransitionGracePeriodExceeded ValidationFailed',
};
const words = (text: string) => text.split(' ').sort();

describe('every state that an engine publishes', () => {
  it('has a meaning, and no other has', () => {
    expect(Object.keys(rayStates).sort()).toEqual(words(published.ray));
    expect(Object.keys(slurmStates).sort()).toEqual(words(published.slurm));
    expect(Object.keys(jobConditions).sort()).toEqual(words(published.conditions));
    expect(Object.keys(jobFailures).sort()).toEqual(words(published.reasons));
    expect(Object.keys(rayJobStates).sort()).toEqual(['', ...words(published.rayJob)]);
    expect(Object.keys(rayJobFailures).sort()).toEqual(words(published.rayReasons));
  });

  it('is done for one word of each engine only', () => {
    const done = (table: object) =>
      Object.entries(table).flatMap(([word, { state }]) => (state === 'done' ? [word] : []));
    expect(done(rayStates)).toEqual(['SUCCEEDED']);
    expect(done(slurmStates)).toEqual(['COMPLETED']);
    expect(done(jobConditions)).toEqual(['Complete']);
    expect([jobFailures, rayJobStates, rayJobFailures].flatMap(done)).toEqual([]);
  });
});

describe('a state of ours', () => {
  it('has an outcome exactly when it is an end', () => {
    expect(clusterStates.filter(isEnded)).toEqual(['done', 'failed', 'cancelled', 'lost']);
    expect(clusterStates.map((state) => outcomeOf({ state }))).toEqual([
      null,
      null,
      null,
      'done',
      'failed',
      'cancelled',
      'lost-runner',
    ]);
  });

  it('is no success for a table that says so of another state', () => {
    expect(outcomeOf({ state: 'failed', outcome: 'done' })).toBe('failed');
    expect(outcomeOf({ state: 'done', outcome: 'failed' })).toBe('done');
    expect(outcomeOf({ state: 'running', outcome: 'done' })).toBeNull();
  });
});

describe('Ray', () => {
  const ray = (status: string, more = {}) =>
    parseRayState({ type: 'SUBMISSION', entrypoint: 'x', status, ...more });

  it.each([
    [{}, 'failed', 'failed'],
    [{ driver_exit_code: 3, error_type: 'JOB_ENTRYPOINT_COMMAND_ERROR' }, 'failed', 'failed'],
    [{ error_type: 'JOB_SUPERVISOR_ACTOR_START_TIMEOUT' }, 'lost', 'lost-runner'],
    [{ error_type: 'JOB_SUPERVISOR_ACTOR_DIED', driver_exit_code: 1 }, 'failed', 'failed'],
    [{ error_type: 'JOB_ENTRYPOINT_COMMAND_START_ERROR' }, 'failed', 'service'],
  ])('that failed with %o: %s, %s', (more, state, outcome) => {
    expect(ray('FAILED', more)).toMatchObject({ state, outcome });
  });

  it('says how in its own words, and what nobody knows says nothing', () => {
    expect(ray('PENDING', { message: 'Job has not started yet.', error_type: null })).toEqual({
      state: 'waiting',
      outcome: null,
      exitCode: null,
      how: 'PENDING: Job has not started yet.',
    });
    for (const answer of [null, 'RUNNING', {}, { status: 'PAUSED' }, { status: 'toString' }, { status: 1 }])
      expect(parseRayState(answer)).toBeNull();
  });
});

describe('Slurm', () => {
  it.each([
    ['COMPLETED|0:0', 'done', 'done', 0],
    ['FAILED|3:0', 'failed', 'failed', 3],
    ['FAILED|0:9', 'failed', 'failed', 137],
    ['CANCELLED by 1000|0:15', 'cancelled', 'cancelled', 143],
    ['CANCELLED+|0:0', 'cancelled', 'cancelled', 0],
    ['OUT_OF_MEMORY|0:125', 'failed', 'out-of-memory', 253],
    ['TIMEOUT|0:0', 'failed', 'timed-out', 0],
    ['NODE_FAIL|1:0', 'lost', 'lost-runner', 1],
    ['PREEMPTED|0:0', 'lost', 'killed', 0],
    ['PENDING|Resources', 'waiting', null, null],
  ])('%s: %s, %s, exit code %s', (line, state, outcome, exitCode) => {
    expect(parseSlurmState(line)).toMatchObject({ state, outcome, exitCode });
  });

  it('takes only whole words, and never a success from any text', () => {
    for (const line of ['', '|', 'COMPLETEDX', 'completed', 'constructor', 'slurm_load_jobs error'])
      expect(parseSlurmState(line)).toBeNull();
    fc.assert(
      fc.property(fc.string(), (text) => {
        const report = parseSlurmState(text);
        expect(report?.state === 'done').toBe(/^\s*COMPLETED(?![A-Z_])/.test(text));
      }),
    );
  });
});

describe('Kubernetes', () => {
  const job = (status?: object) => parseKubernetesState({ kind: 'Job', ...(status && { status }) });
  const met = (type: string, reason = '', status = 'True') => ({ type, status, reason, message: 'm' });

  it.each([
    [undefined, 'submitted', null],
    [{ active: 2 }, 'waiting', null],
    [{ active: 2, ready: 1 }, 'running', null],
    [{ conditions: [met('Suspended')] }, 'waiting', null],
    [{ active: 1, ready: 1, conditions: [met('FailureTarget', 'DeadlineExceeded')] }, 'running', null],
    [{ conditions: [met('SuccessCriteriaMet'), met('Complete')] }, 'done', 'done'],
    [{ conditions: [met('Complete', '', 'False')] }, 'submitted', null],
    [{ conditions: [met('FailureTarget'), met('Failed', 'BackoffLimitExceeded')] }, 'failed', 'failed'],
    [{ conditions: [met('Failed', 'DeadlineExceeded')] }, 'failed', 'timed-out'],
    [{ conditions: [met('Failed', 'SomethingNew')] }, 'failed', 'failed'],
  ])('a Job with %o: %s, %s', (status, state, outcome) => {
    expect(job(status)).toMatchObject({ state, outcome });
  });

  it.each([
    [{}, 'submitted', null],
    [{ jobDeploymentStatus: 'Initializing' }, 'waiting', null],
    [{ jobDeploymentStatus: 'Running', jobStatus: 'SUCCEEDED' }, 'running', null],
    [{ jobDeploymentStatus: 'Complete', jobStatus: 'SUCCEEDED' }, 'done', 'done'],
    [{ jobDeploymentStatus: 'Complete', jobStatus: 'STOPPED' }, 'cancelled', 'cancelled'],
    [{ jobDeploymentStatus: 'Complete', jobStatus: 'FAILED' }, 'failed', 'failed'],
    [{ jobDeploymentStatus: 'Failed', reason: 'AppFailed', jobStatus: 'SUCCEEDED' }, 'failed', 'failed'],
    [{ jobDeploymentStatus: 'Failed', reason: 'DeadlineExceeded' }, 'failed', 'timed-out'],
    [{ jobDeploymentStatus: 'Failed', reason: 'SubmissionFailed' }, 'failed', 'service'],
  ])('a RayJob with %o: %s, %s', (status, state, outcome) => {
    expect(parseKubernetesState({ kind: 'RayJob', status })).toMatchObject({ state, outcome });
  });

  it('is told as it is, also without words', () => {
    expect(job({ conditions: [{ type: 'Failed', status: 'True' }] })).toMatchObject({
      outcome: 'failed',
      how: 'Failed',
    });
    expect(job({ active: null, conditions: null })).toMatchObject({ state: 'submitted' });
    expect(parseKubernetesState({ kind: 'RayJob', status: {} })).toMatchObject({ how: 'New' });
    expect(
      parseKubernetesState({ kind: 'RayJob', status: { jobDeploymentStatus: 'Failed', reason: 'New' } }),
    ).toMatchObject({ outcome: 'failed', how: 'Failed: New' });
  });

  it('says nothing where nobody knows what it says', () => {
    expect(parseKubernetesState({ kind: 'RayJob', status: { jobDeploymentStatus: 'Complete' } })).toBeNull();
    expect(parseKubernetesState({ kind: 'RayJob', status: { jobDeploymentStatus: 'New' } })).toBeNull();
    for (const answer of [null, {}, { kind: 'Status', status: 'Failure' }, { kind: 'Job', status: 7 }])
      expect(parseKubernetesState(answer)).toBeNull();
  });

  const failed = { state: 'failed', outcome: 'failed', exitCode: null, how: 'Failed' } as const;
  const ended = (exitCode: number, reason: string) => ({
    containerStatuses: [{ state: { terminated: { exitCode, reason } } }],
  });

  it('tells from the pods what was no failure of the code', () => {
    const explain = (...statuses: object[]) =>
      explainFailure(failed, { items: statuses.map((status) => ({ status })) });
    expect(explain(ended(1, 'Error'))).toEqual({ ...failed, exitCode: 1 });
    expect(explain(ended(137, 'OOMKilled'))).toMatchObject({ outcome: 'out-of-memory', exitCode: 137 });
    expect(explain({ reason: 'Evicted' })).toMatchObject({ state: 'lost', outcome: 'lost-runner' });
    expect(explain({ conditions: [{ type: 'DisruptionTarget', status: 'True' }] })).toMatchObject({
      outcome: 'lost-runner',
    });
    expect(explain(ended(0, 'Completed'))).toEqual(failed);
    expect(explain({ containerStatuses: [{ state: null }], conditions: null })).toEqual(failed);
    expect(explain()).toEqual(failed);
    expect(explainFailure(failed, null)).toEqual(failed);
    const timedOut = { ...failed, outcome: 'timed-out' } as const;
    expect(explainFailure(timedOut, { items: [{ status: ended(137, 'OOMKilled') }] })).toEqual(timedOut);
  });
});

describe('clusterJobName', () => {
  it('is a DNS label that tells the attempts and parts of a run apart', () => {
    const key = { runId: 99_999_999_999_999, runAttempt: 99, attempt: 10, part: 'growth/churn#3' };
    expect(clusterJobName(key)).toMatch(/^gatehouse-99999999999999-99-10-[0-9a-f]{8}$/);
    expect(clusterJobName(key).length).toBeLessThanOrEqual(63);
    const names = [key, { ...key, attempt: 1 }, { ...key, part: 'growth/churn#4' }].map(clusterJobName);
    expect(new Set(names).size).toBe(3);
  });
});
