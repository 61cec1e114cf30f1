import type { GitHubReader } from '../../adapters/github/reader.ts';
import type { Proposal } from '../../adapters/proposal/read-proposal.ts';
import type { Governed } from '../../core/change/catalogue.ts';
import type { Change } from '../../core/change/change.ts';
import type { Contract } from '../../core/config/contract.ts';
import { modelPath } from '../../core/config/layout.ts';
import type { ModelConfig } from '../../core/config/model.ts';
import { parseModelConfig } from '../../core/config/model-file.ts';
import type { Role } from '../../core/config/policy.ts';
import { InputError } from '../../core/error/error.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import { rulesDigest } from '../../core/evidence/rules-digest.ts';
import { changedModelFields } from '../../core/policy/requirement.ts';
import { toText } from './text.ts';

export type Request = Extract<Change, { kind: 'request' }>;

/** The rules that apply to one request: base's, head's only for what base does not know. */
export interface Rules {
  readonly model: Governed<ModelConfig> | null;
  readonly contracts: readonly Governed<Contract>[];
  readonly digest: Digest;
  /** Who owns the files that the request is about, as base says. */
  readonly owner: Role;
  /** Fields of model.yml that differ; null: the file did not change, or its new text cannot be compared. */
  readonly modelFields: readonly string[] | null;
}

export async function readRules(reader: GitHubReader, proposal: Proposal, change: Request): Promise<Rules> {
  const { catalogue, policy } = proposal;
  const model = change.model === null ? null : (catalogue.models.get(change.model) ?? null);
  const contracts = change.datasets.flatMap((name) => catalogue.datasets.get(name) ?? []);
  return {
    model,
    contracts,
    digest: rulesDigest({ policy, catalogue, change }),
    owner: ownerOf(change, model, proposal),
    modelFields: change.model === null ? null : await readFields(reader, proposal, change.model, model),
  };
}

/** The contracts' owners for a change of contracts alone, besides the model's for everything about a model. */
function ownerOf(change: Request, model: Governed<ModelConfig> | null, { catalogue }: Proposal): Role {
  const changed = [...catalogue.datasets.values()].filter(({ path }) => change.configuration.includes(path));
  const roles = [
    ...(model === null ? [] : [model.config.owners]),
    ...changed.map(({ config }) => config.owner),
  ];
  return {
    users: [...new Set(roles.flatMap((role) => role.users))],
    teams: [...new Set(roles.flatMap((role) => role.teams))],
  };
}

async function readFields(
  reader: GitHubReader,
  { trees, commits }: Proposal,
  name: string,
  base: Governed<ModelConfig> | null,
): Promise<readonly string[] | null> {
  const path = modelPath(name);
  if (trees.mergeBase.get(path)?.blob === trees.head.get(path)?.blob) return null;
  const before = base?.from === 'base' ? base.config : null;
  const bytes = await reader.file(path, commits.head);
  if (bytes === null) return changedModelFields(before, null);
  try {
    return changedModelFields(before, parseModelConfig(toText(bytes) ?? '', path, name));
  } catch (error) {
    // Unknown fields: `requiredApprovals` then asks governors as well.
    if (error instanceof InputError) return null;
    throw error;
  }
}
