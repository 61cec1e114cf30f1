import type { Task } from '../config/model.ts';

/** A model that the repository seems to have. */
export interface FoundModel {
  readonly name: string;
  /** The model file that training writes; null: none was found. */
  readonly artifact: string | null;
  /** Path of what trains it; null: only its file was found. */
  readonly script: string | null;
  /** Null: nothing was found that trains it. */
  readonly command: string | null;
  /** Command of what scores with it, where a file of that name lies beside. */
  readonly predict: string | null;
  /** What its stage of `dvc.yaml` reads. */
  readonly reads: readonly string[];
  readonly metrics: FoundMetrics | null;
  /** Where it was seen, for people. */
  readonly from: readonly string[];
}

/** A file in which a training claims its metrics. */
export interface FoundMetrics {
  readonly path: string;
  /** Numbers of it by their last key; empty when it is not at hand. */
  readonly values: Readonly<Record<string, number>>;
}

/** A table, or several that are read as one. */
export interface FoundDataset {
  readonly name: string;
  /** As a contract names them: pointers where DVC keeps the data. */
  readonly files: readonly string[];
  /** Where the tables lie in the clone. */
  readonly local: readonly string[];
  readonly atHand: boolean;
}

/** Labels of a job that runs on machines of the team. */
export interface FoundRunner {
  readonly labels: readonly string[];
  readonly file: string;
}

export interface FoundOwners {
  readonly users: readonly string[];
  readonly teams: readonly string[];
  /** File that says so, or `remote`. */
  readonly from: string;
}

/** Everything that was found; what is set up already is in `kept` and in no other list. */
export interface Found {
  readonly repository: string | null;
  /** Name for what has no other. */
  readonly fallbackName: string;
  readonly models: readonly FoundModel[];
  readonly datasets: readonly FoundDataset[];
  readonly runners: readonly FoundRunner[];
  readonly owners: FoundOwners | null;
  /** Address of the default DVC remote in the form of a policy; null: none, or one that a policy cannot name. */
  readonly remote: string | null;
  /** Files of Gatehouse that are there. */
  readonly kept: readonly string[];
}

/** Metrics that Gatehouse knows, in the order in which a gate is proposed. */
export interface ProposedGate {
  readonly task: Task;
  readonly metric: string;
  readonly limit: { readonly min: number } | { readonly max: number };
  /** What the file says today. */
  readonly today: number;
}
