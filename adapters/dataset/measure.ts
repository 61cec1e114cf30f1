import type { Contract } from '../../core/config/contract.ts';
import type { ColumnDrift } from '../../core/config/drift-rules.ts';
import { inFileOrder } from '../../core/dataset/file-order.ts';
import { type ListedFile, resolveFiles } from '../../core/dataset/files.ts';
import { judgeDataset } from '../../core/dataset/judge.ts';
import type { Measured } from '../../core/dataset/measured.ts';
import type { Observation } from '../../core/dataset/observation.ts';
import { type CheckPlan, planChecks } from '../../core/dataset/plan.ts';
import type { Positions } from '../../core/dataset/positions.ts';
import { privacyIn } from '../../core/dataset/record-maker.ts';
import { compareProfiles } from '../../core/drift/compare.ts';
import type { DriftReport } from '../../core/drift/drift.ts';
import { judgeDrift } from '../../core/drift/findings.ts';
import { GatehouseError } from '../../core/error/error.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { toPublicProfile } from '../../core/profile/private.ts';
import type { Profile } from '../../core/profile/profile.ts';
import type { DataFileFacts } from '../dvc/dataset.ts';
import type { DataEngine, DataFile, Progress } from '../engine/engine.ts';
import { findReference, type Reference, type ReferenceSource } from './reference.ts';
import { acceptKnown, type Failure, type Tables, toFailure } from './tables.ts';

export interface MeasureInputs {
  readonly contract: Contract;
  readonly facts: readonly DataFileFacts[];
  readonly positions: Positions;
  readonly engine: DataEngine;
  readonly tables: Tables;
  /** Tree of the data: where tables lie that rules compare with. */
  readonly listing: ReadonlyMap<string, ListedFile>;
  /**
   * Tree of the base branch, which has the tables that rules and drift compare with: a pull request that could choose
   * them would choose the answer. null: there is no other tree than that of the data.
   */
  readonly governing: ReadonlyMap<string, ListedFile> | null;
  /** Drift limits of the model that wants to train, by column. */
  readonly limits: Readonly<Record<string, ColumnDrift>>;
  readonly references: ReferenceSource | null;
  /** ISO instant, UTC. */
  readonly now: string;
  readonly onProgress?: (progress: Progress) => void;
}

/** The numbers behind a verdict, private columns included: they stay on this machine. */
export interface Measurement {
  readonly measured: Measured;
  /** null: there was nothing to compare with. */
  readonly drift: DriftReport | null;
}

export interface MeasureOutcome {
  readonly findings: readonly Finding[];
  readonly observations: readonly Observation[];
  readonly measurement: Measurement | null;
  /** False: the infrastructure failed, which says nothing about the data. */
  readonly evaluated: boolean;
}

/** Fetches the data of a contract, measures it in one go and judges it by its rules and against its reference. */
export async function measureDataset(inputs: MeasureInputs): Promise<MeasureOutcome> {
  const { contract, engine, positions } = inputs;
  const files = await inputs.tables.fetch(inputs.facts);
  if ('findings' in files) return unmeasured(files);
  try {
    const plan = planChecks(contract);
    const others = await fetchOthers(inputs, plan);
    if ('findings' in others) return unmeasured(others);
    const { onProgress } = inputs;
    const counted = await engine.profile(plan, files, { others, ...(onProgress ? { onProgress } : {}) });
    const measured = {
      ...counted,
      profile: counted.profile === null ? null : inFileOrder(counted.profile, counted.files),
    };
    const judged = judgeDataset(contract, measured, positions, inputs.now);
    const drift = measured.profile === null ? noDrift : await judgeAgainstReference(inputs, measured.profile);
    return {
      findings: [...judged.findings, ...drift.findings],
      observations: [...judged.observations, ...drift.observations],
      measurement: { measured, drift: drift.report },
      evaluated: drift.evaluated,
    };
  } catch (error) {
    return unmeasured(toFailure([acceptKnown(error)]));
  }
}

interface DriftOutcome extends Failure {
  readonly observations: readonly Observation[];
  readonly report: DriftReport | null;
}

const noDrift: DriftOutcome = { findings: [], observations: [], report: null, evaluated: true };

