/** A folder that the runner and the machines of the engine both see: code and data go in there, what the command writes comes out. */
export interface SharedFolder {
  /** Absolute path on the runner. */
  readonly folder: string;
  /** Absolute path of the same folder on the machines of the engine. */
  readonly seenAs: string;
}

/**
 * `train.cluster` of model.yml: an engine made for work of many machines, which `train.command` is handed to.
 * Files are of the repository.
 */
export type ClusterConfig = RayConfig | KubernetesConfig | SlurmConfig;

export interface RayConfig {
  readonly kind: 'ray';
  /** Of the dashboard, which serves the Jobs API, without slash at its end; its host must be one that the policy names. */
  readonly address: string;
  /** YAML or JSON with the runtime environment. */
  readonly runtimeEnv?: string;
  readonly shared: SharedFolder;
}

export interface KubernetesConfig {
  readonly kind: 'kubernetes';
  /** One Job (batch/v1) or RayJob (ray.io/v1). */
  readonly manifest: string;
  readonly namespace: string;
  /** Of the runner's kubeconfig; absent: its current one, or the service account of its pod. */
  readonly context?: string;
  readonly shared: SharedFolder;
}

export interface SlurmConfig {
  readonly kind: 'slurm';
  /** Options of sbatch, each `--name` or `--name=value`. */
  readonly options: readonly string[];
  readonly partition?: string;
  readonly shared: SharedFolder;
}
