import type { Contract } from '../../core/config/contract.ts';
import type { ModelConfig } from '../../core/config/model.ts';
import type { NetworkRule } from '../../core/config/network.ts';
import { openLocator } from '../../core/config/position.ts';
import { traceAncestry } from '../../core/dataset/ancestry.ts';
import { digestRefusal } from '../../core/dataset/batch.ts';
import { type DatasetFile, digestDataset } from '../../core/dataset/digest.ts';
import { type ListedFile, resolveFiles } from '../../core/dataset/files.ts';
import { judgeGovernance, mayRead } from '../../core/dataset/governance.ts';
import { judgeHistory, type RefusedBatch } from '../../core/dataset/history.ts';
import type { Observation } from '../../core/dataset/observation.ts';
import type { Positions } from '../../core/dataset/positions.ts';
import { hasPrivateColumns, raisePrivacy } from '../../core/dataset/privacy-floor.ts';
import { toDatasetRecord } from '../../core/dataset/record-maker.ts';
import { GatehouseError } from '../../core/error/error.ts';
import { boundFindings } from '../../core/evidence/bound-findings.ts';
import type {
  DatasetValidation,
  Digest,
  EvidenceOrigin,
  ValidationEvidence,
} from '../../core/evidence/evidence.ts';
import { type Finding, isFailure } from '../../core/finding/finding.ts';
import { canonicalJson, digestBytes } from '../../core/json/canonical.ts';
import type { ReadBlob } from '../dvc/dataset.ts';
import type { DataEngine, Progress } from '../engine/engine.ts';
import { type Measurement, measureDataset } from './measure.ts';
import type { ReferenceSource } from './reference.ts';
import { acceptKnown, type TableSource, Tables, toFailure } from './tables.ts';

/** One contract, and from which side of the pull request its text comes. A changed contract is given twice. */
export interface ContractText {
  readonly contract: Contract;
  readonly path: string;
  readonly text: string;
  readonly from: 'base' | 'head';
}

export interface ValidationInputs {
  readonly contracts: readonly ContractText[];
  /** Every contract that governs, by dataset: constraints are inherited from those that a dataset was made from. */
  readonly known: ReadonlyMap<string, Pick<ContractText, 'contract' | 'text'>>;
  /** Tree of the head: the data under check. */
  readonly listing: ReadonlyMap<string, ListedFile>;
  /** Tree of base, where tables come from that the data is compared with; absent: there is none but `listing`. */
  readonly governing?: ReadonlyMap<string, ListedFile>;
  readonly origin: EvidenceOrigin;
  /** The model that wants to train; null when only data changes. */
  readonly model: Pick<ModelConfig, 'model' | 'driftLimits'> | null;
  /** `data` of the policy, and which hosts a job may reach for it. */
  readonly dataUrl: string;
  readonly network: NetworkRule;
  /** An empty folder of ours with room for the data. */
  readonly workdir: string;
  /** ISO instant, UTC. */
  readonly now: string;
}

export interface ValidationDeps {
  readonly openEngine: () => Promise<DataEngine>;
  readonly readBlob: ReadBlob;
  /** null: nothing was ever accepted that could be compared with. */
  readonly references: ReferenceSource | null;
  /** Puts a dataset record into the store; null: this job stores nothing (a fork, a laptop). */
  readonly putRecord: ((text: string) => Promise<Digest>) | null;
  /** Batches that a watch refused and that nobody has mended since. */
  readonly refused: readonly RefusedBatch[];
  readonly onProgress?: (dataset: string, progress: Progress) => void;
  /** Another remote than that of the address: data that is about to come in lies on this machine. */
  readonly openRemote?: TableSource['openRemote'];
}

/** What was found about one dataset: what evidence names, and what else a person wants to see. */
export interface DatasetResult {
  readonly validation: DatasetValidation;
  readonly observations: readonly Observation[];
  readonly measurement: Measurement | null;
}

export interface ValidationResult {
  readonly evidence: ValidationEvidence;
  readonly results: readonly DatasetResult[];
}

