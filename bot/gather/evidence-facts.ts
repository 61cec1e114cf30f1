import { readFacts } from '../../adapters/dvc/dataset.ts';
import { statusOf } from '../../adapters/github/failure.ts';
import type { GitHubReader, RunFacts } from '../../adapters/github/reader.ts';
import type { Proposal } from '../../adapters/proposal/read-proposal.ts';
import type { Store } from '../../adapters/store/store.ts';
import { inheritedContracts } from '../../core/change/inherited.ts';
import type { Contract } from '../../core/config/contract.ts';
import { parseContract } from '../../core/config/contract-file.ts';
import { contractPath } from '../../core/config/layout.ts';
import { type DatasetFile, digestDataset } from '../../core/dataset/digest.ts';
import { resolveFiles } from '../../core/dataset/files.ts';
import { InputError, ServiceError } from '../../core/error/error.ts';
import { needsJudgement } from '../../core/evidence/comparison-need.ts';
import type {
  Digest,
  Evidence,
  JudgementEvidence,
  ValidationEvidence,
} from '../../core/evidence/evidence.ts';
import type { JudgementFacts, OriginFacts, ValidationFacts } from '../../core/evidence/facts.ts';
import { digestFeatures } from '../../core/evidence/held-out-features.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { championsOf } from '../../core/registry/champion.ts';
import type { ModelState } from '../../core/registry/ledger.ts';
import { emptyState } from '../../core/registry/stream.ts';
import type { Request, Rules } from './rules.ts';
import { toText } from './text.ts';

/** What evidence of one pull request is compared with. */
export interface EvidenceScope {
  readonly proposal: Proposal;
  readonly change: Request;
  readonly rules: Rules;
  readonly state: ModelState | null;
  readonly pullRequest: number;
  /** Branch of the head in this repository; null: it lies in a fork, whose pushes GitHub does not tell. */
  readonly headRef: string | null;
  /** Where model bytes are kept: without the bytes, no entry. */
  openStore(): Promise<Pick<Store, 'has'>>;
}

/** Where evidence of this run must come from, from GitHub alone. */
export async function readOriginFacts(
  reader: GitHubReader,
  scope: EvidenceScope,
  run: RunFacts,
  evidence: Evidence,
): Promise<OriginFacts> {
  const { proposal, change, pullRequest } = scope;
  const { base, baseRef } = proposal.commits;
  return {
    repositoryId: proposal.repository.id,
    repository: proposal.repository.fullName,
    pullRequest,
    headSha: run.headSha,
    baseRef,
    baseShas: await readBases(reader, base, evidence.origin.baseSha),
    governed: true, // readProposal refused every other base
    run: { id: run.id, latestAttempt: run.attempt },
    contentDigest: change.contentDigest,
  };
}

/** Base moves while a run works. An earlier commit of it is as good: content and rules are compared by digest. */
async function readBases(reader: GitHubReader, base: string, said: string): Promise<readonly string[]> {
  if (said === base) return [base];
  try {
    return (await reader.mergeBase(said, base)) === said ? [base, said] : [base];
  } catch (error) {
    // A commit that GitHub does not know is no base: the evidence is refused.
    const status = error instanceof ServiceError ? statusOf(error.cause) : null;
    if (status !== 404 && status !== 422) throw error;
    return [base];
  }
}

export async function readValidationFacts(
  reader: GitHubReader,
  scope: EvidenceScope,
  origin: OriginFacts,
  evidence: ValidationEvidence,
): Promise<ValidationFacts> {
  const datasets: ValidationFacts['datasets'][number][] = [];
  for (const side of await readContracts(reader, scope)) {
    const files = await readFiles(reader, scope, side.contract);
    const { dataset } = side.contract;
    datasets.push({
      dataset,
      contractPath: contractPath(dataset),
      contractDigest: digestBytes(side.text),
      contractFrom: side.from,
      inherited: inheritedContracts(side.contract, scope.proposal.catalogue),
      files,
      dataDigest: digestDataset(files),
      record: await findRecord(scope, evidence, dataset, side.from),
    });
  }
  return { ...origin, datasets };
}

