import { networkOf } from '../../core/config/network.ts';
import { resolveFiles } from '../../core/dataset/files.ts';
import type { Measured } from '../../core/dataset/measured.ts';
import { listFailures, mergeShards, type ShardedVersion } from '../../core/dataset/merge-shards.ts';
import type { ShardFailure, ShardPlan, ShardResult } from '../../core/dataset/shard.ts';
import type { ShardAnswers } from '../../core/dataset/shard-answers.ts';
import { GatehouseError, InputError, ServiceError } from '../../core/error/error.ts';
import type { EvidenceOrigin } from '../../core/evidence/evidence.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { type DataFileFacts, readFacts } from '../dvc/dataset.ts';
import type { DvcPointer } from '../dvc/pointer.ts';
import type { DvcRemote } from '../dvc/remote.ts';
import type { DataEngine, DataFile } from '../engine/engine.ts';
import type { ShardedDataset } from './shard-dataset.ts';
import { acceptKnown } from './tables.ts';
import { runValidation, type ValidationDeps, type ValidationResult } from './validate.ts';

export interface ShardMerge {
  readonly plan: ShardPlan;
  readonly dataset: ShardedDataset;
  readonly results: readonly ShardResult[];
  /** Of the second round; none where no rule asks for it. */
  readonly answers: readonly ShardAnswers[];
  readonly origin: EvidenceOrigin;
  /** An empty folder of ours. */
  readonly workdir: string;
  /** ISO instant, UTC. */
  readonly now: string;
}

/**
 * Judges a dataset by what its shards measured, with the very code that judges a dataset measured in one go. No data is
 * fetched: only the engine and the remote are played by the results.
 * @returns what one job would have found; a shard that is missing or does not belong is "not evaluated"
 */
export async function validateShards(
  merge: ShardMerge,
  deps: Pick<ValidationDeps, 'references' | 'putRecord' | 'refused'>,
): Promise<ValidationResult> {
  const { dataset, origin, workdir, now } = merge;
  const { text, known, listing, governing, policy, readBlob } = dataset;
  const facts = await readAllFacts(dataset);
  return runValidation(
    {
      ...{ contracts: [text], known, listing, origin, model: null, workdir, now },
      ...(governing ? { governing } : {}),
      ...{ dataUrl: policy.data, network: networkOf(policy) },
    },
    {
      ...deps,
      readBlob,
      openEngine: async () => playEngine(merge, facts),
      openRemote: () => playRemote(merge, facts),
    },
  );
}

/** What cannot be read is a finding of the validation, which reads it again. */
async function readAllFacts({
  text,
  listing,
  positions,
  readBlob,
}: ShardedDataset): Promise<readonly DataFileFacts[]> {
  const facts: DataFileFacts[] = [];
  for (const file of resolveFiles(text.contract, listing, positions).files) {
    const read = await readFacts(file, readBlob).catch((error: unknown) => {
      if (error instanceof GatehouseError) return null;
      throw error;
    });
    if (read !== null) facts.push(read);
  }
  return facts;
}

const versionOf = ({ plan, dataset }: ShardMerge, facts: readonly DataFileFacts[]): ShardedVersion => ({
  plan,
  contractDigest: digestBytes(dataset.text.text),
  files: facts.map(({ fact }) => fact),
});

/** An engine that has measured already. */
function playEngine(merge: ShardMerge, facts: readonly DataFileFacts[]): DataEngine {
  const version = versionOf(merge, facts);
  return {
    version: merge.results[0]?.engine ?? 'unknown',
    profile: async (checks, asked) => {
      if (!isDataset(asked, facts)) return findReference(merge) ?? refuse(asked);
      return mergeShards(checks, version, merge.results, merge.answers).measured;
    },
    close: () => {},
  };
}

/** The only other table that is asked for: the first shard measured it, by the same plan. */
function findReference({ dataset, results }: ShardMerge): Measured | null {
  const { reference } = dataset.text.contract.drift;
  const found = results.find(({ number }) => number === 1)?.reference ?? null;
  return reference.kind === 'file' && found?.path === reference.path ? found.measured : null;
}

const isDataset = (asked: readonly DataFile[], facts: readonly DataFileFacts[]): boolean =>
  asked.length === facts.length && asked.every(({ path }, at) => path === facts[at]?.dataPath);

/** Data that no shard measured. */
const refuse = (files: readonly DataFile[]) => ({
  files: files.map(({ path }) => ({ path, columns: [], rows: null })),
  problems: files.map(({ path }) => ({ path, line: null, because: 'no shard measured it' })),
  rows: null,
  columns: [],
  rules: [],
  profile: null,
});

/** Holds nothing: the shards have read the data, and say what they could not have. */
function playRemote(merge: ShardMerge, facts: readonly DataFileFacts[]): DvcRemote {
  const told = readFailures(merge, facts);
  const check = ({ md5 }: DvcPointer, source: string): void => {
    const failure = told.find((each) => each.path === source && each.md5 === md5);
    if (failure !== undefined) throw toError(failure);
  };
  return {
    fetch: async (pointer, source) => {
      check(pointer, source);
      return 0;
    },
    fetchFolder: async (pointer, source) => {
      check(pointer, source);
      return [{ path: pointer.path, local: '' }];
    },
    push: async () => {
      throw new TypeError('nothing is pushed here');
    },
  };
}

/** None where shards do not belong together: the engine is asked then, and says so once. */
function readFailures(merge: ShardMerge, facts: readonly DataFileFacts[]): readonly ShardFailure[] {
  try {
    return listFailures(versionOf(merge, facts), merge.results);
  } catch (error) {
    acceptKnown(error);
    return [];
  }
}

/** The error that the shard met. */
function toError({ path, findings, evaluated }: ShardFailure): GatehouseError {
  const Kind = evaluated ? InputError : ServiceError;
  return new Kind('SHARD_DATA', `A shard could not have ${path}`, {
    hint: 'See the log of the shard.',
    findings,
  });
}
