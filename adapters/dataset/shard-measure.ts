import { rm } from 'node:fs/promises';
import { networkOf } from '../../core/config/network.ts';
import type { Policy } from '../../core/config/policy.ts';
import { resolveFiles } from '../../core/dataset/files.ts';
import { keyPartitions, listKeyQuestions } from '../../core/dataset/key-question.ts';
import { type CheckPlan, planChecks } from '../../core/dataset/plan.ts';
import { privacyIn } from '../../core/dataset/record-maker.ts';
import type { ShardPart, ShardPlan, ShardResult, ShardTask } from '../../core/dataset/shard.ts';
import { InputError, ServiceError } from '../../core/error/error.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { toPublicProfile } from '../../core/profile/private.ts';
import type { DataFile, Progress } from '../engine/engine.ts';
import type { KeyEngine } from '../engine/key-engine.ts';
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
 * after another is fetched, measured and removed.
 * @returns without anything of private columns but numbers of cells: it leaves this machine
 * @throws InputError SHARD_INVALID for files that are not of the dataset; SHARD_DATA, ServiceError SHARD_DATA for data that
 * cannot be had
 */
export async function measureShard(job: ShardJob): Promise<ShardResult> {
  const { text, policy, readBlob } = job.dataset;
  const checks = planChecks(text.contract);
  const tables = new Tables({ ...placeOf(policy), workdir: job.workdir, readBlob });
  const others = await fetchOthers(job, checks, tables);
  const parts: ShardPart[] = [];
  for (const path of job.task.files) parts.push(await measureFile(job, checks, path, others));
  return {
    v: 1,
    plan: job.plan,
    number: job.task.number,
    contractDigest: digestBytes(text.text),
    engine: job.engine.version,
    parts,
  };
}

type Others = ReadonlyMap<string, readonly DataFile[]>;

async function measureFile(
  job: ShardJob,
  checks: CheckPlan,
  path: string,
  others: Others,
): Promise<ShardPart> {
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
  if ('findings' in here) throw toError(path, here);
  const { onProgress } = job;
  const measured = await job.engine.profile(checks, here, { others, ...(onProgress ? { onProgress } : {}) });
  const rows = measured.files.flatMap((file) => file.rows ?? []);
  const questions = files.length > 1 && measured.rows !== null ? listKeyQuestions(checks) : [];
  const target = { questions, folder: job.keys, at, rows, partitions: keyPartitions };
  const keys = questions.length > 0 ? await job.engine.writeKeys(checks, here, target) : [];
  await rm(workdir, { recursive: true, force: true });
  const profile = measured.profile && toPublicProfile(measured.profile, privacyIn(text.contract));
  return { fact: facts.fact, measured: { ...measured, profile }, keys };
}

const placeOf = (policy: Policy) => ({ dataUrl: policy.data, network: networkOf(policy) });

/** Tables that rules compare with: every shard needs them whole. */
async function fetchOthers(job: ShardJob, checks: CheckPlan, tables: Tables): Promise<Others> {
  const { text, positions, listing } = job.dataset;
  const others = new Map<string, readonly DataFile[]>();
  for (const rule of checks.rules) {
    if (rule.kind !== 'overlap') continue;
    const found = resolveFiles({ ...text.contract, files: [rule.other] }, listing, positions);
    if (found.findings.length > 0) throw toError(rule.other, { ...found, evaluated: true });
    const read = await tables.readFacts(found.files);
    if (read.findings.length > 0) throw toError(rule.other, read);
    const files = await tables.fetch(read.facts);
    if ('findings' in files) throw toError(rule.other, files);
    others.set(rule.other, files);
  }
  return others;
}

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
