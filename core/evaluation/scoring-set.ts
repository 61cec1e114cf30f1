import type { BehaviourSuite } from '../config/behaviour.ts';
import type { ModelConfig } from '../config/model.ts';
import type { Digest } from '../evidence/evidence.ts';
import { digestOf } from '../json/canonical.ts';

/** Rows besides the held-out ones that a model scores, so that more can be said about it. */
export const scoringSetNames = ['production-like', 'validation', 'behaviour', 'permuted'] as const;
export type ScoringSetName = (typeof scoringSetNames)[number];

export interface ScoringSet {
  /** Names its files as well. */
  readonly name: ScoringSetName;
  /** Names what its rows are made from: the same digest, the same rows. */
  readonly input: Digest;
}

/** Predictions of one set, in the store by digest. */
export interface ScoredSet extends ScoringSet {
  readonly digest: Digest;
}

export interface ScoringSources {
  /** Of the held-out features, as the evidence names them. */
  readonly features: Digest;
  /** Of the validation features; null: model.yml names none. */
  readonly validation: Digest | null;
  /** Of recorded tables that the production-like suite names, by path. */
  readonly recorded: Readonly<Record<string, Digest>>;
}

/** Raised when other rows are made from the same files: stored predictions of a set are then of rows that are no more. */
const recipe = 1;

/**
 * Says which sets a model scores besides the held-out rows. Jobs that predict and the job that judges plan alike, from
 * governed files alone; a champion whose stored predictions are of other sets is scored again.
 */
export function planScoringSets(
  config: ModelConfig,
  suite: BehaviourSuite | null,
  { features, validation, recorded }: ScoringSources,
): readonly ScoringSet[] {
  const { productionLike, explain, decision } = config;
  const { key } = config.heldOut;
  const wanted: Readonly<Record<ScoringSetName, object | null>> = {
    'production-like':
      productionLike === undefined ? null : { features, key, suite: productionLike, recorded },
    validation:
      validation === null || decision === undefined || !('choose' in decision) ? null : { validation },
    behaviour: suite === null ? null : { features, key, suite },
    permuted:
      explain === undefined || !('permutation' in explain)
        ? null
        : { features, key, permutation: explain.permutation },
  };
  return scoringSetNames.flatMap((name) => {
    const from = wanted[name];
    return from === null ? [] : [{ name, input: digestOf({ recipe, name, ...from }) }];
  });
}

/** True when predictions of all these sets are there, made from the same rows. */
export function hasSets(scored: readonly ScoringSet[] | undefined, wanted: readonly ScoringSet[]): boolean {
  return wanted.every(({ name, input }) =>
    scored?.some((each) => each.name === name && each.input === input),
  );
}
