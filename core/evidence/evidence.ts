import type { ScoredSet } from '../evaluation/scoring-set.ts';
import type { Finding } from '../finding/finding.ts';
import type { Attempt, AttemptOutcome } from '../training/attempt.ts';
import type { Machine, Usage } from '../training/machine.ts';
import type { ProgressPoint } from '../training/progress.ts';
import type { BehaviourFact, ComparisonDetail, ExplanationFact } from './judgement-detail.ts';

/** `sha256:` followed by 64 lower-case hex characters. */
export type Digest = `sha256:${string}`;

/** judged: trusted code, inputs outside the proposer's control; measured: our action beside the proposer's code; claimed: stated by the proposer. */
export type Grade = 'judged' | 'measured' | 'claimed';

/** What every evidence says about where it comes from. The app re-derives each of these. */
export interface EvidenceOrigin {
  readonly repositoryId: number;
  readonly repository: string;
  readonly pullRequest: number;
  readonly headSha: string;
  readonly baseRef: string;
  readonly baseSha: string;
  readonly runId: number;
  readonly runAttempt: number;
  /** Digest of the changed content (core/change). */
  readonly contentDigest: Digest;
}

export interface DatasetValidation {
  readonly dataset: string;
  readonly contractPath: string;
  /** SHA-256 of the contract text that was applied, and which side it came from. */
  readonly contractDigest: Digest;
  readonly contractFrom: 'base' | 'head';
  /** Contracts of every dataset that this one was made from, by name: their constraints hold for it as well. */
  readonly inherited: readonly { readonly dataset: string; readonly contractDigest: Digest }[];
  /** One per file, in contract order. md5 as in the DVC pointer, null for plain files. */
  readonly files: readonly {
    readonly path: string;
    readonly md5: string | null;
    readonly blob: string;
    readonly sizeBytes: number;
  }[];
  /** SHA-256 over canonical JSON of `files`: identifies the data. */
  readonly dataDigest: Digest;
  readonly rows: number | null;
  readonly verdict: 'pass' | 'data invalid' | 'not evaluated';
  readonly findings: readonly Finding[];
  /** Digest of the dataset record in the store (core/dataset/record); null when the data was not measured or this job may not store. */
  readonly record: Digest | null;
}

export interface ValidationEvidence {
  readonly kind: 'validation';
  readonly v: 1;
  readonly origin: EvidenceOrigin;
  /** Name and version, for example `duckdb 1.5.5`. */
  readonly engine: string;
  readonly datasets: readonly DatasetValidation[];
}

export interface MetricResult {
  /** As a gate names it: `auc`, `f-beta@2`, `demographic-parity-difference by sex`. */
  readonly metric: string;
  /** `carrier=AA`; null: all rows. */
  readonly slice: string | null;
  /** `production-like`: the same rows as production would have sent them. */
  readonly set: 'held-out' | 'production-like';
  /** Held-out rows it rests on; 0 where it rests on none (latency, size). */
  readonly rows: number;
  readonly higherIsBetter: boolean;
  readonly grade: Grade;
  readonly challenger: number;
  /** 95 % interval of the challenger's value; null when the metric has none. */
  readonly challengerInterval: readonly [number, number] | null;
  readonly champion: number | null;
  readonly difference: number | null;
  /** 95 % interval of challenger minus champion, paired on the same rows. */
  readonly differenceInterval: readonly [number, number] | null;
  /** Of the difference, two significant digits; null when it has none. */
  readonly standardError: number | null;
  /** One-sided p that the challenger is no worse, or no better, than the champion; small: it is. Two significant digits. */
  readonly pWorse: number | null;
  readonly pBetter: number | null;
  /** How the interval was made, for example `DeLong`, `paired bootstrap (BCa), 2000 resamples, seed 1`. */
  readonly method: string;
}

export interface GateOutcome {
  readonly gate: string;
  readonly metric: string;
  /** Slice and set of the result that it rests on, as in `MetricResult`. */
  readonly slice: string | null;
  readonly set: 'held-out' | 'production-like';
  readonly result: 'pass' | 'fail' | 'not evaluated' | 'skipped';
  /** Display text: what was found, what is required, and the sentence why. */
  readonly found: string;
  readonly required: string;
  readonly because: string;
  /** The answer of a comparison with the champion; null: the gate compares with nobody. */
  readonly answer: 'better' | 'not worse' | 'worse' | 'not enough rows' | null;
  /** About how many held-out rows would decide, when these do not; null: more would not, or it is decided. */
  readonly rowsNeeded: number | null;
}

/** The challenger beside one champion on the same held-out rows. */
export interface ModelComparison {
  /** Version of the champion; null: nothing serves yet. */
  readonly against: number | null;
  readonly metrics: readonly MetricResult[];
  readonly gates: readonly GateOutcome[];
  readonly detail: ComparisonDetail | null;
  readonly explanation: ExplanationFact | null;
  readonly behaviour: BehaviourFact | null;
}

export interface ArtifactFact {
  /** SHA-256 of the model file's bytes. */
  readonly digest: Digest;
  readonly sizeBytes: number;
  readonly name: string;
}

export interface ChampionFact {
  readonly endpoint: string;
  readonly version: number;
  readonly artifactDigest: Digest;
}

