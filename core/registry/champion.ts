import { hasSets, type ScoringSet } from '../evaluation/scoring-set.ts';
import type { ChampionFact, Digest } from '../evidence/evidence.ts';
import type { ModelState, VersionRecord } from './ledger.ts';

/** Every endpoint of the model that has a champion, sorted by endpoint. */
export function championsOf(state: ModelState): readonly ChampionFact[] {
  return [...state.endpoints.values()]
    .flatMap(({ endpoint, champion, artifactDigest }): ChampionFact[] =>
      champion === null || artifactDigest === null ? [] : [{ endpoint, version: champion, artifactDigest }],
    )
    .sort((a, b) => (a.endpoint < b.endpoint ? -1 : 1));
}

/** Where the predictions of the champions come from. */
export interface ScoringPlan {
  /** Versions whose stored predictions are of these held-out rows; of other sets they may lack some. */
  readonly stored: readonly VersionRecord[];
  /** The one version that this run scores again; null: none needs it. */
  readonly toScore: VersionRecord | null;
  /** Versions that this run cannot score as well, and versions that the ledger has no record of. */
  readonly left: readonly number[];
}

/**
 * Says which champions must be scored again, because their stored predictions are of other held-out rows.
 * The job that stores and the job that judges plan alike, from the ledger alone.
 * @param sets besides the held-out rows (`planScoringSets`)
 * @param versions that a request has to be compared with; null stands for "no champion"
 */
export function planScoring(
  state: ModelState,
  versions: readonly (number | null)[],
  featuresDigest: Digest,
  sets: readonly ScoringSet[],
): ScoringPlan {
  const wanted = versions.filter((version) => version !== null);
  const records = wanted.flatMap((version) => state.versions.get(version)?.record ?? []);
  const fits = (record: VersionRecord) => isScored(record, featuresDigest, sets);
  const ofRows = ({ predictions }: VersionRecord) => predictions.featuresDigest === featuresDigest;
  const others = records.filter((record) => !fits(record));
  const toScore = others.find((record) => !ofRows(record)) ?? others[0] ?? null;
  // One run scores one champion again. Another that lacks only a set is compared by what it has, rather than not at all.
  const rest = others.filter((record) => record !== toScore);
  const known = new Set(records.map((record) => record.version));
  return {
    stored: [...records.filter(fits), ...rest.filter(ofRows)],
    toScore,
    left: [
      ...rest.filter((record) => !ofRows(record)).map((record) => record.version),
      ...wanted.filter((version) => !known.has(version)),
    ],
  };
}

/** True when the stored predictions of a version are of these held-out rows and of these sets. */
export function isScored(
  { predictions }: VersionRecord,
  featuresDigest: Digest,
  sets: readonly ScoringSet[],
): boolean {
  return predictions.featuresDigest === featuresDigest && hasSets(predictions.sets, sets);
}
