import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readShardedDataset, type ShardReader } from '../../adapters/dataset/shard-dataset.ts';
import type { KeyEngine } from '../../adapters/engine/key-engine.ts';
import { keyPartitions, listKeyQuestions } from '../../core/dataset/key-question.ts';
import { planChecks } from '../../core/dataset/plan.ts';
import { parseShardPlan } from '../../core/dataset/shard.ts';
import { renderAnswers, type ShardAnswers } from '../../core/dataset/shard-answers.ts';
import { InputError } from '../../core/error/error.ts';
import { digestBytes } from '../../core/json/canonical.ts';

export interface CompareInputs {
  /** Output of plan-shards, as text. */
  readonly plan: string;
  readonly partition: string;
  /** Where the key files of this partition were unpacked; not there when no row has a key in it. */
  readonly keys: string;
  /** An empty folder of ours for what is left behind. */
  readonly folder: string;
}

export interface CompareDeps {
  readonly reader: ShardReader;
  openEngine(): Promise<KeyEngine>;
}

/**
 * Finds the keys of one partition that occur in several rows and writes `answers.json`.
 * @throws InputError SHARD_INVALID; ServiceError ENGINE_MISSING, ENGINE_FAILED
 */
export async function run(inputs: CompareInputs, deps: CompareDeps): Promise<ShardAnswers> {
  const plan = parseShardPlan(inputs.plan, 'the input "plan"');
  const partition = parsePartition(inputs.partition);
  const { text } = await readShardedDataset(deps.reader, plan);
  const checks = planChecks(text.contract);
  const engine = await deps.openEngine();
  try {
    const files = await listKeyFiles(inputs.keys);
    const most = Math.max(checks.examples, 1);
    const result: ShardAnswers = {
      v: 1,
      plan,
      partition,
      contractDigest: digestBytes(text.text),
      engine: engine.version,
      answers: await engine.compareKeys(listKeyQuestions(checks), files, most),
    };
    await mkdir(inputs.folder, { recursive: true });
    await writeFile(join(inputs.folder, 'answers.json'), renderAnswers(result));
    return result;
  } finally {
    engine.close();
  }
}

function parsePartition(text: string): number {
  const partition = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (partition >= 1 && partition <= keyPartitions) return partition;
  throw new InputError('SHARD_INVALID', `The input "partition" is "${text}"`, {
    hint: 'Give one number of the output partitions of plan-shards.',
  });
}

/** Names are ours: the engine would expand others as patterns. */
async function listKeyFiles(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return found
    .filter((entry) => entry.isFile() && /^k\d+_\d+_\d+_\d+\.parquet$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
