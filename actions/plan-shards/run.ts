import { readShardedDataset, type ShardReader } from '../../adapters/dataset/shard-dataset.ts';
import { readFacts } from '../../adapters/dvc/dataset.ts';
import { resolveFiles } from '../../core/dataset/files.ts';
import { judgeGovernance, mayRead } from '../../core/dataset/governance.ts';
import { keyPartitions, listKeyQuestions, needsWholeFiles } from '../../core/dataset/key-question.ts';
import { planChecks } from '../../core/dataset/plan.ts';
import type { ShardPlan, ShardTask } from '../../core/dataset/shard.ts';
import { cutFiles, mostShards, planShards, type ShardUnit } from '../../core/dataset/shard-plan.ts';
import { InputError } from '../../core/error/error.ts';
import type { Finding } from '../../core/finding/finding.ts';

export interface PlanInputs {
  readonly dataset: string;
  readonly maxShards: string;
  readonly commits: Pick<ShardPlan, 'rulesAt' | 'dataAt'>;
  /** ISO date, UTC. */
  readonly today: string;
  /** A larger CSV file than a fair share is cut into slices of at least so many bytes. */
  readonly leastSliceBytes: number;
}

export interface PlanOutputs {
  readonly plan: ShardPlan;
  readonly tasks: readonly ShardTask[];
  /** Partitions of the second round, from 1; none when no rule compares rows of several files. */
  readonly partitions: readonly number[];
  readonly files: number;
  readonly sizeBytes: number;
}

/**
 * Deals the files of a dataset out to shards. Reads contract, policy and pointers, no data.
 * @throws InputError SHARDS_INVALID, CONTRACT_MISSING, CONFIG_INVALID; DATA_REFUSED with findings for data that may not
 * be read or is not whole; DVC_POINTER
 */
export async function run(inputs: PlanInputs, reader: ShardReader): Promise<PlanOutputs> {
  const most = parseMost(inputs.maxShards);
  const { dataset, commits } = inputs;
  const { text, known, positions, listing, readBlob } = await readShardedDataset(reader, {
    dataset,
    ...commits,
  });
  const contracts = new Map([...known].map(([name, each]) => [name, each.contract]));
  const { files, findings } = resolveFiles(text.contract, listing, positions);
  const before = [...judgeGovernance(text.contract, contracts, null, inputs.today, positions), ...findings];
  if (!mayRead(before)) throw refuse(dataset, before);
  // A rule that can never be applied is told before any machine starts.
  const checks = planChecks(text.contract);
  const questions = listKeyQuestions(checks);
  const isWhole = needsWholeFiles(checks);
  const sized: Parameters<typeof cutFiles>[0][number][] = [];
  for (const file of files) {
    const { fact, pointer, dataPath } = await readFacts(file, readBlob);
    const isCuttable = !isWhole && pointer?.kind === 'file' && dataPath.endsWith('.csv');
    sized.push({ path: file.path, sizeBytes: fact.sizeBytes, isCuttable });
  }
  const units = cutFiles(sized, most, inputs.leastSliceBytes);
  const tasks = planShards(units, most).map(toTask);
  return {
    plan: { v: 1, dataset, ...commits, shards: tasks.length },
    tasks,
    partitions:
      questions.length > 0 && units.length > 1
        ? Array.from({ length: keyPartitions }, (_, at) => at + 1)
        : [],
    files: sized.length,
    sizeBytes: sized.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
}

const toTask = (units: readonly ShardUnit[], at: number): ShardTask => ({
  number: at + 1,
  files: units.flatMap(({ path, slice }) => (slice === null ? [path] : [])),
  slices: units.flatMap(({ path, slice }) => (slice === null ? [] : [{ path, ...slice }])),
});

function parseMost(text: string): number {
  const most = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (most >= 1 && most <= mostShards) return most;
  throw new InputError('SHARDS_INVALID', `The input "max-shards" is "${text}"`, {
    hint: `Give a whole number from 1 to ${mostShards}: GitHub starts no more jobs of one matrix.`,
  });
}

function refuse(dataset: string, findings: readonly Finding[]): InputError {
  const [first] = findings;
  return new InputError('DATA_REFUSED', `The dataset "${dataset}" is not read: ${first?.message ?? ''}`, {
    hint: first?.fix ?? 'See the findings.',
    findings,
    ...(first?.where ? { where: first.where } : {}),
  });
}