async function judgeAgainstReference(inputs: MeasureInputs, profile: Profile): Promise<DriftOutcome> {
  const { contract, positions, limits } = inputs;
  if (inputs.references === null) return noDrift;
  const reference = await findReference(contract, inputs.references)
    .then((found) => (found === null ? null : readReference(inputs, found)))
    .catch(acceptKnown);
  if (reference === null) return noDrift;
  if (reference instanceof GatehouseError) return { ...noDrift, ...toFailure([reference]) };
  if ('findings' in reference) return { ...noDrift, ...reference };
  // Both without private columns: what is stored of the reference has none either.
  const isPrivate = privacyIn(contract);
  const current = toPublicProfile(profile, isPrivate);
  const before = toPublicProfile(reference.profile, isPrivate);
  const report = compareProfiles(current, before, contract.drift, { reference: reference.name, limits });
  return { ...judgeDrift(report, contract.drift, positions), report, evaluated: true };
}

/** Measures a reference file by the same plan, without the rules of the table. */
async function readReference(
  inputs: MeasureInputs,
  reference: Reference,
): Promise<{ readonly name: string; readonly profile: Profile } | Failure> {
  if (reference.kind === 'profile') return reference;
  const [listing] = listingsOf(inputs, reference.path);
  const files = await fetchPath(inputs, reference.path, '/drift/reference', listing);
  if ('findings' in files) return files;
  const plan: CheckPlan = { ...planChecks(inputs.contract), rules: [], distinct: [] };
  const { profile, problems } = await inputs.engine.profile(plan, files);
  if (profile !== null) return { name: reference.name, profile };
  return toFailing(inputs, '/drift/reference', reference.path, problems[0]?.because ?? 'it was not measured');
}

/** Tables that rules compare with: a row of either tree's table is one that the data must not have. */
async function fetchOthers(
  inputs: MeasureInputs,
  plan: CheckPlan,
): Promise<ReadonlyMap<string, readonly DataFile[]> | Failure> {
  const others = new Map<string, readonly DataFile[]>();
  for (const rule of plan.rules) {
    if (rule.kind !== 'overlap') continue;
    const tables: DataFile[] = [];
    for (const listing of listingsOf(inputs, rule.other)) {
      const files = await fetchPath(inputs, rule.other, `/rules/${rule.name}/with`, listing);
      if ('findings' in files) return files;
      tables.push(...files);
    }
    others.set(rule.other, tables);
  }
  return others;
}

type Listing = MeasureInputs['listing'];

/**
 * Where a table is read that data is compared with: the governing tree first, the data's own where it says something else.
 * What the governing tree lacks is missing: deleted there, it must not come back as the proposer likes it.
 */
export function listingsOf(
  { listing, governing }: Pick<MeasureInputs, 'listing' | 'governing'>,
  path: string,
): readonly [Listing, ...Listing[]] {
  const [before, now] = [governing?.get(path), listing.get(path)];
  if (governing === null) return [listing];
  const isSame = now === undefined || before === undefined || now.blob === before.blob;
  return isSame ? [governing] : [governing, listing];
}

async function fetchPath(
  inputs: MeasureInputs,
  path: string,
  pointer: string,
  listing: Listing,
): Promise<readonly DataFile[] | Failure> {
  const named = { ...inputs.contract, files: [path] };
  const { files, findings } = resolveFiles(named, listing, () => inputs.positions(pointer));
  if (findings.length > 0) return { findings, evaluated: true };
  const read = await inputs.tables.readFacts(files);
  return read.findings.length > 0 ? read : inputs.tables.fetch(read.facts);
}

function toFailing({ positions }: MeasureInputs, pointer: string, path: string, because: string): Failure {
  const finding: Finding = {
    code: 'data/reference-unreadable',
    severity: 'fail',
    message: `The reference ${path} cannot be compared with: ${because}.`,
    where: positions(pointer),
    fix: 'Name a whole table with the columns of the contract, or compare with the champion (drift.reference: champion).',
  };
  return { findings: [finding], evaluated: true };
}

const unmeasured = ({ findings, evaluated }: Failure): MeasureOutcome => ({
  findings,
  observations: [],
  measurement: null,
  evaluated,
});
