import type { Catalogue } from '../../core/change/catalogue.ts';
import { refuse } from '../../core/evaluation/refusal.ts';
import type { JudgementPlan } from '../../core/registry/judgement-plan.ts';
import type { FeatureFile } from '../dvc/feature-pointer.ts';

export interface PublishedSources {
  readonly plan: Pick<JudgementPlan, 'model'>;
  readonly catalogue: Catalogue;
  /** Commit of the base branch. */
  readonly base: string;
  readonly github: { file(path: string, commit: string): Promise<Uint8Array | null> };
}

/**
 * Refuses rows of the data remote that only a new model.yml names. Followed blindly, the keys of a job would bring any
 * object of the remote to whoever opened the pull request: all he needs is its digest.
 * @throws InputError JUDGE_HELD_OUT_UNPUBLISHED
 */
export async function requirePublished(rows: FeatureFile, sources: PublishedSources): Promise<void> {
  const { model } = sources.plan;
  if (model.from !== 'head' || !rows.path.endsWith('.dvc') || (await isPublished(rows, sources))) return;
  throw refuse(
    'judge/held-out-unpublished',
    `${model.path} is new and names held-out rows that the base branch does not know`,
    `Merge ${model.path} first, in a pull request without the model's own files; the governors approve which rows it is judged on.`,
    { where: { file: model.path, pointer: '/held-out/features' } },
  );
}

async function isPublished(
  rows: FeatureFile,
  { catalogue, base, github }: PublishedSources,
): Promise<boolean> {
  const named = [...catalogue.models.values()].some(({ from, config: { heldOut } }) => {
    const { features, validation } = heldOut;
    return from === 'base' && [features, validation?.features, validation?.labels].includes(rows.path);
  });
  if (!named) return false;
  const known = await github.file(rows.path, base);
  return known !== null && Buffer.from(known).equals(rows.content);
}
