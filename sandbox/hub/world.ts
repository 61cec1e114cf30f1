/**
 * What the hub knows beside git: accounts, repositories, pull requests, reviews, checks, comments.
 * Mutable on purpose: tests look into it and shake it. Everything that git can hold is read from git.
 */
export type AccountType = 'User' | 'Organization' | 'Bot';

export interface Account {
  readonly id: number;
  login: string;
  readonly type: AccountType;
  readonly email: string;
  readonly name: string;
  readonly createdAt: string;
}

/** A person's right in a repository, weakest first. */
export type Role = 'none' | 'read' | 'triage' | 'write' | 'maintain' | 'admin';
export type Level = 'read' | 'write' | 'admin';
/** Scopes of an app or a job token, spelled as in the REST API: `pull_requests`, `contents`, `id_token`. */
export type Permissions = Readonly<Record<string, Level>>;

export interface Team {
  readonly id: number;
  readonly organization: Account;
  readonly slug: string;
  readonly name: string;
  readonly members: Set<number>;
}

export interface App {
  readonly id: number;
  readonly slug: string;
  readonly clientId: string;
  readonly owner: Account;
  readonly bot: Account;
  readonly permissions: Permissions;
  readonly events: readonly string[];
  readonly publicKey: string;
  readonly createdAt: string;
  webhookUrl: string | null;
  readonly webhookSecret: string;
}

export interface Installation {
  readonly id: number;
  readonly app: App;
  readonly account: Account;
  readonly repositoryIds: Set<number>;
  readonly createdAt: string;
}

/** Who calls. A job's token acts as the built-in app `github-actions`, as on GitHub. */
export type Caller =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'app'; readonly app: App }
  | { readonly kind: 'user'; readonly account: Account }
  | {
      readonly kind: 'installation' | 'job';
      readonly app: App;
      readonly account: Account;
      readonly installationId: number;
      readonly permissions: Permissions;
      readonly repositoryIds: ReadonlySet<number>;
      /** Real clock, milliseconds. */
      readonly expiresAt: number;
    };

export interface RequiredCheck {
  readonly name: string;
  /** null: any app may report it. */
  readonly appId: number | null;
}

/** Branch protection and the rules of rulesets that Gatehouse meets. */
export interface Protection {
  readonly requiredChecks?: readonly RequiredCheck[];
  /** Approvals by people with write access; latest decisive review of each. */
  readonly requiredApprovals?: number;
  /** Ruleset "restrict updates" with these apps as the only bypass actors. */
  readonly onlyApps?: readonly number[];
  /** Direct pushes are refused: changes arrive by pull request. */
  readonly requirePullRequest?: boolean;
  readonly forbidForcePush?: boolean;
  /** Accounts that may bypass all of it. */
  readonly bypass?: readonly number[];
}

export interface Repository {
  readonly id: number;
  readonly owner: Account;
  readonly name: string;
  readonly fullName: string;
  readonly private: boolean;
  readonly gitDir: string;
  readonly parentId: number | null;
  readonly createdAt: string;
  defaultBranch: string;
  pushedAt: string;
  nextNumber: number;
  readonly collaborators: Map<number, Role>;
  readonly protections: Map<string, Protection>;
  readonly issues: Map<number, Issue>;
  readonly pulls: Map<number, Pull>;
  readonly comments: Map<number, Comment>;
  readonly checkRuns: Map<number, CheckRun>;
  readonly checkSuites: Map<string, CheckSuite>;
  readonly activity: Activity[];
  readonly events: IssueEvent[];
}

export interface Label {
  readonly id: number;
  readonly name: string;
}

/** The common part of issues and pull requests: they share numbers and comments. */
export interface Issue {
  readonly id: number;
  readonly number: number;
  readonly author: Account;
  readonly appId: number | null;
  readonly createdAt: string;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  updatedAt: string;
  closedAt: string | null;
  labels: Label[];
  assignees: Account[];
}

export interface Pull extends Issue {
  readonly headRepositoryId: number;
  readonly headRef: string;
  baseRef: string;
  headSha: string;
  /** The base when the pull request was last looked at; GitHub moves it with the base branch. */
  baseSha: string;
  draft: boolean;
  mergeable: boolean | null;
  /** Test merge while open, the merge itself once merged. */
  mergeCommitSha: string | null;
  /** `<base sha> <head sha>` that `mergeable` is about. */
  mergeKey: string;
  mergedAt: string | null;
  mergedBy: Account | null;
  readonly reviews: Review[];
  requestedReviewers: Account[];
  requestedTeams: Team[];
}

export type ReviewState = 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';

export interface Review {
  readonly id: number;
  readonly author: Account;
  readonly commit: string;
  readonly submittedAt: string;
  body: string;
  state: ReviewState;
}

export interface Comment {
  readonly id: number;
  readonly issue: number;
  readonly author: Account;
  readonly appId: number | null;
  readonly createdAt: string;
  body: string;
  updatedAt: string;
  readonly reactions: Reaction[];
}

export interface Reaction {
  readonly id: number;
  readonly author: Account;
  readonly content: string;
  readonly createdAt: string;
}

export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column: number | null;
  readonly end_column: number | null;
  readonly annotation_level: string;
  readonly title: string | null;
  readonly message: string;
  readonly raw_details: string | null;
}

export interface CheckSuite {
  readonly id: number;
  readonly app: App;
  readonly headSha: string;
  readonly headBranch: string | null;
  readonly createdAt: string;
}

export interface CheckRun {
  readonly id: number;
  readonly app: App;
  readonly suite: CheckSuite;
  readonly headSha: string;
  name: string;
  externalId: string;
  detailsUrl: string | null;
  status: string;
  conclusion: string | null;
  startedAt: string;
  completedAt: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  annotations: Annotation[];
  actions: readonly { readonly label: string; readonly description: string; readonly identifier: string }[];
}

export type ActivityType =
  | 'push'
  | 'force_push'
  | 'branch_creation'
  | 'branch_deletion'
  | 'pr_merge'
  | 'merge_queue_merge';

/** Who changed which ref, and how: GitHub's own record of pushers. */
export interface Activity {
  readonly id: number;
  readonly actor: Account;
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  readonly timestamp: string;
  readonly kind: ActivityType;
}

/** A line of the story of an issue or pull request. */
export interface IssueEvent {
  readonly id: number;
  readonly issue: number;
  readonly actor: Account;
  readonly appId: number | null;
  readonly event: string;
  readonly commit: string | null;
  readonly createdAt: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface Delivery {
  readonly guid: string;
  readonly appId: number;
  readonly event: string;
  readonly action: string | undefined;
  readonly payload: Readonly<Record<string, unknown>>;
  /** HTTP status of the receiver; 0: unreachable; null: dropped by the fault plan or still under way. */
  status: number | null;
  attempts: number;
}

export interface World {
  readonly accounts: Map<number, Account>;
  readonly repositories: Map<number, Repository>;
  readonly teams: Map<number, Team>;
  readonly apps: Map<number, App>;
  readonly installations: Map<number, Installation>;
  readonly tokens: Map<string, Caller>;
  readonly deliveries: Delivery[];
  /** Commits that GitHub made itself and signed with its own key. */
  readonly verifiedCommits: Map<string, { readonly payload: string; readonly signature: string }>;
  nextId(): number;
}
