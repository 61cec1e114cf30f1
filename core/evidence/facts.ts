import type { Move } from '../change/change.ts';
import type { ModelConfig } from '../config/model.ts';
import type { Policy } from '../config/policy.ts';
import type { ChampionFact, DatasetValidation, Digest } from './evidence.ts';

/** What the app found by itself about the pull request and the run: GitHub's API and git trees, never the evidence. */
export interface OriginFacts {
  readonly repositoryId: number;
  /** `owner/name` now: a rename is followed by id, the name is compared so that evidence reads true. */
  readonly repository: string;
  readonly pullRequest: number;
  /** Head of the run that made the evidence, as the runs API says; its content is compared by `contentDigest`. */
  readonly headSha: string;
  readonly baseRef: string;
  /**
   * Commits of the governed base that the run may have read: base's tip at the time, and every later one up to now whose
   * content digest and rules are the same. One element where the app asks for the newest base.
   */
  readonly baseShas: readonly string[];
  /** False when the default branch's policy does not name the base: nothing judged there is believed. */
  readonly governed: boolean;
  readonly run: { readonly id: number; readonly latestAttempt: number };
  /** `planChange` of the app itself. */
  readonly contentDigest: string;
}

export interface ValidationFacts extends OriginFacts {
  /** Every dataset that the request must have validated. One entry for each side that was to be applied. */
  readonly datasets: readonly (Pick<
    DatasetValidation,
    'dataset' | 'contractPath' | 'contractDigest' | 'contractFrom' | 'inherited' | 'files' | 'dataDigest'
  > & {
    /** Digest of the dataset record that the evidence names, where the store has its bytes; else null. */
    readonly record: Digest | null;
  })[];
}

export interface JudgementFacts extends OriginFacts {
  readonly moves: readonly Move[];
  readonly model: ModelConfig;
  readonly policy: Policy;
  /** null for a proposal; for a promotion request the version that is moved. */
  readonly version: number | null;
  readonly artifact: {
    /** Ids of all Actions artifacts of the run, as the API lists them; empty for a promotion (stored bytes). */
    readonly ids: readonly number[];
    /** Digest of the model's bytes: in the store for a proposal, in the ledger for a promotion. null: not there. */
    readonly digest: Digest | null;
  };
  readonly rulesDigest: Digest;
  /** The ledger's champions of the model now, by endpoint. */
  readonly champions: readonly ChampionFact[];
  readonly heldOut: {
    /** Digest of the features that base's model.yml names (from the pointer's file, or the bytes). */
    readonly featuresDigest: Digest;
    /** `sha256:` and `heldOut.labels.sha256` of base's model.yml. */
    readonly labelsDigest: Digest;
  };
}
