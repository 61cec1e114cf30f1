import type { Stage } from './stage.ts';

/** A role: who may approve. Logins and team slugs are for people; they are resolved to ids when a decision is made. */
export interface Role {
  readonly users: readonly string[];
  /** `organization/slug`. */
  readonly teams: readonly string[];
}

/** `count` different people of `role`. Two lines of a quorum need two different people. */
export interface ApprovalLine {
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

/** A gate of a model, or a floor under `defaults`. */
export interface Gate {
  /** A metric of `core/evaluation/metric.ts`, for example `auc`. */
  readonly metric: string;
  /** Absolute threshold on the value (direction of the metric decides which one makes sense; both may be given). */
  readonly min?: number;
  readonly max?: number;
  /**
   * Compared with the champion of the endpoint on the same held-out rows.
   * `not-worse`: the interval of the difference stays above `-margin`; `better`: its lower bound is above `margin`.
   * Without a champion the comparison is skipped and says so; absolute gates still apply.
   */
  readonly versus?: 'not-worse' | 'better';
  /** In units of the metric, 0 when absent. */
  readonly margin?: number;
}

/** `.github/gatehouse.yml` with its preset resolved: every field is there. */
export interface Policy {
  readonly version: 1;
  readonly preset: 'small-team' | 'team' | 'regulated';
  /** Base branches on which Gatehouse governs; names are exact. Empty means the default branch. */
  readonly branches: readonly string[];
  readonly ledger: { readonly branch: string };
  /** Where bytes are kept for good: `file:///absolute/folder` or `https://host/path`. */
  readonly store: string;
  /** A DVC remote in which the data lies: same forms as `store`. */
  readonly data: string;
  readonly trusted: { readonly validate: TrustedWorkflow; readonly judge: TrustedWorkflow };
  /** `github-hosted`, or the name of the runner group a GHES judge runs in. */
  readonly judgeRunner: string;
  readonly roles: Readonly<Record<string, Role>>;
  readonly proposal: {
    readonly approvals: readonly ApprovalLine[];
    readonly onMerge: 'registered' | 'staging';
  };
  /** Approvals for a move INTO a stage. */
  readonly stages: Readonly<
    Record<Exclude<Stage, 'registered'>, { readonly approvals: readonly ApprovalLine[] }>
  >;
  readonly rollback: { readonly approvals: readonly ApprovalLine[] };
  /** Approvals besides, when Gatehouse configuration or a workflow changes. */
  readonly configuration: { readonly approvals: readonly ApprovalLine[] };
  /** A floor always: a model's own gates may ask for more, never less. */
  readonly defaults: { readonly gates: readonly Gate[]; readonly minimumRows: number };
  /** Conditions may only ADD requirements. */
  readonly addWhen: readonly {
    readonly risk?: readonly RiskClass[];
    readonly to?: readonly Stage[];
    readonly approvals: readonly ApprovalLine[];
  }[];
}

export type RiskClass = 'minimal' | 'limited' | 'high';
