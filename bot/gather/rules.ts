import type { GitHubReader } from '../../adapters/github/reader.ts';
import type { Proposal } from '../../adapters/proposal/read-proposal.ts';
import type { Governed } from '../../core/change/catalogue.ts';
import type { Change } from '../../core/change/change.ts';
import { type Declared, declaredPaths, readDeclared } from '../../core/change/declared.ts';
import type { Contract } from '../../core/config/contract.ts';
import {
  behaviourPath,
  modelPath,
  readinessPath,
  risksPath,
  waiverOfFile,
} from '../../core/config/layout.ts';
import type { ModelConfig } from '../../core/config/model.ts';
import { parseModelConfig, parseModelOnce } from '../../core/config/model-file.ts';
import type { PrivacyClass, Role } from '../../core/config/policy.ts';
import { InputError } from '../../core/error/error.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import { rulesDigest } from '../../core/evidence/rules-digest.ts';
import {
  findPredictionChange,
  type HeadModel,
  type PredictionBreaks,
} from '../../core/policy/prediction-break.ts';
import { changedModelFields, requiredApprovals } from '../../core/policy/requirement.ts';
import { readBlobs, toText } from './text.ts';

export type Request = Extract<Change, { kind: 'request' }>;

/** The rules that apply to one request: base's, head's only for what base does not know. */
export interface Rules {
  readonly model: Governed<ModelConfig> | null;
  readonly contracts: readonly Governed<Contract>[];
  readonly digest: Digest;
  /** Owners that the request is about, as base says. Who stands for the role `owner` is in every one of them. */
  readonly owners: readonly Role[];
  /** Fields of model.yml that differ; null: the file did not change, or its new text cannot be compared. */
  readonly modelFields: readonly string[] | null;
  /** What people declared about the model in files of base; null: nothing, or base does not know the model. */
  readonly declared: Declared | null;
  /** Privacy classes of the columns of all data at stake; null: a contract of it is not known. */
  readonly privacy: readonly PrivacyClass[] | null;
  /** What it takes from those who read the predictions; null: nothing. */
  readonly prediction: PredictionBreaks | null;
}

export async function readRules(reader: GitHubReader, proposal: Proposal, change: Request): Promise<Rules> {
  const { catalogue, policy } = proposal;
  const model = change.model === null ? null : (catalogue.models.get(change.model) ?? null);
  const contracts = change.datasets.flatMap((name) => catalogue.datasets.get(name) ?? []);
  const before = governedModel(model);
  const head: HeadModel =
    change.model === null ? { kind: 'same' } : await readHeadModel(reader, proposal, change.model);
  return {
    model,
    contracts,
    digest: rulesDigest({ policy, catalogue, change }),
    owners: ownersOf(change, model, proposal),
    declared: before === null ? null : await readDeclaredFiles(reader, proposal, before.model),
    privacy: privacyOf(change, model, proposal),
    modelFields: head.kind === 'read' ? changedModelFields(before, head.config) : null,
    prediction: findPredictionChange(before, head, modelPath(change.model ?? '')),
  };
}

/**
 * Owners of every file that changed and that base knows, and the model's where a move asks for its owner. A file that is
 * new names its own owner, who must not speak for what others own.
 */
function ownersOf(
  change: Request,
  model: Governed<ModelConfig> | null,
  { catalogue, policy }: Proposal,
): readonly Role[] {
  const changed = ({ from }: Governed<unknown>, ...paths: readonly string[]) =>
    from === 'base' && paths.some((path) => change.configuration.includes(path));
  const contracts = [...catalogue.datasets.values()]
    .filter((contract) => changed(contract, contract.path))
    .map(({ config }) => config.owner);
  if (model === null) return contracts;
  const lines = requiredApprovals({ ...change, configuration: [] }, policy, model.config);
  const name = model.config.model;
  const waived = model.from === 'base' && change.configuration.some((path) => waiverOfFile(path) !== null);
  const own = waived || changed(model, model.path, behaviourPath(name), readinessPath(name), risksPath(name));
  const asked = lines.some(({ role }) => role === 'owner') || own || contracts.length === 0;
  return asked ? [model.config.owners, ...contracts] : contracts;
}

/** model.yml as base has it, without the suite beside it: a new one has promised nobody anything. */
const governedModel = (model: Governed<ModelConfig> | null): ModelConfig | null =>
  model?.from === 'base' ? parseModelOnce(model.text, model.path, model.config.model) : null;

function privacyOf(
  change: Request,
  model: Governed<ModelConfig> | null,
  { catalogue, policy }: Proposal,
): readonly PrivacyClass[] | null {
  // Nobody asks: what nobody reads is no part of what is stored.
  if (policy.addWhen.every(({ privacy }) => privacy === undefined)) return null;
  const names = [...new Set([...change.datasets, ...(model?.config.datasets ?? [])])];
  const contracts = names.map((name) => catalogue.datasets.get(name)?.config);
  if (contracts.includes(undefined)) return null;
  const classes = contracts.flatMap((contract) => contract?.columns.map(({ privacy }) => privacy) ?? []);
  return [...new Set(classes)].sort();
}

async function readDeclaredFiles(
  reader: GitHubReader,
  { trees: { base } }: Proposal,
  model: string,
): Promise<Declared | null> {
  const blobs = declaredPaths(base, model).flatMap((path) => base.get(path)?.blob ?? []);
  if (blobs.length === 0) return null;
  const texts = await readBlobs(reader, [...new Set(blobs)]);
  return readDeclared(base, model, (path) => texts.get(base.get(path)?.blob ?? '') ?? null);
}

async function readHeadModel(
  reader: GitHubReader,
  { trees, commits }: Proposal,
  name: string,
): Promise<HeadModel> {
  const path = modelPath(name);
  if (trees.mergeBase.get(path)?.blob === trees.head.get(path)?.blob) return { kind: 'same' };
  const bytes = await reader.file(path, commits.head);
  if (bytes === null) return { kind: 'read', config: null };
  try {
    return { kind: 'read', config: parseModelConfig(toText(bytes) ?? '', path, name) };
  } catch (error) {
    // Unknown fields: `requiredApprovals` then asks governors as well.
    if (error instanceof InputError) return { kind: 'unreadable' };
    throw error;
  }
}
