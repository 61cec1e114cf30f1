import { link, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FeatureFile } from '../../adapters/dvc/feature-pointer.ts';
import type { Proposal } from '../../adapters/proposal/read-proposal.ts';
import { handedNames } from '../../adapters/scoring/handed-files.ts';
import { type NetworkRule, networkOf } from '../../core/config/network.ts';
import { refuse } from '../../core/evaluation/refusal.ts';
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
  readonly features: FeatureFile;
  readonly proposal: Pick<Proposal, 'catalogue' | 'policy' | 'commits'>;
}

/**
 * Fetches what the predicting jobs need, with the keys of this job: they run code of the pull request and get none.
 * Never labels. What lies in git they read there themselves.
 * @returns folders to upload, each with the model and, for a `.dvc` pointer, the held-out rows
 * @throws InputError JUDGE_HELD_OUT_UNPUBLISHED, STORE_ABSENT, DVC_...; ServiceError from store or data remote
 */
export async function handOver(
  models: readonly ToScore[],
  over: HandOver,
  deps: HandOverDeps,
): Promise<Readonly<Record<ToScore['who'], string | null>>> {
  const folders: Record<ToScore['who'], string | null> = { challenger: null, champion: null };
  const rows = models.length === 0 ? null : await fetchRows(over, deps);
  for (const { who, digest, file } of models) {
    const folder = join(deps.folder, who);
    await mkdir(folder);
    const target = join(folder, handedNames.model);
    await (file === null ? deps.copyFromStore(digest, target) : link(file, target));
    if (rows !== null) await link(rows, join(folder, handedNames.features));
    folders[who] = folder;
  }
  return folders;
}

/** @returns null when the rows lie in git */
async function fetchRows(over: HandOver, deps: HandOverDeps): Promise<string | null> {
  const { features, proposal } = over;
  if (!features.path.endsWith('.dvc')) return null;
  if (over.plan.model.from === 'head' && !(await isPublished(over, deps))) {
    throw unpublished(over.plan.model.path);
  }
  const file = join(deps.folder, handedNames.features);
  await deps.copyFeatures(features, proposal.policy.data, file, networkOf(proposal.policy));
  return file;
}

/**
 * A model that base does not know says by itself what its held-out rows are. Followed blindly, the keys of this job would
 * bring any object of the data remote to code of whoever opened the pull request: all he needs is its digest.
 */
async function isPublished({ features, proposal }: HandOver, { github }: HandOverDeps): Promise<boolean> {
  const { catalogue, commits } = proposal;
  const named = [...catalogue.models.values()].some(
    ({ from, config }) => from === 'base' && config.heldOut.features === features.path,
  );
  if (!named) return false;
  const known = await github.file(features.path, commits.base);
  return known !== null && Buffer.from(known).equals(features.content);
}

function unpublished(path: string) {
  return refuse(
    'judge/held-out-unpublished',
    `${path} is new and names held-out rows that the base branch does not know`,
    `Merge ${path} first, in a pull request without the model's own files; the governors approve which rows it is judged on.`,
    { where: { file: path, pointer: '/held-out/features' } },
  );
}