/**
 * Checks the data of a pull request by its contracts. Runs no code of the pull request.
 * @returns evidence sorted by dataset and side: what could not be checked is a failing finding in it, never a pass
 */
export async function runValidation(
  inputs: ValidationInputs,
  deps: ValidationDeps,
): Promise<ValidationResult> {
  const engine = await deps.openEngine().catch(acceptKnown);
  const { dataUrl, network, workdir } = inputs;
  const job: Job = {
    inputs,
    deps,
    engine,
    tables: new Tables({
      ...{ dataUrl, network, workdir, readBlob: deps.readBlob },
      ...(deps.openRemote ? { openRemote: deps.openRemote } : {}),
    }),
  };
  try {
    const results: DatasetResult[] = [];
    for (const text of sortContracts(inputs.contracts)) results.push(await validate(job, text));
    const version = engine instanceof GatehouseError ? 'unknown' : engine.version;
    const datasets = results.map(({ validation }) => validation);
    return {
      evidence: { kind: 'validation', v: 1, origin: inputs.origin, engine: version, datasets },
      results,
    };
  } finally {
    if (!(engine instanceof GatehouseError)) engine.close();
  }
}

interface Job {
  readonly inputs: ValidationInputs;
  readonly deps: ValidationDeps;
  /** The error when there is no engine: every dataset is then "not evaluated". */
  readonly engine: DataEngine | GatehouseError;
  readonly tables: Tables;
}

async function validate(job: Job, text: ContractText): Promise<DatasetResult> {
  const { contract } = text;
  const positions: Positions = openLocator(text.text, text.path);
  const { files, findings } = resolveFiles(contract, job.inputs.listing, positions);
  const read = await job.tables.readFacts(files);
  const facts = read.facts.map(({ fact }) => fact);
  const dataDigest = digestDataset(facts);
  const contractDigest = digestBytes(text.text);
  const refusal = digestRefusal(facts, contractDigest);
  const rules = await judgeRules(job, text, refusal, positions);
  const before = [...rules, ...findings, ...read.findings];
  const shown = await hidePrivate(job, text, files, facts);
  const measured = mayRead(before) ? await measure(job, shown, read.facts, positions) : null;
  const outcome = measured ?? {
    findings: [],
    observations: [],
    measurement: null,
    evaluated: read.evaluated,
  };
  const all = [...before, ...outcome.findings];
  const inherited = inheritedBy(contract, job.inputs);
  const validation: DatasetValidation = {
    dataset: contract.dataset,
    contractPath: text.path,
    contractDigest,
    contractFrom: text.from,
    inherited,
    files: facts,
    dataDigest,
    rows: outcome.measurement?.measured.rows ?? null,
    verdict: toVerdict(all, outcome.evaluated),
    findings: boundFindings(all, job.inputs.contracts.length),
    record: null,
  };
  return store(job, shown, {
    validation,
    observations: outcome.observations,
    measurement: outcome.measurement,
  });
}

/**
 * A contract that nobody has approved yet shows nothing that a contract of base over the same data hides: of the same
 * dataset, or with a file of the same path, content or digest.
 */
async function hidePrivate(
  { inputs, tables }: Job,
  text: ContractText,
  files: readonly ListedFile[],
  facts: readonly DatasetFile[],
): Promise<ContractText> {
  if (text.from === 'base') return text;
  const own = new Set([
    ...files.flatMap(({ path, blob }) => [path, blob]),
    ...facts.flatMap(({ md5 }) => md5 ?? []),
  ]);
  const others: Contract[] = [];
  for (const { contract } of inputs.known.values()) {
    if (!hasPrivateColumns(contract)) continue;
    const listed = resolveFiles(contract, inputs.listing, () => ({ file: text.path })).files;
    const isSame =
      contract.dataset === text.contract.dataset ||
      listed.some(({ path, blob }) => own.has(path) || own.has(blob)) ||
      (await tables.readFacts(listed)).facts.some(({ fact }) => fact.md5 !== null && own.has(fact.md5));
    if (isSame) others.push(contract);
  }
  return { ...text, contract: raisePrivacy(text.contract, others) };
}