export interface HeldOutFact {
  readonly featuresDigest: Digest;
  readonly labelsDigest: Digest;
  readonly rows: number;
}

export interface JudgementEvidence {
  readonly kind: 'judgement';
  readonly v: 1;
  readonly origin: EvidenceOrigin;
  readonly model: string;
  /** null for a proposal; for a promotion request the version that is moved. */
  readonly version: number | null;
  readonly artifact: ArtifactFact;
  /** Artifact id of GitHub Actions that the bytes came from; null for a promotion (stored bytes). */
  readonly artifactId: number | null;
  readonly runRecordDigest: Digest;
  /** Digest of every file that the judge read from base and that applies. */
  readonly rulesDigest: Digest;
  /** Every endpoint of the model that has a champion, sorted by endpoint. */
  readonly champions: readonly ChampionFact[];
  readonly heldOut: HeldOutFact;
  readonly predictions: {
    readonly challenger: Digest;
    /** By endpoint's champion version, as text. */
    readonly champions: Readonly<Record<string, Digest>>;
    /** The challenger's, of sets besides the held-out rows. */
    readonly sets: readonly ScoredSet[];
  };
  /** One for each champion version that was compared. */
  readonly comparisons: readonly ModelComparison[];
  /** Digest of artifact, held-out digests, gate outcomes, rounded metrics; no run identity (GATE.md rule 3). */
  readonly resultDigest: Digest;
  readonly verdict: 'pass' | 'fail' | 'not evaluated';
  readonly findings: readonly Finding[];
  /** What the training job says: shown, kept, never gating. */
  readonly claimed: ClaimedRun;
}

/**
 * Written by the train action, small canonical JSON, in the store by digest. Claimed: it ran beside pull-request code.
 * Unknown is null or `unknown`, never left out; no secret is ever in it.
 */
export interface RunRecord {
  readonly v: 2;
  readonly grade: 'claimed';
  readonly model: string;
  readonly commit: string;
  /** Tracked files that differed from the commit before the command ran, at most 100; empty: none did. */
  readonly changedFiles: readonly string[];
  readonly runId: number;
  readonly runAttempt: number;
  /** Event that started the run, for example `pull_request`. */
  readonly trigger: string;
  readonly command: string;
  /** Container image that ran, by digest; null: the command ran on the machine itself. */
  readonly image: string | null;
  readonly startedAt: string;
  /** Of all attempts of this job, waits included. */
  readonly durationMs: number;
  readonly runner: string;
  readonly machine: Machine;
  /** Version by name: `node`, `python` ... */
  readonly runtimes: Readonly<Record<string, string>>;
  /** Installed packages, name and version, sorted. */
  readonly packages: readonly (readonly [name: string, version: string])[];
  readonly lockFiles: readonly { readonly path: string; readonly digest: Digest }[];
  /** Values of the variables that model.yml names; one that was not set is missing. */
  readonly environment: Readonly<Record<string, string>>;
  readonly seed: number | null;
  /** Flat: `optimizer.lr`. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** As they were at the end. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly history: readonly ProgressPoint[];
  readonly phases: readonly { readonly name: string; readonly durationMs: number }[];
  /** null: not sampled. */
  readonly usage: Usage | null;
  /** null: the policy has no price for this runner. */
  readonly cost: RunCost | null;
  /** In order, those of earlier jobs of the run included. */
  readonly attempts: readonly Attempt[];
  readonly outcome: AttemptOutcome;
  readonly datasets: readonly { readonly dataset: string; readonly dataDigest: Digest }[];
  readonly featureVersion: string;
  /** null exactly when the outcome is not `done`. */
  readonly artifact: ArtifactFact | null;
  /** Checkpoint and other declared outputs. */
  readonly outputs: readonly { readonly path: string; readonly digest: Digest; readonly sizeBytes: number }[];
}

export type ParameterValue = string | number | boolean;

export interface RunCost {
  /** Of all attempts, rounded to 0.0001. */
  readonly amount: number;
  /** ISO 4217, as the policy names it. */
  readonly currency: string;
  /** Price of one hour that it was made with. */
  readonly hourly: number;
}

/** A run that ended well: only such a run leaves a model file. */
export type FinishedRun = RunRecord & { readonly artifact: ArtifactFact };

/**
 * What evidence and ledger copy of a run record: they name the whole by its digest, and its long lists (packages,
 * history, phases, attempts, outputs) stay in the store.
 */
export type ClaimedRun = Pick<
  FinishedRun,
  | 'grade'
  | 'model'
  | 'commit'
  | 'changedFiles'
  | 'runId'
  | 'runAttempt'
  | 'trigger'
  | 'command'
  | 'image'
  | 'startedAt'
  | 'durationMs'
  | 'runner'
  | 'machine'
  | 'seed'
  | 'parameters'
  | 'metrics'
  | 'cost'
  | 'datasets'
  | 'artifact'
> & {
  /** How many times it was tried. */
  readonly attempts: number;
};

export type Evidence = ValidationEvidence | JudgementEvidence;

/** Evidence as it lies in the workflow artifact: exactly the bytes that the audience of the token names, and the token. */
export interface SealedEvidence {
  /** Canonical JSON of the evidence. */
  readonly text: string;
  /** OIDC token, compact JWS. Its audience is `gatehouse:` + digest of `text`. */
  readonly token: string;
}
