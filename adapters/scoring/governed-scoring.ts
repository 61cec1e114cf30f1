import type { ModelConfig } from '../../core/config/model.ts';
import { refuse } from '../../core/evaluation/refusal.ts';
import { planScoringSets, type ScoringSet } from '../../core/evaluation/scoring-set.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import { digestFeatures } from '../../core/evidence/held-out-features.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import type { FeatureFile } from '../dvc/feature-pointer.ts';

/** Everything that a model is scored on, as the governing commit names it. */
export interface GovernedScoring {
  readonly features: FeatureFile;
  /** Names the held-out rows in evidence and ledger. */
  readonly featuresDigest: Digest;
  /** null: no threshold is chosen. */
  readonly validation: FeatureFile | null;
  /** Tables that the production-like suite replays, by path. */
  readonly recorded: ReadonlyMap<string, Uint8Array>;
  /** Sets besides the held-out rows. */
  readonly sets: readonly ScoringSet[];
}

/**
 * Reads what a model is scored on. The jobs that store, predict and judge read it alike, from git alone.
 * @param commit that governs the model's configuration
 * @throws InputError JUDGE_HELD_OUT_MISSING, JUDGE_RECORDED_MISSING; ServiceError from GitHub
 */
export async function readGovernedScoring(
  config: ModelConfig,
  commit: string,
  github: { file(path: string, commit: string): Promise<Uint8Array | null> },
): Promise<GovernedScoring> {
  const readFeatures = async (path: string) => {
    const content = await github.file(path, commit);
    const digest = digestFeatures(path, content);
    return { file: { path, content: content ?? new Uint8Array(0) }, digest };
  };
  const features = await readFeatures(config.heldOut.features);
  const { validation: named } = config.heldOut;
  const validation = named === undefined ? null : await readFeatures(named.features);
  const recorded = new Map<string, Uint8Array>();
  for (const path of recordedPaths(config)) {
    const content = await github.file(path, commit);
    if (content === null) throw noTable(path);
    recorded.set(path, content);
  }
  const sets = planScoringSets(config, config.behaviour ?? null, {
    features: features.digest,
    validation: validation?.digest ?? null,
    recorded: Object.fromEntries([...recorded].map(([path, bytes]) => [path, digestBytes(bytes)])),
  });
  return {
    features: features.file,
    featuresDigest: features.digest,
    validation: validation?.file ?? null,
    recorded,
    sets,
  };
}

function recordedPaths({ productionLike }: ModelConfig): readonly string[] {
  const all = productionLike?.corruptions ?? [];
  return [...new Set(all.flatMap((each) => (each.kind === 'recorded' ? [each.file] : [])))];
}

function noTable(path: string) {
  return refuse(
    'judge/recorded-missing',
    `There is no ${path} at the commit that governs`,
    'Commit the table that the production-like suite replays, or take the corruption out of model.yml.',
    { where: { file: path } },
  );
}
