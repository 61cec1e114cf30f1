import type { RollbackTrigger } from '../config/rollback-trigger.ts';
import type { Stage } from '../config/stage.ts';
import type { ScoredSet } from '../evaluation/scoring-set.ts';
import type {
  ArtifactFact,
  ClaimedRun,
  Digest,
  GateOutcome,
  Grade,
  HeldOutFact,
  MetricResult,
} from '../evidence/evidence.ts';
import type { BreakGlassEventData, BreakGlassUse } from './break-glass.ts';
import type { Incident, IncidentEventData, LedgerCorrection } from './incident.ts';
import type { ChargedLook, HeldOutUse, LookCharge } from './look.ts';
import type { TriggerUse } from './trigger.ts';

export interface Person {
  readonly id: number;
  readonly login: string;
  readonly kind: 'User' | 'Bot';
}

/** One approval that counted, with the facts it rests on. */
export interface ApprovalFact {
  readonly reviewId: number;
  readonly reviewer: Person;
  readonly role: string;
  readonly commit: string;
  readonly submittedAt: string;
  /** The `gatehouse evidence` check run that was there to see, and since when. */
  readonly checkRunId: number;
  readonly checkCompletedAt: string;
}

/** `models/<model>/versions/0007.yml`: immutable. Unknown is the word `unknown`. */
export interface VersionRecord {
  readonly v: 1;
  readonly model: string;
  readonly version: number;
  readonly registeredAt: string;
  readonly artifact: ArtifactFact;
  readonly runRecordDigest: Digest;
  readonly lineage: {
    readonly repository: string;
    readonly pullRequest: number;
    readonly codeCommit: string;
    readonly mergeCommit: string;
    readonly datasets: readonly {
      readonly dataset: string;
      readonly dataDigest: Digest;
      readonly contractDigest: Digest;
      readonly rows: number | null;
      /** Digest of the dataset record in the store: profile, observations, governance. */
      readonly record: Digest | null;
      readonly source: string;
    }[];
    readonly heldOut: HeldOutFact;
    /** A copy; `runRecordDigest` names the whole record. */
    readonly run: ClaimedRun;
    readonly trainedBy: { readonly runId: number; readonly runAttempt: number };
  };
  readonly predictions: {
    readonly digest: Digest;
    readonly featuresDigest: Digest;
    /** Of sets besides the held-out rows; absent: none were scored. */
    readonly sets?: readonly ScoredSet[];
  };
  readonly predictCommand: string;
  readonly metrics: readonly (MetricResult & { readonly against: number | null })[];
  readonly gates: readonly (GateOutcome & { readonly against: number | null })[];
  readonly validation: readonly {
    readonly dataset: string;
    readonly verdict: string;
    readonly failures: number;
    readonly warnings: number;
  }[];
  readonly quality: Grade;
  /** Kind of problem, for example `binary-classification`. */
  readonly task: string;
  /** Endpoints that its model.yml named when it was registered; where it served since is in `state.yml`. */
  readonly endpoints: readonly string[];
  readonly owners: { readonly users: readonly string[]; readonly teams: readonly string[] };
  readonly contributors: readonly Person[];
  readonly risk: string;
  readonly description: string;
  readonly limitations: string;
  readonly featureVersion: string;
  readonly servingImage: string;
  readonly fallback: string;
  readonly approvals: readonly ApprovalFact[];
}

export interface EndpointState {
  readonly endpoint: string;
  readonly champion: number | null;
  /** The one version that a rollback may return to without being judged again; a rollback and a demotion clear it. */
  readonly previous: number | null;
  readonly artifactDigest: Digest | null;
  readonly since: string;
  readonly by: { readonly pullRequest: number; readonly mergedBy: Person; readonly seq: number };
  readonly fallback: string;
  /** Under what it returns to `previous` by itself, as declared when it was promoted. Absent: never. */
  readonly triggers?: readonly RollbackTrigger[];
  /** Rollout step; `all` until rollouts are built: everything at once. */
  readonly rollout: string;
}

/**
 * Events of one model's stream; everything else is their fold. A version leaves an endpoint by its own
 * `VersionArchived` event, also when another one replaces it; it is archived when it serves nowhere any more.
 */
export type LedgerEventData =
  | { readonly type: 'VersionRegistered'; readonly record: VersionRecord }
  | {
      readonly type: 'VersionStaged' | 'VersionShortlisted' | 'VersionRejected';
      readonly version: number;
      readonly from: Stage;
      readonly to: Stage;
    }
  | {
      readonly type: 'VersionPromoted' | 'VersionRolledBack';
      readonly version: number;
      readonly from: Stage;
      readonly to: 'production';
      readonly endpoint: string;
      /** The champion that it was compared with and replaces. */
      readonly replaced: number | null;
      readonly artifactDigest: Digest;
      readonly fallback: string;
      /** Of a promotion: under what it may be undone by itself. Absent: never. */
      readonly triggers?: readonly RollbackTrigger[];
      /** Of a rollback that came by itself. Absent: people asked for it. */
      readonly trigger?: TriggerUse;
    }
  | {
      readonly type: 'VersionArchived';
      readonly version: number;
      readonly from: Stage;
      readonly to: 'archived';
      readonly endpoint: string | null;
      readonly because: 'requested' | 'replaced' | 'demoted' | 'rolled back';
    }
  | {
      /** A new result was computed from held-out labels and shown: it counts against the budget of that set. */
      readonly type: 'HeldOutUsed';
      /** Digest of the labels. */
      readonly heldOut: Digest;
      /** `resultDigest` of the judgement. */
      readonly result: Digest;
      /** 1 for the first result of this model on this set, then 2, 3 ... */
      readonly look: number;
      /** Absent in entries from before it was counted. */
      readonly charged?: LookCharge;
    }
  | { readonly type: 'Correction'; readonly ofSeq: number; readonly reason: string }
  | BreakGlassEventData
  /** Of the repository, in a stream of its own: `_repository`. */
  | IncidentEventData;

