import type { BreakGlassRule } from './break-glass.ts';
import type { ProductionNeed } from './production-need.ts';
import type { SealKey } from './seal-key.ts';
import type { Stage } from './stage.ts';
import type { Freeze, StageRule } from './stage-rule.ts';

/** A role: who may approve. Logins and team slugs are for people; they are resolved to ids when a decision is made. */
export interface Role {
  readonly users: readonly string[];
  /** `organization/slug`. */
  readonly teams: readonly string[];
}

/** `count` different people of `role`. Two lines of a quorum need two different people. */
export interface ApprovalLine {
  /** A role of the policy, or `owner`: whom model.yml or the contract names at base. */
  readonly role: string;
  readonly count: number;
}

/** One trusted reusable workflow and the commits of it that are believed. */
export interface TrustedWorkflow {
  /** `owner/repository/.github/workflows/file.yml`. */
  readonly path: string;
  /** Full commit ids, 40 hex characters. A moved tag is not believed. */
  readonly shas: readonly string[];
}

/**
 * A gate of a model, or a floor under `defaults`. It may ask for several things of one result; all of them must hold.
 * The result is named by metric (`metricKey`), slice and set.
 */
export interface Gate {
  /** As core/config/metric-name.ts reads it: `auc`, `f-beta@2`, `recall:late`. */
  readonly metric: string;
  /** Column whose values are the groups of a fairness metric. */
  readonly by?: string;
  /** Name of one slice, as results name it: `carrier=AA`. Absent: all rows. */
  readonly slice?: string;
  /** Absent: the held-out rows as they are. */
  readonly set?: 'production-like';
  /** Absolute threshold (direction of the metric decides which one makes sense; both may be given). */
  readonly min?: number;
  readonly max?: number;
  /** What `min` and `max` speak of. `bound`: the end of the 95 % interval on the bad side. Absent: the value. */
  readonly at?: 'value' | 'bound';
  /**
   * Compared with the champion of the endpoint on the same held-out rows.
   * `not-worse`: the interval of the difference stays above `-margin`; `better`: its lower bound is above `margin`.
   * Without a champion the comparison is skipped and says so; absolute gates still apply.
   */
  readonly versus?: 'not-worse' | 'better';
  /** In units of the metric. Absent: that of `defaults.comparison` for `not-worse`, 0 for `better` (`resolveModel` fills it in). */
  readonly margin?: number;
  /** The margin is a share of the champion's value. */
  readonly relative?: true;
  /** Challenger divided by champion: at most this, or at least where higher is better. */
  readonly ratio?: number;
  /** No slice falls below the champion by more than the margin, in units of the metric. */
  readonly slices?: { readonly margin: number };
  /** The production-like set is worse than the held-out set by at most this, in units of the metric. */
  readonly drop?: number;
  /** How far two trainings of the same thing lie apart: `applicableGates` takes it from `noise-floor`, nobody writes it here. */
  readonly noise?: number;
  /** The lowest grade that its results may have. Absent: judged, or measured where a metric is measured by nature. */
  readonly grade?: 'judged' | 'measured';
}

export type PresetName = 'small-team' | 'team' | 'regulated';

/** Every stage into which a move needs approvals of its own. */
export type ApprovedStage = Exclude<Stage, 'registered'>;

export interface Condition {
  readonly risk?: readonly RiskClass[];
  readonly to?: readonly Stage[];
  /** Globs of changed paths. */
  readonly paths?: readonly string[];
  readonly endpoints?: readonly string[];
  /** Of a column of the data that is touched or trained on. */
  readonly privacy?: readonly PrivacyClass[];
  readonly approvals: readonly ApprovalLine[];
}

/** `.github/gatehouse.yml` with its preset resolved: every field is there. */
export interface Policy {
  readonly version: 1;
  readonly preset: PresetName;
  /** `false`: report-only, the check holds up no merge; what the ledger takes is the same. Absent: enforced. */
  readonly enforce?: false;
  /** Base branches on which Gatehouse governs; names are exact. Empty means the default branch. */
  readonly branches: readonly string[];
  readonly ledger: { readonly branch: string };
  /** Where bytes are kept for good: a folder, a web server or a bucket, in one of the forms of `PlaceAddress`. */
  readonly store: string;
  /** A DVC remote in which the data lies: same forms as `store`. */
  readonly data: string;
  /** Hosts that jobs may reach besides those of `store` and `data`: exact names, `host` or `host:port`. */
  readonly hosts: readonly string[];
  /** Hosts that may have a private address. */
  readonly privateHosts: readonly string[];
  readonly trusted: {
    readonly validate: TrustedWorkflow;
    readonly judge: TrustedWorkflow;
    /** Watches production, by schedule on the default branch. Absent: nothing is rolled back by itself. */
    readonly monitor?: TrustedWorkflow;
  };
  /** Keys that the judge seals its evidence to, one or two. Absent: it is not sealed. */
  readonly evidence?: { readonly sealTo: readonly SealKey[] };
  /** `github-hosted`, or the name of the runner group a GHES judge runs in. */
  readonly judgeRunner: string;
  /** Never holds `owner`: that role is read from the files at stake. */
  readonly roles: Readonly<Record<string, Role>>;
  readonly proposal: {
    readonly approvals: readonly ApprovalLine[];
    readonly onMerge: 'registered' | 'staging';
  };
  /** What a move INTO a stage needs. */
  readonly stages: Readonly<Record<ApprovedStage, StageRule>>;
  /** Times in which moves wait. Absent: none. */
  readonly freeze?: readonly Freeze[];
  /** What must be declared before production. Absent: nothing. */
  readonly production?: { readonly require: readonly ProductionNeed[] };
  readonly rollback: { readonly approvals: readonly ApprovalLine[] };
  /** Moves in an emergency. Absent: none. */
  readonly breakGlass?: BreakGlassRule;
  /** Approvals besides, when Gatehouse configuration or a workflow changes. */
  readonly configuration: { readonly approvals: readonly ApprovalLine[] };
  readonly defaults: {
    /** A floor always: a model's own gates may ask for more, never less. */
    readonly gates: readonly Gate[];
    /** Fewer held-out rows than this: not evaluated. */
    readonly minimumRows: number;
    /** What a model without a comparison gate of its own gets on its first metric. */
    readonly comparison: { readonly versus: 'not-worse' | 'better'; readonly margin: number };
    /** Most different results of one model on one held-out set; absent: counted and shown only. */
    readonly heldOutBudget?: number;
    /** The same of all models on one set of labels, and of one person on it; absent: counted and shown only. */
    readonly heldOutBudgets?: { readonly labels?: number; readonly actor?: number };
  };
  /** What the sweeper of training runs allows. */
  readonly training: TrainingRule;
  /** What an hour on a runner costs; absent: the cost of a run is not known. */
  readonly prices?: Prices;
  /** Conditions may only ADD requirements. */
  readonly addWhen: readonly Condition[];
}

export interface TrainingRule {
  /** Most hours that the training jobs of one run may take together, over all attempts; absent: no such limit. */
  readonly budgetHours?: number;
  /** Most that they may cost by `prices`, in its currency; absent: no such limit. */
  readonly budgetCost?: number;
  /** A runner for training that is idle for longer is told. */
  readonly idleMinutes: number;
}

export interface Prices {
  /** ISO 4217. */
  readonly currency: string;
  /** By label of the runner, which GitHub reads without regard to case. */
  readonly hourly: Readonly<Record<string, number>>;
}

export type PrivacyClass = 'none' | 'personal' | 'secret';

export type RiskClass = 'minimal' | 'limited' | 'high';