/** The record that the evidence names, if its bytes are there: the next data is compared with it when this data is gone. */
async function findRecord(
  scope: EvidenceScope,
  evidence: ValidationEvidence,
  dataset: string,
  from: 'base' | 'head',
): Promise<Digest | null> {
  const said = evidence.datasets.find((each) => each.dataset === dataset && each.contractFrom === from);
  if (said === undefined || said.record === null) return null;
  return (await (await scope.openStore()).has(said.record)) ? said.record : null;
}

interface ContractSide {
  readonly contract: Contract;
  readonly text: string;
  readonly from: 'base' | 'head';
}

/** The governing contract of every dataset, and head's besides where the pull request changes it. */
async function readContracts(reader: GitHubReader, scope: EvidenceScope): Promise<readonly ContractSide[]> {
  const { proposal, change, rules } = scope;
  const sides: ContractSide[] = rules.contracts.map(({ config, text, from }) => ({
    contract: config,
    text,
    from,
  }));
  for (const { path, from } of rules.contracts) {
    if (from === 'head' || !change.configuration.includes(path)) continue;
    const bytes = await reader.file(path, proposal.commits.head);
    const text = bytes === null ? null : toText(bytes);
    if (text !== null) sides.push({ contract: parseContract(text, path), text, from: 'head' });
  }
  return sides;
}

async function readFiles(
  reader: GitHubReader,
  { proposal }: EvidenceScope,
  contract: Contract,
): Promise<readonly DatasetFile[]> {
  const { files } = resolveFiles(contract, proposal.trees.head, () => ({
    file: contractPath(contract.dataset),
  }));
  const facts: DatasetFile[] = [];
  for (const file of files) {
    try {
      facts.push((await readFacts(file, ({ blob }) => reader.blob(blob))).fact);
    } catch (error) {
      // A broken pointer is a finding of the validation, and no file of the data.
      if (!(error instanceof InputError)) throw error;
    }
  }
  return facts;
}

/** @throws InputError JUDGE_HELD_OUT_MISSING, and when there is no model to judge */
export async function readJudgementFacts(
  reader: GitHubReader,
  scope: EvidenceScope,
  origin: OriginFacts,
  evidence: JudgementEvidence,
): Promise<JudgementFacts> {
  const { proposal, change, rules } = scope;
  const { model } = rules;
  if (model === null) throw noModel();
  const { heldOut } = model.config;
  const features = await reader.file(heldOut.features, proposal.commits[model.from]);
  const version = judgedVersion(change);
  return {
    ...origin,
    moves: change.moves,
    model: model.config,
    policy: proposal.policy,
    version,
    artifact: await readArtifactFacts(reader, scope, origin.run.id, version, evidence),
    rulesDigest: rules.digest,
    champions: championsOf(scope.state ?? emptyState(model.config.model)),
    heldOut: {
      featuresDigest: digestFeatures(heldOut.features, features),
      labelsDigest: `sha256:${heldOut.labels.sha256}`,
    },
  };
}

async function readArtifactFacts(
  reader: GitHubReader,
  scope: EvidenceScope,
  runId: number,
  version: number | null,
  evidence: JudgementEvidence,
): Promise<JudgementFacts['artifact']> {
  if (version !== null) {
    const record = scope.state?.versions.get(version)?.record;
    return { ids: [], digest: record?.artifact.digest ?? null };
  }
  const ids = (await reader.artifacts(runId)).map(({ id }) => id);
  const store = await scope.openStore();
  const { digest } = evidence.artifact;
  return { ids, digest: (await store.has(digest)) ? digest : null };
}

function judgedVersion(change: Request): number | null {
  const [move] = change.moves.filter(needsJudgement);
  return move?.kind === 'stage' ? move.version : null;
}

function noModel(): InputError {
  return new InputError('JUDGE_MODEL', 'There is a judgement, but this pull request is about no model', {
    hint: 'Call the judge only when the output "judge" of the validation job is true.',
  });
}
