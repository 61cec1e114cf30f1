import { type ClusterReport, makeReport, type StateMeaning } from './cluster-state.ts';

/**
 * States and flags of Slurm. Requeueing is forbidden at submission, so a requeued job is somebody else's doing and waits.
 * @see https://slurm.schedmd.com/job_state_codes.html
 */
export const slurmStates = {
  BOOT_FAIL: { state: 'lost' },
  CANCELLED: { state: 'cancelled' },
  COMPLETED: { state: 'done' },
  // Its latest start time, or its own deadline: the cluster had no room in time.
  DEADLINE: { state: 'failed', outcome: 'timed-out' },
  FAILED: { state: 'failed' },
  NODE_FAIL: { state: 'lost' },
  OUT_OF_MEMORY: { state: 'failed', outcome: 'out-of-memory' },
  PENDING: { state: 'waiting' },
  PREEMPTED: { state: 'lost', outcome: 'killed' },
  RUNNING: { state: 'running' },
  SUSPENDED: { state: 'waiting' },
  TIMEOUT: { state: 'failed', outcome: 'timed-out' },
  // Flags. A job that is completing has an end, which is told when it has completed.
  COMPLETING: { state: 'running' },
  CONFIGURING: { state: 'waiting' },
  LAUNCH_FAILED: { state: 'failed', outcome: 'service' },
  POWER_UP_NODE: { state: 'waiting' },
  RECONFIG_FAIL: { state: 'failed', outcome: 'service' },
  REQUEUED: { state: 'waiting' },
  REQUEUE_FED: { state: 'waiting' },
  REQUEUE_HOLD: { state: 'waiting' },
  RESIZING: { state: 'running' },
  RESV_DEL_HOLD: { state: 'waiting' },
  REVOKED: { state: 'lost' },
  SIGNALING: { state: 'running' },
  SPECIAL_EXIT: { state: 'waiting' },
  STAGE_OUT: { state: 'running' },
  STOPPED: { state: 'waiting' },
  UPDATE_DB: { state: 'running' },
} as const satisfies Readonly<Record<string, StateMeaning>>;

/**
 * Reads one line `STATE|reason` of squeue or `STATE|exit:signal` of sacct; sacct writes `CANCELLED by 1000`.
 * @returns null for a line or a state that nobody knows: it says nothing
 */
export function parseSlurmState(line: string): ClusterReport | null {
  const [word = '', detail = ''] = line.trim().split('|');
  const name = /^[A-Z_]+/.exec(word)?.[0] ?? '';
  if (!isSlurmState(name)) return null;
  const [, code, signal] = /^(\d{1,5}):(\d{1,5})$/.exec(detail) ?? [];
  const how = detail === '' || detail === 'None' || detail === '0:0' ? word : `${word} (${detail})`;
  // A signal is told as a shell tells it.
  const exitCode = code === undefined ? null : signal !== '0' ? 128 + Number(signal) : Number(code);
  return makeReport(slurmStates[name], how, exitCode);
}

export function isSlurmState(word: string): word is keyof typeof slurmStates {
  return Object.hasOwn(slurmStates, word);
}
