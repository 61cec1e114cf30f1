import type { Catalogue } from '../../core/change/catalogue.ts';
import type { HeldOut } from '../../core/config/model.ts';
import { labelNetwork } from '../../core/config/network.ts';
import { findingsOf, GatehouseError } from '../../core/error/error.ts';
import { truthColumnsOf } from '../../core/evaluation/held-out-rows.ts';
import { type HeldOutTruth, readTruth } from '../../core/evaluation/read-truth.ts';
import { refuse } from '../../core/evaluation/refusal.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import type { JudgementPlan } from '../../core/registry/judgement-plan.ts';
import type { JudgeDeps, JudgedProposal } from './deps.ts';

export interface LabelOutcome {
  readonly truth: HeldOutTruth | null;
  /** Why there are none. */
  readonly findings: readonly Finding[];
}

/** Labels live here and nowhere else: they are fetched with this job's own token, held against their digest, never written. */
export async function readLabels(
  { model }: JudgementPlan,
  { catalogue, policy }: Pick<JudgedProposal, 'catalogue' | 'policy'>,
  deps: Pick<JudgeDeps, 'idToken' | 'fetchLabels'>,
): Promise<LabelOutcome> {
  const { labels } = model.config.heldOut;
  try {
    if (model.from === 'head' && !isPublished(labels, catalogue)) throw unpublished(model.path);
    const bytes = await deps.fetchLabels(
      labels.url,
      await deps.idToken(labels.audience),
      labelNetwork(policy, labels.url),
    );
    if (digestBytes(bytes) !== `sha256:${labels.sha256}`) throw otherLabels();
    return { truth: readTruth(bytes, truthColumnsOf(model.config), model.config.task), findings: [] };
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    return { truth: null, findings: findingsOf('judge', error) };
  }
}

/**
 * A model that base does not know says by itself where labels are and which audience asks for them. Followed blindly,
 * that is a token of the judge in the hands of whoever opened the pull request: with it he reads other labels, or signs.
 */
function isPublished(labels: HeldOut['labels'], catalogue: Catalogue): boolean {
  return [...catalogue.models.values()].some(({ from, config }) => {
    const known = config.heldOut.labels;
    return (
      from === 'base' &&
      known.url === labels.url &&
      known.audience === labels.audience &&
      known.sha256 === labels.sha256 &&
      known.column === labels.column &&
      known.weight === labels.weight &&
      known.group === labels.group
    );
  });
}

function unpublished(path: string) {
  return refuse(
    'judge/labels-unpublished',
    `${path} is new and names held-out labels that the base branch does not know`,
    `Merge ${path} first, in a pull request without the model's own files; the governors approve where labels come from.`,
    { where: { file: path, pointer: '/held-out/labels' } },
  );
}

function otherLabels() {
  return refuse(
    'judge/labels-other',
    'The label file is not the one that model.yml names by its SHA-256',
    'The owner of the held-out set publishes the file again, or changes held-out.labels.sha256 in a pull request of its own.',
  );
}
