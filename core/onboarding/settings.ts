/** One answer of GitHub. What a token may not read is not known: it is never taken for right. */
export type Reading<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'hidden'; readonly why: string };

/** Rules of GitHub that apply to one branch, from rulesets of any level and from classic protection. */
export interface BranchSettings {
  readonly name: string;
  readonly rules: Reading<readonly BranchRule[]>;
  /** Classic protection; null: the branch has none. */
  readonly protection: Reading<ClassicProtection | null>;
}

export interface BranchRule {
  /** As GitHub names it: `deletion`, `non_fast_forward`, `required_status_checks` ... */
  readonly type: string;
  readonly rulesetId: number | null;
  /** Of `required_status_checks`. */
  readonly checks: readonly RequiredCheck[];
}

export interface RequiredCheck {
  readonly context: string;
  /** App that must have made it; null: anybody may. */
  readonly appId: number | null;
}

export interface ClassicProtection {
  readonly checks: readonly RequiredCheck[];
  readonly pullRequests: boolean;
  readonly forcePushes: boolean;
  readonly deletions: boolean;
  /** Admins are held as well. */
  readonly admins: boolean;
}

export interface RulesetSettings {
  readonly id: number;
  readonly name: string;
  /** Null: GitHub shows it only to who may change the ruleset. */
  readonly bypass: readonly BypassActor[] | null;
}

export interface BypassActor {
  /** `Integration`, `RepositoryRole`, `Team`, `OrganizationAdmin`, `DeployKey`, `User`. */
  readonly type: string;
  readonly id: number | null;
  /** `always`, `pull_request` or `exempt`. */
  readonly mode: string;
}

export interface RunnerSettings {
  readonly name: string;
  readonly labels: readonly string[];
  readonly online: boolean;
  /** Of the runner software; null: not told. */
  readonly version: string | null;
}

export interface RunnerGroupSettings {
  readonly name: string;
  /** `all`, `selected` or `private`. */
  readonly visibility: string;
  readonly publicRepositories: boolean;
  readonly restrictedToWorkflows: boolean;
  readonly workflows: readonly string[];
  readonly runners: Reading<readonly RunnerSettings[]>;
}

/** Everything that the settings of a repository say about what Gatehouse rests on. */
export interface Settings {
  readonly repository: string;
  readonly isPrivate: boolean;
  readonly isOrganization: boolean;
  /** Id of the app; null: nobody said which it is. */
  readonly appId: number | null;
  /** Null: no installation of that id. */
  readonly app: Reading<InstalledApp | null>;
  readonly governed: readonly BranchSettings[];
  readonly ledger: BranchSettings;
  readonly rulesets: readonly Reading<RulesetSettings>[];
  readonly actions: Reading<{ readonly enabled: boolean; readonly allowed: string }>;
  readonly token: Reading<{ readonly write: boolean; readonly approves: boolean }>;
  readonly forks: Reading<ForkSettings>;
  /** Names of secrets of the repository and those of its organisation that it may use. */
  readonly repositorySecrets: Reading<readonly string[]>;
  readonly organizationSecrets: Reading<readonly string[]>;
  readonly repositoryRunners: Reading<readonly RunnerSettings[]>;
  readonly groups: Reading<readonly RunnerGroupSettings[]>;
  /** Environments that were asked for, by name. */
  readonly environments: readonly NamedEnvironment[];
  /** Names in roles and owners, and whether there is such a person or team. */
  readonly people: readonly NamedPerson[];
}

/** A login, or a team as `organization/slug`. */
export interface NamedPerson {
  readonly name: string;
  readonly exists: Reading<boolean>;
}

/** What a run of a pull request from a fork may do. */
export interface ForkSettings {
  /** Who waits for a maintainer before a workflow runs. */
  readonly approval: 'all' | 'first-time' | 'none';
  readonly writeTokens: boolean;
  readonly secrets: boolean;
}

export interface NamedEnvironment {
  readonly name: string;
  /** Null: there is none of that name. */
  readonly found: Reading<EnvironmentSettings | null>;
}

/** Who may use the secrets of an environment. */
export interface EnvironmentSettings {
  readonly defaultBranch: string;
  readonly branches:
    | { readonly kind: 'all' }
    | { readonly kind: 'protected' }
    /** Patterns; one for tags begins with `tag `. */
    | { readonly kind: 'selected'; readonly names: readonly string[] };
}

/** An app as an organisation installed it. */
export interface InstalledApp {
  readonly suspended: boolean;
  /** By name: `read` or `write`. */
  readonly permissions: Readonly<Record<string, string>>;
}
