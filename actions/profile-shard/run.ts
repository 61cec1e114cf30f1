import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeProgress } from '../../adapters/dataset/progress-line.ts';
import { readShardedDataset, type ShardReader } from '../../adapters/dataset/shard-dataset.ts';
import { measureShard } from '../../adapters/dataset/shard-measure.ts';
import type { KeyEngine } from '../../adapters/engine/key-engine.ts';
import { parseShardPlan, parseShardTask, renderShard, type ShardResult } from '../../core/dataset/shard.ts';

export interface ShardInputs {
  /** Outputs of plan-shards, as text. */
  readonly plan: string;
  readonly shard: string;
  /** An empty folder of ours with room for the largest file. */
  readonly workdir: string;
  /** An empty folder of ours for what is left behind. */
  readonly folder: string;
  /** An empty folder of ours for keys, one folder `part=<n>` for each partition. */
  readonly keys: string;
}

export interface ShardDeps {
  readonly reader: ShardReader;
  openEngine(): Promise<KeyEngine>;
  say(text: string): void;
}

/**
 * Measures one shard and writes `shard.json` into the folder.
 * @throws InputError SHARD_INVALID, SHARD_DATA; ServiceError ENGINE_MISSING, ENGINE_FAILED, SHARD_DATA
 */
export async function run(inputs: ShardInputs, deps: ShardDeps): Promise<ShardResult> {
  const plan = parseShardPlan(inputs.plan, 'the input "plan"');
  const task = parseShardTask(inputs.shard, 'the input "shard"');
  const dataset = await readShardedDataset(deps.reader, plan);
  const engine = await deps.openEngine();
  try {
    const onProgress = (progress: Parameters<typeof describeProgress>[1]) =>
      deps.say(describeProgress(plan.dataset, progress));
    const folders = { workdir: inputs.workdir, keys: inputs.keys };
    const result = await measureShard({ plan, task, dataset, engine, ...folders, onProgress });
    await mkdir(inputs.folder, { recursive: true });
    await writeFile(join(inputs.folder, 'shard.json'), renderShard(result));
    return result;
  } finally {
    engine.close();
  }
}
