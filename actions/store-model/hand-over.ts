import { link, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FeatureFile } from '../../adapters/dvc/feature-pointer.ts';
import type { Proposal } from '../../adapters/proposal/read-proposal.ts';
import type { GovernedScoring } from '../../adapters/scoring/governed-scoring.ts';
import { handedNames } from '../../adapters/scoring/handed-files.ts';
import { requirePublished } from '../../adapters/scoring/published.ts';
import { type NetworkRule, networkOf } from '../../core/config/network.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import type { JudgementPlan } from '../../core/registry/judgement-plan.ts';

export interface HandOverDeps {
  readonly github: { file(path: string, commit: string): Promise<Uint8Array | null> };
  /** Writes the bytes of that digest into a file, checked. */
  copyFromStore(digest: Digest, file: string): Promise<void>;
  /** Writes the rows that a `.dvc` pointer points to into a file, checked. @param data the DVC remote of the policy */
  copyFeatures(features: FeatureFile, data: string, file: string, network: NetworkRule): Promise<void>;
  /** An empty folder of this job. */
  readonly folder: string;
}

/** A model that a job of this run scores. */
export interface ToScore {
  readonly who: 'challenger' | 'champion';
  readonly digest: Digest;
  /** Where its bytes lie already, verified; null: only the store has them. */
  readonly file: string | null;
}

export interface HandOver {
  readonly plan: JudgementPlan;
  readonly scoring: Pick<GovernedScoring, 'features' | 'validation'>;
  readonly proposal: Pick<Proposal, 'catalogue' | 'policy' | 'commits'>;
}

/**
 * Fetches what the predicting jobs need, with the keys of this job: they run code of the pull request and get none.
 * Never labels. What lies in git they read there themselves.
 * @returns folders to upload, each with the model and, for `.dvc` pointers, held-out and validation rows
 * @throws InputError JUDGE_HELD_OUT_UNPUBLISHED, STORE_ABSENT, DVC_...; ServiceError from store or data remote
 */
export async function handOver(
  models: readonly ToScore[],
  over: HandOver,
  deps: HandOverDeps,
): Promise<Readonly<Record<ToScore['who'], string | null>>> {
  const folders: Record<ToScore['who'], string | null> = { challenger: null, champion: null };
  const fetched = models.length === 0 ? [] : await fetchAll(over, deps);
  for (const { who, digest, file } of models) {
    const folder = join(deps.folder, who);
    await mkdir(folder);
    const target = join(folder, handedNames.model);
    await (file === null ? deps.copyFromStore(digest, target) : link(file, target));
    for (const [name, rows] of fetched) await link(rows, join(folder, name));
    folders[who] = folder;
  }
  return folders;
}

type Fetched = readonly (readonly [name: string, file: string])[];

/** Rows that do not lie in git: the held-out ones, and those on which a threshold is chosen. */
async function fetchAll(over: HandOver, deps: HandOverDeps): Promise<Fetched> {
  const { features, validation } = over.scoring;
  const fetched: (readonly [string, string])[] = [];
  for (const [name, rows] of [
    [handedNames.features, features],
    [handedNames.validation, validation],
  ] as const) {
    if (rows?.path.endsWith('.dvc')) fetched.push([name, await fetchRows(rows, name, over, deps)]);
  }
  return fetched;
}

async function fetchRows(
  rows: FeatureFile,
  name: string,
  over: HandOver,
  deps: HandOverDeps,
): Promise<string> {
  const { policy } = over.proposal;
  const { catalogue, commits } = over.proposal;
  await requirePublished(rows, { plan: over.plan, catalogue, base: commits.base, github: deps.github });
  const file = join(deps.folder, name);
  await deps.copyFeatures(rows, policy.data, file, networkOf(policy));
  return file;
}