/** What is decided before any data is read: governance, and what is known of this very data. */
async function judgeRules(
  { inputs, deps }: Job,
  { contract }: ContractText,
  refusal: Digest,
  positions: Positions,
): Promise<readonly Finding[]> {
  const known = new Map([...inputs.known].map(([name, each]) => [name, each.contract]));
  const governance = judgeGovernance(
    contract,
    known,
    inputs.model?.model ?? null,
    inputs.now.slice(0, 10),
    positions,
  );
  const expired = governance.some(({ code }) => code === 'data/expired');
  const trained = expired ? ((await deps.references?.trainedVersions(contract.dataset)) ?? []) : [];
  return [...governance, ...judgeHistory(contract, refusal, deps.refused, trained, positions)];
}

async function measure(
  job: Job,
  text: ContractText,
  facts: Parameters<typeof measureDataset>[0]['facts'],
  positions: Positions,
) {
  const { inputs, deps, engine, tables } = job;
  if (engine instanceof GatehouseError) {
    return { ...toFailure([engine]), observations: [], measurement: null };
  }
  const { onProgress } = deps;
  return measureDataset({
    ...{ contract: text.contract, facts, positions, engine, tables, now: inputs.now },
    listing: inputs.listing,
    governing: governingFor(text, inputs),
    limits: inputs.model?.driftLimits?.[text.contract.dataset] ?? {},
    references: referencesFor(text, deps.references),
    ...(onProgress ? { onProgress: (progress) => onProgress(text.contract.dataset, progress) } : {}),
  });
}

/** A new or changed contract may bring the tables that it compares with; where base has them, they are base's. */
function governingFor({ from }: ContractText, { governing, listing }: ValidationInputs) {
  if (governing === undefined) return null;
  return from === 'base' ? governing : new Map([...listing, ...governing]);
}

const referencesFor = ({ from }: ContractText, references: ReferenceSource | null): ReferenceSource | null =>
  references && { ...references, readFile: (path) => references.readFile(path, from) };

/** Only what passed is kept: a record is what later data is compared with. */
async function store(job: Job, text: ContractText, result: DatasetResult): Promise<DatasetResult> {
  const { validation, observations, measurement } = result;
  const profile = measurement?.measured.profile ?? null;
  if (validation.verdict !== 'pass' || profile === null || job.deps.putRecord === null) return result;
  const { contractDigest, dataDigest, files } = validation;
  const engine = job.engine instanceof GatehouseError ? 'unknown' : job.engine.version;
  const given = { contractDigest, dataDigest, files, engine, observations, profile };
  try {
    const record = await job.deps.putRecord(canonicalJson(toDatasetRecord(text.contract, given)));
    return { ...result, validation: { ...validation, record } };
  } catch (error) {
    // Without its record the data could never be compared with: the store has to be mended first.
    const { findings } = toFailure([acceptKnown(error)]);
    return { ...result, validation: { ...validation, verdict: 'not evaluated', findings } };
  }
}

function inheritedBy(contract: Contract, { known }: ValidationInputs): DatasetValidation['inherited'] {
  const contracts = new Map([...known].map(([name, each]) => [name, each.contract]));
  return traceAncestry(contract, contracts).ancestors.map(({ dataset }) => ({
    dataset,
    contractDigest: digestBytes(known.get(dataset)?.text ?? ''),
  }));
}

function toVerdict(findings: readonly Finding[], evaluated: boolean): DatasetValidation['verdict'] {
  if (!evaluated) return 'not evaluated';
  return findings.some(isFailure) ? 'data invalid' : 'pass';
}

function sortContracts(contracts: readonly ContractText[]): readonly ContractText[] {
  const key = ({ contract, from }: ContractText): string => `${contract.dataset} ${from}`;
  return [...contracts].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
