import type { Change, Move } from '../change/change.ts';
import type { Declared } from '../change/declared.ts';
import type { ModelConfig } from '../config/model.ts';
import type { Policy, PrivacyClass } from '../config/policy.ts';
import type { Stage } from '../config/stage.ts';
import type { Digest, JudgementEvidence, ValidationEvidence } from '../evidence/evidence.ts';
import type { Finding, Verdict } from '../finding/finding.ts';
import type { ApprovalFact, Person } from '../registry/ledger.ts';
import type { LookCharge } from '../registry/look.ts';
import type { BreakGlassFacts } from './break-glass.ts';
import type { Protection } from './protection.ts';

/** A pull-request review as GitHub tells it, with the evidence check that existed at its commit. */
export interface Review {
  readonly id: number;
  readonly reviewer: Person;
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED' | 'COMMENTED';
  readonly commit: string;
  readonly submittedAt: string;
  /** Roles of the reviewer at decision time, by name in the policy; `owner` is the owner role of the files. */
  readonly roles: readonly string[];
  /** `gatehouse evidence` check runs by our app at `commit`. */
  readonly evidenceChecks: readonly {
    readonly id: number;
    readonly subject: string;
    readonly completedAt: string;
  }[];
  /**
   * What a DISMISSED review had said, from the pull request's timeline. Absent: it could not be read, and
   * the review is taken for a change request (fail closed).
   */
  readonly stateBeforeDismissal?: 'APPROVED' | 'CHANGES_REQUESTED';
  /** True only when whoever dismissed it is a governor at decision time. Absent: no. */
  readonly dismissedByGovernor?: boolean;
  /** Paths that differ between `commit` and the head now. Display only: why an approval no longer counts. */
  readonly changedSince?: readonly string[];
}

/** People whom a file names as owners: who of them may write to the repository now, and who may not. */
export interface OwnerFact {
  readonly members: readonly string[];
  readonly absent: readonly string[];
}

/** Why somebody's approval cannot count here. Ids, so that a rename changes nothing. */
export type Exclusion = {
  readonly person: Person;
  readonly because:
    | 'author'
    | 'committer'
    | 'co-author'
    | 'pusher'
    | 'dispatcher'
    | 'bot'
    | 'contributor'
    | 'asked for this pull request';
};

/** The champion of each endpoint of the model, as the ledger says now; and what the version to move is. */
export interface LedgerFacts {
  readonly champions: readonly {
    readonly endpoint: string;
    readonly version: number;
    readonly artifactDigest: Digest;
    readonly previous: number | null;
  }[];
  /** Every version that the request names. A version that is missing here is unknown to the ledger. */
  readonly artifacts: readonly {
    readonly version: number;
    readonly artifactDigest: Digest;
    /** Stage in the ledger now; checked against `from` of a move when given. */
    readonly stage?: Stage;
    /** Since when it is there: time of the ledger's entry. Absent: unknown. */
    readonly since?: string;
    /** Version of the feature definitions in its record. Absent: not compared. */
    readonly featureVersion?: string;
    /** Endpoints where it was in production once: needed for archived -> production. */
    readonly wasInProductionAt?: readonly string[];
  }[];
}

