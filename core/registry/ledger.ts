import type { Stage } from '../config/stage.ts';
import type {
  ArtifactFact,
  Digest,
  GateOutcome,
  Grade,
  HeldOutFact,
  MetricResult,
  RunRecord,
} from '../evidence/evidence.ts';

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
      readonly source: string;
    }[];
    readonly heldOut: HeldOutFact;
    readonly run: RunRecord;
    readonly trainedBy: { readonly runId: number; readonly runAttempt: number };
  };
  readonly predictions: { readonly digest: Digest; readonly featuresDigest: Digest };
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
  readonly previous: number | null;
  readonly artifactDigest: Digest | null;
  readonly since: string;
  readonly by: { readonly pullRequest: number; readonly mergedBy: Person };
  readonly fallback: string;
  /** Rollout step; `all` until rollouts are built: everything at once. */
  readonly rollout: string;
}

/** Events of one model's stream; everything else is their fold. */
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
    }
  | {
      readonly type: 'VersionArchived';
      readonly version: number;
      readonly from: Stage;
      readonly to: 'archived';
      readonly endpoint: string | null;
      readonly because: 'requested' | 'replaced' | 'demoted' | 'rolled back';
    }
  | { readonly type: 'Correction'; readonly ofSeq: number; readonly reason: string };

export interface LedgerEvent {
  readonly v: 1;
  /** `model/<name>` */
  readonly stream: string;
  /** Position in the stream and in the whole ledger, from 0. */
  readonly seq: number;
  readonly gseq: number;
  readonly at: string;
  readonly actor: Person;
  readonly source: {
    readonly repositoryId: number;
    readonly pullRequest: number;
    readonly headSha: string;
    readonly mergeSha: string;
  };
  readonly operation: string;
  readonly data: LedgerEventData;
  /** sha256 of the inputs of the decision this event rests on; the inputs are in the transaction. */
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

export interface ModelState {
  readonly model: string;
  readonly versions: ReadonlyMap<
    number,
    { readonly record: VersionRecord; readonly stage: Stage; readonly wasInProductionAt: readonly string[] }
  >;
  readonly endpoints: ReadonlyMap<string, EndpointState>;
  readonly lastSeq: number;
  readonly lastHash: Digest;
  readonly operations: ReadonlySet<string>;
}
