import type { ExplanationFact, FeatureImportance } from '../evidence/judgement-detail.ts';

/** How much one feature matters to one model. */
export interface Importance {
  /** Signed: of permutation how much worse the metric gets without the feature; of attributions as the team has it. */
  readonly value: number;
  /** Standard error of the value; null: not known. */
  readonly noise: number | null;
}

/** By name of the feature. */
export type Importances = ReadonlyMap<string, Importance>;

/** The most features that a judgement shows. */
export const mostFeatures = 50;

const nameLength = 200;

export interface ExplanationInput {
  readonly grade: ExplanationFact['grade'];
  /** What the values are a loss of; null: attributions of the team. */
  readonly metric: string | null;
  readonly challenger: Importances;
  readonly champion: Importances | null;
  /** Rounds a value for evidence by its standard error (`roundForReport`). */
  readonly round: (value: number, standardError: number | null) => number;
}

/** Puts the features of a judgement in order: the most important of the challenger first, whatever its sign. */
export function describeImportance(input: ExplanationInput): ExplanationFact {
  const { grade, metric, round } = input;
  const shown = (of: Importance | undefined): number | null =>
    of === undefined ? null : round(of.value, of.noise);
  const ranks = rankFeatures(input.champion ?? new Map());
  const features = [...rankFeatures(input.challenger)].slice(0, mostFeatures).map(
    ([feature, rank]): FeatureImportance => ({
      feature: feature.slice(0, nameLength).toWellFormed(),
      rank,
      challenger: shown(input.challenger.get(feature)) ?? 0,
      champion: shown(input.champion?.get(feature)),
      championRank: ranks.get(feature) ?? null,
    }),
  );
  return { grade, metric, features };
}

/** Rank of every feature from 1, the largest number first, names deciding between equal ones. */
export function rankFeatures(of: Importances): ReadonlyMap<string, number> {
  const names = [...of.keys()].sort(
    (a, b) => sizeOf(of.get(b)) - sizeOf(of.get(a)) || (a < b ? -1 : Number(a > b)),
  );
  return new Map(names.map((name, at) => [name, at + 1]));
}

/** What is no number has no size. */
export const sizeOf = (importance: Importance | undefined): number => {
  const size = Math.abs(importance?.value ?? 0);
  return Number.isFinite(size) ? size : 0;
};