/** An event that moves a version from one stage to another. */
export type MovingEvent = Exclude<
  LedgerEventData,
  {
    type:
      | 'VersionRegistered'
      | 'HeldOutUsed'
      | 'Correction'
      | BreakGlassEventData['type']
      | IncidentEventData['type'];
  }
>;

export interface LedgerEvent {
  readonly v: 1;
  /** `model/<name>` */
  readonly stream: string;
  /** Position in the stream and in the whole ledger, from 0. */
  readonly seq: number;
  readonly gseq: number;
  /** When it was merged, for a look when its run last changed: GitHub's clock, ISO 8601 UTC. */
  readonly at: string;
  /** Who merged, for a look who started the run; the app for what it does by itself. */
  readonly actor: Person;
  readonly source: {
    readonly repositoryId: number;
    /** 0: there was none, as for a push past the gate. */
    readonly pullRequest: number;
    readonly headSha: string;
    /** For a look, which merges nothing, the commit of the base branch that was its tip then and carries its anchor. */
    readonly mergeSha: string;
  };
  /** `operationId`: 64 hex characters, also the name of the file under `ops/`. */
  readonly operation: string;
  readonly data: LedgerEventData;
  /** The approvals that counted, as the decision says. */
  readonly approvals: readonly ApprovalFact[];
  /** Digest of `{decisionInput, sealed}` of the transaction: binds what the event rests on into the chain. */
  readonly decision: Digest;
  readonly prev: Digest;
  readonly hash: Digest;
}

/** `audit/<model>/000/000042.json` */
export interface Transaction {
  readonly kind: 'AuditTransaction';
  readonly v: 1;
  readonly stream: string;
  readonly first: number;
  readonly gfirst: number;
  readonly events: readonly LedgerEvent[];
  /** Everything that `decide` was given, and sealed evidence with the keys to check it offline. */
  readonly decisionInput: unknown;
  readonly sealed: readonly {
    readonly text: string;
    readonly token: string;
    readonly jwk: Readonly<Record<string, string>>;
  }[];
}

/** `audit/HEAD.json` */
export interface LedgerHead {
  readonly kind: 'AuditHead';
  readonly v: 1;
  readonly size: number;
  readonly root: Digest;
  readonly frontier: readonly Digest[];
}

/** How a version came to an endpoint. */
export const stayKinds = [
  'promoted',
  'rolled back',
  'promoted by break-glass',
  'rolled back by break-glass',
  'rolled back by trigger',
] as const;
export type StayKind = (typeof stayKinds)[number];

/** One stay of a version at an endpoint. */
export interface Deployment {
  readonly endpoint: string;
  readonly from: string;
  /** null: it still serves. */
  readonly until: string | null;
  readonly pullRequest: number;
  readonly how: StayKind;
  readonly approvals: readonly ApprovalFact[];
}

export interface VersionState {
  readonly record: VersionRecord;
  readonly stage: Stage;
  readonly since: string;
  readonly wasInProductionAt: readonly string[];
  readonly deployments: readonly Deployment[];
  /** A trigger took it out of an endpoint: no rollback returns to it. Absent: none did. */
  readonly removedByTrigger?: true;
}

/** Everything the ledger says of one model: the fold of its events. */
export interface ModelState {
  readonly model: string;
  readonly versions: ReadonlyMap<number, VersionState>;
  readonly endpoints: ReadonlyMap<string, EndpointState>;
  readonly lastSeq: number;
  readonly lastHash: Digest;
  /** Time of the last event, `unknown` before the first. */
  readonly lastAt: string;
  readonly operations: ReadonlySet<string>;
  /** `requestId` of everything that was done: an operation without where the version stood before. */
  readonly requests: ReadonlySet<string>;
  /** By digest of the labels: how often a new result of this model was read off them, and when last. */
  readonly heldOut: ReadonlyMap<Digest, HeldOutUse>;
  /** Operation of each look -> its number. Like `operations` kept in memory alone: no file grows with it. */
  readonly looks: ReadonlyMap<string, number>;
  /** Operation of each look -> who was charged with it, on which labels. In memory alone as well. */
  readonly charges: ReadonlyMap<string, ChargedLook>;
  /** Uses of break-glass, oldest first. Absent: none. */
  readonly breakGlass?: readonly BreakGlassUse[];
  /** Of the repository alone, by the number of the event that opened them. Absent: none. */
  readonly incidents?: ReadonlyMap<number, Incident>;
  readonly corrections?: readonly LedgerCorrection[];
}
