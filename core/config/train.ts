import type { ClusterConfig } from './cluster.ts';
import type { SearchConfig } from './search.ts';

/** Ends of an attempt after which another one may help. `failed` (the command said so itself) is never among them. */
export const retryCauses = [
  'lost-runner',
  'killed',
  'out-of-memory',
  'gpu-out-of-memory',
  'out-of-disk',
  'service',
] as const;
export type RetryCause = (typeof retryCauses)[number];

/** What a machine must have; absent: not asked for. */
export interface MachineNeeds {
  readonly gpus: number;
  readonly gpuMemoryGib?: number;
  /** `major.minor`. */
  readonly computeCapability?: string;
  readonly driver?: string;
  readonly memoryGib?: number;
  readonly diskGib?: number;
}

export interface RetryRule {
  /** Attempts in all, the first included: 1 to 10. */
  readonly attempts: number;
  /** Before the second attempt; doubled for each further one. */
  readonly backoffSeconds: number;
  readonly causes: readonly RetryCause[];
}

/** `train` of model.yml. Paths are of the repository. */
export interface TrainConfig {
  readonly command: string;
  /** The file that the command writes and that is the artifact. */
  readonly artifact: string;
  /** File or folder with the metrics that the command claims (`parseClaimedMetricFile`); absent: none are claimed. */
  readonly metrics?: string;
  /** Of all attempts of one job together. */
  readonly timeoutMinutes: number;
  /** Labels of its runners; empty: not declared. */
  readonly runsOn: readonly string[];
  readonly queueMinutes: number;
  /** Container image by digest; absent: the runner itself. */
  readonly image?: string;
  readonly needs: MachineNeeds;
  /** JSON or YAML files whose values are recorded. */
  readonly parameters: readonly string[];
  readonly lockFiles: readonly string[];
  /** Names of variables that the command gets and the record shows. */
  readonly environment: readonly string[];
  readonly seed?: number;
  /** Files and folders with progress, besides lines that the command prints. */
  readonly progress: readonly string[];
  readonly checkpoint?: { readonly folder: string; readonly everyMinutes: number };
  readonly retry: RetryRule;
  readonly onNewerPush: 'cancel' | 'finish';
  /** An engine that the command is handed to; absent: it runs on the runner. */
  readonly cluster?: ClusterConfig;
  /** A dvc.yaml; absent: `command` trains. */
  readonly pipeline?: string;
  /** Which parameters are tried; absent: nothing is searched. */
  readonly search?: SearchConfig;
}
