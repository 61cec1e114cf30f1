import { rm } from 'node:fs/promises';
import type { Contract } from '../../core/config/contract.ts';
import { networkOf } from '../../core/config/network.ts';
import type { Policy } from '../../core/config/policy.ts';
import { resolveFiles } from '../../core/dataset/files.ts';
import { keyPartitions, listKeyQuestions } from '../../core/dataset/key-question.ts';
import type { Measured } from '../../core/dataset/measured.ts';
import { type CheckPlan, planChecks } from '../../core/dataset/plan.ts';
import { privacyIn } from '../../core/dataset/record-maker.ts';
import type { ShardFailure, ShardPart, ShardPlan, ShardResult, ShardTask } from '../../core/dataset/shard.ts';
import type { ShardUnit, Slice } from '../../core/dataset/shard-plan.ts';
import { InputError, ServiceError } from '../../core/error/error.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { toPublicProfile } from '../../core/profile/private.ts';
import type { DataFileFacts } from '../dvc/dataset.ts';
import type { DataFile, Progress } from '../engine/engine.ts';
import type { KeyEngine } from '../engine/key-engine.ts';
import { cutCsv } from './cut-csv.ts';
import { listingsOf } from './measure.ts';
import type { ShardedDataset } from './shard-dataset.ts';
import { type Failure, Tables } from './tables.ts';

