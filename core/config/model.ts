import type { BehaviourSuite } from './behaviour.ts';
import type { SuccessCriteria } from './criteria.ts';
import type { CustomMetric, Scorer } from './custom-metric.ts';
import type { DecisionRule } from './decision.ts';
import type { ColumnDrift } from './drift-rules.ts';
import type { Duties } from './duty.ts';
import type { ExplainConfig } from './explain.ts';
import type { LatencyConfig } from './latency.ts';
import type { Gate, RiskClass, Role } from './policy.ts';
import type { PredictionContract } from './prediction.ts';
import type { CorruptionSuite } from './production-like.ts';
import type { RollbackTrigger } from './rollback-trigger.ts';
import type { SliceConfig } from './slices.ts';
import type { TrainConfig } from './train.ts';

/** What a model does: it decides which truth it is held against, and which metrics exist. */
export const tasks = [
  'binary-classification',
  'multiclass-classification',
  'regression',
  'ranking',
  /** Generative models and agents: the team's own scorers give each example its numbers. */
  'scored-examples',
] as const;
export type Task = (typeof tasks)[number];

/** `models/<model>/model.yml`. */
export interface ModelConfig extends Duties {
  readonly version: 1;
  readonly model: string;
  readonly task: Task;
  readonly description: string;
  readonly owners: Role;
  readonly risk: RiskClass;
  /** Known limitations for the card: never empty. */
  readonly limitations: string;
  /** Names of `datasets/<name>.yml` that it trains on. */
  readonly datasets: readonly string[];
  /** By dataset and column; they add to the limits of its contract: both must hold. */
  readonly driftLimits?: Readonly<Record<string, Readonly<Record<string, ColumnDrift>>>>;
  /** Globs of the files that make this model: code, parameters, pointers. A change of one of them is a proposal. */
  readonly paths: readonly string[];
  readonly train: TrainConfig;
  readonly predict: {
    /** Reads GATEHOUSE_MODEL and GATEHOUSE_INPUT, writes CSV `key,score` to GATEHOUSE_OUTPUT. */
    readonly command: string;
    readonly timeoutMinutes: number;
  };
  readonly heldOut: HeldOut;
  /** How the held-out rows are spoiled as production does; absent: no such set is made. */
  readonly productionLike?: CorruptionSuite;
  /** What a score must reach to say class 1; absent: 0.5. */
  readonly decision?: DecisionRule;
  /** What consumers may count on in its predictions. */
  readonly prediction?: PredictionContract;
  /** Metrics of the team's own, which gates and slices can name. */
  readonly metrics?: readonly CustomMetric[];
  /** Columns of the predictions of scored examples. */
  readonly scorers?: readonly Scorer[];
  readonly slices?: SliceConfig;
  readonly explain?: ExplainConfig;
  readonly latency?: LatencyConfig;
  /** By metric: how far two trainings of the same thing lie apart, in units of the metric. A gain must exceed it. */
  readonly noiseFloor?: Readonly<Record<string, number>>;
  /** `models/<model>/behaviour.yml` beside it; its groups are gates as well. Absent: there is no such file. */
  readonly behaviour?: BehaviourSuite;
  readonly gates: readonly Gate[];
  /** Absent: registered and tried, but never in production. */
  readonly criteria?: SuccessCriteria;
  readonly endpoints: readonly string[];
  /** When an endpoint returns to the version before by itself. Absent: never. */
  readonly rollbackTriggers?: readonly RollbackTrigger[];
  /** Version of the feature definitions, `unknown` when the team keeps none. */
  readonly featureVersion: string;
  /** Digest of the image that serves it, `unknown` when there is none. */
  readonly servingImage: string;
  /** What serves when the model does not: previous, a rule, a safe default. */
  readonly fallback: string;
}

export interface HeldOut {
  /** A `.dvc` pointer or a plain CSV file with a key column and features, no label. */
  readonly features: string;
  readonly key: string;
  readonly labels: {
    /** Answers only to the judge: asked with an OIDC token of the judge job. */
    readonly url: string;
    /** Audience of that token. */
    readonly audience: string;
    /** SHA-256 of the label file (CSV: key, label column), 64 hex characters. */
    readonly sha256: string;
    /** Absent: scored examples, whose label file names the keys alone. */
    readonly column?: string;
    /** Column of the label file: how much a row counts. */
    readonly weight?: string;
    /** Column of the label file: rows of one value belong together and are drawn together; of a ranking the query. */
    readonly group?: string;
  };
  /** Rows for choosing a threshold, files of the repository: their labels are no secret. */
  readonly validation?: { readonly features: string; readonly labels: string };
}

/** `models/<model>/stages.yml`: DESIRED stages. A version that is not named asks for nothing. */
export interface DesiredStages {
  readonly staging: readonly number[];
  readonly candidate: readonly number[];
  /** endpoint -> version */
  readonly production: Readonly<Record<string, number>>;
  readonly archived: readonly number[];
  readonly rejected: readonly number[];
}
