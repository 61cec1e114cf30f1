import type { ClusterReport } from '../../core/training/cluster-state.ts';

/** What is handed to an engine. */
export interface ClusterJob {
  /** `clusterJobName`: known before the engine answers, so that a job whose answer was lost can be cancelled. */
  readonly name: string;
  /** `train.command`; pull-request controlled. */
  readonly command: string;
  /** Where it works, on the machines of the engine. */
  readonly folder: string;
  /** What the command gets besides what the engine gives: no secrets, paths as the engine sees them. */
  readonly env: Readonly<Record<string, string>>;
  /** Script that runs the command, on the shared folder as the engine sees it. */
  readonly script: string;
  readonly timeoutMs: number;
  /** File for the log, where the engine writes one itself: as the runner sees it, and as the engine does. */
  readonly logFile: { readonly here: string; readonly there: string };
  /** GPUs and memory for the command itself. */
  readonly gpus: number;
  readonly memoryGib: number | null;
}

export interface ClusterHandle {
  readonly name: string;
  /** The engine's own name for it; null: its answer never came. */
  readonly id: string | null;
}

/** An engine for work of many machines, as we drive it. */
export interface ClusterEngine {
  /** @throws InputError CLUSTER_REFUSED; ServiceError CLUSTER_FAILED, TOOL_MISSING */
  submit(job: ClusterJob): Promise<ClusterHandle>;
  /** @returns null when the answer says nothing; throws a ServiceError when there was none */
  state(handle: ClusterHandle): Promise<ClusterReport | null>;
  /**
   * Hands on the log line by line, until `signal` says that the job has ended: then once more what is left.
   * @throws ServiceError when the log cannot be had, which says nothing about the job
   */
  followLog(handle: ClusterHandle, onLine: (line: string) => void, signal: AbortSignal): Promise<void>;
  /** Ends the job and takes it away. One that is not there (any more) is no error. */
  cancel(handle: ClusterHandle): Promise<void>;
}

/** Time, injected: tests do not wait. */
export interface ClusterClock {
  readonly now: () => Date;
  /** Ends early, without an error, when the signal does. */
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
}