export interface ShardJob {
  readonly plan: ShardPlan;
  readonly task: ShardTask;
  readonly dataset: ShardedDataset;
  readonly engine: KeyEngine;
  /** An empty folder of ours with room for the largest file. */
  readonly workdir: string;
  /** An empty folder of ours for keys; they go to the second round. */
  readonly keys: string;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Measures the files of one shard, each for itself, so that any dealing out of files gives the same answer. One file
 * after another is fetched, measured and removed. Data that cannot be had is told as one pass tells it.
 * @returns without anything of private columns but numbers of cells: it leaves this machine
 * @throws InputError SHARD_INVALID for files that are not of the dataset; SHARD_DATA, ServiceError SHARD_DATA for a pointer
 * that cannot be read
 */
export async function measureShard(job: ShardJob): Promise<ShardResult> {
  const { text, policy, readBlob } = job.dataset;
  const checks = planChecks(text.contract);
  const tables = new Tables({ ...placeOf(policy), workdir: job.workdir, readBlob });
  const others = await fetchOthers(job, checks, tables);
  const parts: ShardPart[] = [];
  const failures: ShardFailure[] = [...others.failures];
  const units = [
    ...job.task.files.map((path) => ({ path, slice: null })),
    ...job.task.slices.map(({ path, number, of }) => ({ path, slice: { number, of } })),
  ];
  for (const unit of units) {
    const found = await measureUnit(job, checks, unit, others.files);
    if ('measured' in found) parts.push(found);
    else failures.push(found);
  }
  const reference = await measureReference(job, checks, tables);
  return {
    v: 1,
    plan: job.plan,
    number: job.task.number,
    contractDigest: digestBytes(text.text),
    engine: job.engine.version,
    parts,
    failures: [...failures, ...(reference?.failures ?? [])],
    reference: reference?.reference ?? null,
  };
}

type Others = ReadonlyMap<string, readonly DataFile[]>;

async function measureUnit(
  job: ShardJob,
  checks: CheckPlan,
  { path, slice }: Pick<ShardUnit, 'path' | 'slice'>,
  others: Others,
): Promise<ShardPart | ShardFailure> {
  const { text, positions, listing, policy, readBlob } = job.dataset;
  const files = resolveFiles(text.contract, listing, positions).files;
  const at = files.findIndex((file) => file.path === path);
  const listed = files[at];
  if (listed === undefined) {
    throw new InputError('SHARD_INVALID', `${path} is no file of the dataset "${text.contract.dataset}"`, {
      hint: 'Give each shard exactly what plan-shards dealt out.',
      where: { file: path },
    });
  }
  // Its own tables and folder: what was measured is removed again.
  const workdir = `${job.workdir}/file`;
  const tables = new Tables({ ...placeOf(policy), workdir, readBlob });
  const read = await tables.readFacts([listed]);
  const [facts] = read.facts;
  if (facts === undefined) throw toError(path, read);
  const here = await tables.fetch([facts]);
  if ('findings' in here) {
    await rm(workdir, { recursive: true, force: true });
    return toShardFailure(facts, here);
  }
  const cut = slice === null ? null : await cutFile(here, slice, `${workdir}/slice`);
  const tableFiles = cut?.files ?? here;
  const { onProgress } = job;
  const options = { others, ...(onProgress ? { onProgress } : {}) };
  const measured = await job.engine.profile(checks, tableFiles, options);
  // Else its rows would count once for every slice.
  if (slice !== null && cut === null && measured.rows !== null) throw uncut(path);
  const rows = measured.files.flatMap((file) => file.rows ?? []);
  const isPart = files.length > 1 || slice !== null;
  const questions = isPart && measured.rows !== null ? listKeyQuestions(checks) : [];
  const place = slice && { ...slice, before: cut?.before ?? 0 };
  const target = { questions, folder: job.keys, at, rows, partitions: keyPartitions };
  const own = place === null ? target : { ...target, slice: place };
  const keys = questions.length > 0 ? await job.engine.writeKeys(checks, tableFiles, own) : [];
  await rm(workdir, { recursive: true, force: true });
  return { fact: facts.fact, slice: place, measured: toPublic(measured, text.contract), keys };
}

/** @returns null for a file that is not cut: the engine says what is wrong with it */
async function cutFile(
  files: readonly DataFile[],
  slice: Slice,
  to: string,
): Promise<{ readonly files: readonly DataFile[]; readonly before: number } | null> {
  const [file, ...more] = files;
  if (file === undefined || more.length > 0 || !file.path.endsWith('.csv')) return null;
  const cut = await cutCsv(file.local, slice, to);
  if (cut === null) return null;
  await rm(file.local);
  return { files: [{ path: file.path, local: to }], before: cut.before };
}

function uncut(path: string): InputError {
  return new InputError('SHARD_INVALID', `${path} is no file that can be cut`, {
    hint: 'Give each shard exactly what plan-shards dealt out.',
    where: { file: path },
  });
}

const placeOf = (policy: Policy) => ({ dataUrl: policy.data, network: networkOf(policy) });

const toPublic = (measured: Measured, contract: Contract): Measured => ({
  ...measured,
  profile: measured.profile && toPublicProfile(measured.profile, privacyIn(contract)),
});

interface Fetched<Value> {
  readonly files: Value;
  readonly failures: readonly ShardFailure[];
}

/** Tables that rules compare with: every shard needs them whole. */
async function fetchOthers(job: ShardJob, checks: CheckPlan, tables: Tables): Promise<Fetched<Others>> {
  const others = new Map<string, readonly DataFile[]>();
  const failures: ShardFailure[] = [];
  for (const rule of checks.rules) {
    if (rule.kind !== 'overlap') continue;
    const fetched: (readonly DataFile[] | null)[] = [];
    for (const listing of listingsOf(job.dataset, rule.other)) {
      const found = await fetchTable(job, rule.other, listing, tables);
      fetched.push(found.files);
      failures.push(...found.failures);
    }
    if (!fetched.includes(null))
      others.set(
        rule.other,
        fetched.flatMap((files) => files ?? []),
      );
  }
  return { files: others, failures };
}

/** The reference file of the drift rules: the first shard measures it for all. */
async function measureReference(
  job: ShardJob,
  checks: CheckPlan,
  tables: Tables,
): Promise<(Pick<ShardResult, 'reference'> & Pick<ShardResult, 'failures'>) | null> {
  const { contract } = job.dataset.text;
  const { reference } = contract.drift;
  if (reference.kind !== 'file' || job.task.number !== 1) return null;
  const [listing] = listingsOf(job.dataset, reference.path);
  const { files, failures } = await fetchTable(job, reference.path, listing, tables);
  if (files === null) return { reference: null, failures };
  const measured = await job.engine.profile({ ...checks, rules: [], distinct: [] }, files);
  return { reference: { path: reference.path, measured: toPublic(measured, contract) }, failures };
}

/** A table besides the data. What the tree says against it, the merge finds there too. */
async function fetchTable(
  { dataset: { text, positions } }: ShardJob,
  path: string,
  listing: ShardedDataset['listing'],
  tables: Tables,
): Promise<Fetched<readonly DataFile[] | null>> {
  const found = resolveFiles({ ...text.contract, files: [path] }, listing, positions);
  const read = await tables.readFacts(found.files);
  if (!read.evaluated) throw toError(path, read);
  if (found.findings.length + read.findings.length > 0) return { files: null, failures: [] };
  const files: DataFile[] = [];
  const failures: ShardFailure[] = [];
  for (const facts of read.facts) {
    const here = await tables.fetch([facts]);
    if ('findings' in here) failures.push(toShardFailure(facts, here));
    else files.push(...here);
  }
  return { files: failures.length > 0 ? null : files, failures };
}

const toShardFailure = (
  { fact: { path, md5 } }: DataFileFacts,
  { findings, evaluated }: Failure,
): ShardFailure => ({ path, md5, findings, evaluated });

function toError(path: string, { findings, evaluated }: Failure): InputError | ServiceError {
  const [first] = findings;
  const details = {
    hint: first?.fix ?? 'See the log of the job.',
    where: first?.where ?? { file: path },
    findings,
  };
  const message = `${path} cannot be measured: ${first?.message ?? 'its data cannot be had'}`;
  const Kind = evaluated ? InputError : ServiceError;
  return new Kind('SHARD_DATA', message, details);
}