/** Everything `decide` looks at. Serialisable: it is stored with the ledger entry, so a past decision can be replayed. */
export interface DecisionInput {
  readonly repositoryId: number;
  readonly baseRef: string;
  /**
   * Time of this decision, ISO 8601 UTC: after the merge when GitHub merged it, before that when the app looked.
   * Absent: unknown, and whatever depends on time is not met.
   */
  readonly now?: string;
  readonly change: Change;
  readonly policy: Policy;
  readonly model: ModelConfig | null;
  /** Digest of every file the decision read from base and that applies to this change. */
  readonly rulesDigest: Digest;
  /** Evidence whose receipt verified and whose bound values were re-derived; null: there is none yet. */
  readonly validation: ValidationEvidence | null;
  readonly judgement: JudgementEvidence | null;
  /** Evidence that was found and not believed, each with its reason. */
  readonly refusals: readonly Finding[];
  /** What the runs of the head say: drives "waiting" and "not evaluated". */
  readonly runs: readonly {
    readonly id: number;
    readonly status: string;
    readonly conclusion: string | null;
    readonly url: string;
    /** What stopped its failed jobs, in their own words: shown, never believed. */
    readonly notes?: readonly { readonly job: string; readonly message: string }[];
  }[];
  readonly fork: boolean;
  readonly reviews: readonly Review[];
  readonly exclusions: readonly Exclusion[];
  /** False when the pushers could not be read: one approval more is asked for. */
  readonly pushersKnown: boolean;
  /** True when another bot opened the pull request: one approval more. Absent: no. */
  readonly openedByBot?: boolean;
  /**
   * Top-level fields of model.yml that differ between base and head (`changedModelFields`). Absent while
   * model.yml changed: unknown, so governors are asked as well.
   */
  readonly modelFields?: readonly string[];
  /**
   * Which look of this model on its held-out labels the judgement is: 1 for the first result, 2 for the next other one.
   * Absent: it could not be told.
   */
  readonly heldOutLook?: number;
  /** Which look it is of all models on these labels, and of whoever started the run. Absent: it could not be told. */
  readonly heldOutCharge?: LookCharge;
  /**
   * What consumers of the predictions could count on in the governed model.yml and cannot in that of head: a finding for
   * each, and the consumers whom the governed one names. Absent: nothing of the kind changes.
   */
  readonly prediction?: { readonly findings: readonly Finding[]; readonly consumers: readonly string[] };
  /** What people declared about the model in files of base, and its waivers. Absent: nothing is. */
  readonly declared?: Declared;
  /** Who answers for the model in production, read at decision time. Absent: not read. */
  readonly owners?: { readonly qualityOwner?: OwnerFact; readonly infrastructureOwner?: OwnerFact };
  /** Privacy classes of the columns of all data that is touched or trained on. Absent: unknown. */
  readonly privacy?: readonly PrivacyClass[];
  /** What base's files bar among the versions that the request names. Absent: nothing. */
  readonly barred?: readonly BarredVersion[];
  /** Of versions that go to production without being judged now: do their bytes lie in the store? Absent: not read. */
  readonly stored?: readonly { readonly version: number; readonly present: boolean }[];
  /** Absent: nobody asks for an emergency, and there was none. */
  readonly breakGlass?: BreakGlassFacts;
  /** What rulesets enforced when a promotion was recorded: told, and decides nothing. Absent: not read. */
  readonly protection?: Protection;
  /** For each role in play: logins who could approve. Display only. */
  readonly canApprove: Readonly<Record<string, readonly string[]>>;
  readonly ledger: LedgerFacts;
}

/** A version that must not serve, and the file that says so. `version` null: what a proposal was trained on. */
export type BarredVersion = { readonly version: number | null; readonly path: string } & (
  | {
      readonly kind: 'withdrawn';
      /** The version that was: this one has the same bytes. Absent: it was this one. */
      readonly bytesOf?: number;
    }
  | { readonly kind: 'revoked'; readonly dataset: string }
  | { readonly kind: 'unreadable'; readonly because: string }
);

/** `waived`: it fails, and governors let it for a while. Neither met nor in the way. */
export type RuleState = 'met' | 'waived' | 'waiting' | 'refused' | 'not evaluated' | 'skipped';

/** One line of the decision, with its reason: a tree, so that a reader can see what is missing. */
export interface RuleResult {
  readonly rule: string;
  readonly state: RuleState;
  readonly because: string;
  readonly children: readonly RuleResult[];
}

export interface UncountedApproval {
  readonly reviewer: Person;
  readonly commit: string;
  readonly submittedAt: string;
  readonly because: string;
}

export interface Decision {
  readonly kind: 'allowed' | 'waiting' | 'refused' | 'not evaluated' | 'nothing';
  readonly verdict: Verdict;
  readonly rules: readonly RuleResult[];
  readonly moves: readonly Move[];
  /** null until evidence is complete: there is nothing to approve yet. */
  readonly subject: Digest | null;
  readonly counted: readonly ApprovalFact[];
  readonly uncounted: readonly UncountedApproval[];
  /** What is still missing, for "who can help": role and how many. */
  readonly missing: readonly {
    readonly role: string;
    readonly count: number;
    readonly candidates: readonly string[];
  }[];
  readonly findings: readonly Finding[];
  /** Rules that were passed over by break-glass. Absent: it was not used. */
  readonly passedOver?: readonly string[];
}
