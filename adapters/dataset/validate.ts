import { join } from 'node:path';
import { type DataFileFacts, fetchData, type ReadBlob, readFacts } from '../dvc/dataset.ts';
import { type DvcRemote, openRemote } from '../dvc/remote.ts';
import type { DataEngine } from '../engine/engine.ts';
import type { Contract } from '../../core/config/contract.ts';
import { locate } from '../../core/config/position.ts';
import { digestDataset } from '../../core/dataset/digest.ts';
import { type ListedFile, resolveFiles } from '../../core/dataset/files.ts';
import { judgeGovernance, mayRead } from '../../core/dataset/governance.ts';
import { judgeColumns } from '../../core/dataset/judge.ts';
import { planChecks } from '../../core/dataset/plan.ts';
import type { Positions } from '../../core/dataset/positions.ts';
import { findingsOf, GatehouseError } from '../../core/error/error.ts';
import type { DatasetValidation, EvidenceOrigin, ValidationEvidence } from '../../core/evidence/evidence.ts';
import { type Finding, isFailure } from '../../core/finding/finding.ts';
import { digestBytes } from '../../core/json/canonical.ts';

/** One contract, and from which side of the pull request its text comes. A changed contract is given twice. */
export interface ContractText {
  readonly contract: Contract;
  readonly path: string;
  readonly text: string;
  readonly from: 'base' | 'head';
}

export interface ValidationInputs {
  readonly contracts: readonly ContractText[];
  /** Tree of the head: the data under check. */
  readonly listing: ReadonlyMap<string, ListedFile>;
  readonly origin: EvidenceOrigin;
  /** The model that wants to train; null when only data changes. */
  readonly model: string | null;
  /** `data` of the policy. */
  readonly dataUrl: string;
  /** An empty folder of ours with room for the data. */
  readonly workdir: string;
  /** ISO date, UTC. */
  readonly today: string;
}

export interface ValidationDeps {
  readonly openEngine: () => Promise<DataEngine>;
  readonly readBlob: ReadBlob;
}

/**
 * Checks the data of a pull request by its contracts. Runs no code of the pull request.
 * @returns evidence sorted by dataset and side: what could not be checked is a failing finding in it, never a pass
 */
export async function runValidation(
  inputs: ValidationInputs,
  deps: ValidationDeps,
): Promise<ValidationEvidence> {
  const engine = await deps.openEngine().catch(acceptKnown);
  const job: Job = { inputs, deps, engine, fetched: new Map() };
  try {
    const datasets: DatasetValidation[] = [];
    for (const text of sortContracts(inputs.contracts)) datasets.push(await validate(job, text));
    const version = engine instanceof GatehouseError ? 'unknown' : engine.version;
    return { kind: 'validation', v: 1, origin: inputs.origin, engine: version, datasets };
  } finally {
    if (!(engine instanceof GatehouseError)) engine.close();
  }
}

interface Job {
  readonly inputs: ValidationInputs;
  readonly deps: ValidationDeps;
  /** The error when there is no engine: every dataset is then "not evaluated". */
  readonly engine: DataEngine | GatehouseError;
  /** Data that is here already, by file of the tree: base's and head's contract read the same data. */
  readonly fetched: Map<string, Promise<string>>;
}

interface Outcome {
  readonly findings: readonly Finding[];
  readonly rows: number | null;
  /** False: the infrastructure failed, which says nothing about the data. */
  readonly evaluated: boolean;
}

async function validate(job: Job, text: ContractText): Promise<DatasetValidation> {
  const positions: Positions = (pointer) => locate(text.text, pointer, text.path);
  const { files, findings } = resolveFiles(text.contract, job.inputs.listing, positions);
  const governance = judgeGovernance(text.contract, job.inputs.model, job.inputs.today, positions);
  const read = await readAllFacts(job, files);
  const before = [...governance, ...findings, ...read.findings];
  const outcome: Outcome = mayRead(before)
    ? await measure(job, text.contract, read.facts, positions)
    : { findings: [], rows: null, evaluated: read.evaluated };
  const all = [...before, ...outcome.findings];
  const facts = read.facts.map(({ fact }) => fact);
  return {
    dataset: text.contract.dataset,
    contractPath: text.path,
    contractDigest: digestBytes(text.text),
    contractFrom: text.from,
    files: facts,
    dataDigest: digestDataset(facts),
    rows: outcome.rows,
    verdict: toVerdict(all, outcome.evaluated),
    findings: all,
  };
}

async function readAllFacts(job: Job, files: readonly ListedFile[]) {
  const facts: DataFileFacts[] = [];
  const errors: GatehouseError[] = [];
  for (const file of files) {
    const read = await readFacts(file, job.deps.readBlob).catch(acceptKnown);
    if (read instanceof GatehouseError) errors.push(read);
    else facts.push(read);
  }
  return {
    facts,
    findings: errors.flatMap((error) => findingsOf('data', error)),
    evaluated: errors.every(isInput),
  };
}

async function measure(
  job: Job,
  contract: Contract,
  facts: readonly DataFileFacts[],
  positions: Positions,
): Promise<Outcome> {
  const { engine } = job;
  if (engine instanceof GatehouseError) return toOutcome([engine]);
  const remote = openData(job.inputs.dataUrl);
  if (remote instanceof GatehouseError) return { ...toOutcome([remote]), evaluated: false };
  const files: { path: string; local: string }[] = [];
  const errors: GatehouseError[] = [];
  for (const fact of facts) {
    const local = await fetchOnce(job, remote, fact).catch(acceptKnown);
    if (local instanceof GatehouseError) errors.push(local);
    else files.push({ path: fact.dataPath, local });
  }
  if (errors.length > 0) return toOutcome(errors);
  try {
    const measured = await engine.profile(planChecks(contract), files);
    return { findings: judgeColumns(contract, measured, positions), rows: measured.rows, evaluated: true };
  } catch (error) {
    return toOutcome([acceptKnown(error)]);
  }
}

function openData(url: string): DvcRemote | GatehouseError {
  try {
    return openRemote(url);
  } catch (error) {
    return acceptKnown(error);
  }
}

function fetchOnce(job: Job, remote: DvcRemote, facts: DataFileFacts): Promise<string> {
  const key = `${facts.listed.path}\0${facts.listed.blob}`;
  const known = job.fetched.get(key);
  if (known !== undefined) return known;
  // Our own name: names of the proposer never reach the engine's file patterns.
  const local = join(job.inputs.workdir, `data-${job.fetched.size + 1}`);
  const fetched = fetchData(facts, local, remote, job.deps.readBlob).then(() => local);
  job.fetched.set(key, fetched);
  return fetched;
}

function toOutcome(errors: readonly GatehouseError[]): Outcome {
  return {
    findings: errors.flatMap((error) => findingsOf('data', error)),
    rows: null,
    evaluated: errors.every(isInput),
  };
}

const isInput = (error: GatehouseError): boolean => error.kind === 'input';

function toVerdict(findings: readonly Finding[], evaluated: boolean): DatasetValidation['verdict'] {
  if (!evaluated) return 'not evaluated';
  return findings.some(isFailure) ? 'data invalid' : 'pass';
}

/** An error that names who must act becomes a finding; any other one is a fault of ours and ends the job. */
function acceptKnown(error: unknown): GatehouseError {
  if (error instanceof GatehouseError) return error;
  throw error;
}

function sortContracts(contracts: readonly ContractText[]): readonly ContractText[] {
  const key = ({ contract, from }: ContractText): string => `${contract.dataset} ${from}`;
  return [...contracts].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
