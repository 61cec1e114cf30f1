import { z } from 'zod';
import { count } from '../config/field.ts';
import { canonicalJson, isDigest } from '../json/canonical.ts';
import { keyPartitions, type PartitionAnswer } from './key-question.ts';
import { planSchema, readShardText, type ShardPlan } from './shard.ts';

/** What the second round leaves behind for one partition of the keys, in `answers.json`. */
export interface ShardAnswers {
  readonly v: 1;
  readonly plan: ShardPlan;
  /** From 1 to `keyPartitions`. */
  readonly partition: number;
  readonly contractDigest: string;
  readonly engine: string;
  readonly answers: readonly PartitionAnswer[];
}

const rows = z.int().nonnegative();
const answer = z
  .strictObject({
    name: z.string().min(1).max(2000),
    rows,
    count: rows,
    distinct: rows,
    first: z.array(z.tuple([rows, z.int().positive()])).max(20),
  })
  .refine((one) => one.count <= one.rows && one.distinct <= one.rows && one.first.length <= one.count)
  .refine((one) => (one.count === 0) === (one.first.length === 0));

const schema = z.strictObject({
  v: z.literal(1),
  plan: planSchema,
  partition: count(1, keyPartitions),
  contractDigest: z.custom<string>(isDigest),
  engine: z.string().min(1).max(200),
  answers: z.array(answer).max(20_000),
});

export function renderAnswers(answers: ShardAnswers): string {
  return canonicalJson(answers);
}

/** @throws InputError SHARD_INVALID */
export function parseAnswers(text: string, source: string): ShardAnswers {
  return readShardText(schema, text, source);
}
