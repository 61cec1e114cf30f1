import { z } from 'zod';
import { commit, count, name } from '../config/field.ts';
import { GatehouseError, InputError } from '../error/error.ts';
import type { Finding } from '../finding/finding.ts';
import { findingSchema } from '../finding/finding-schema.ts';
import { canonicalJson, isDigest } from '../json/canonical.ts';
import { parseStrictJson } from '../json/strict.ts';
import { toProfile } from '../profile/parse-profile.ts';
import type { DatasetFile } from './digest.ts';
import type { KeyedRows } from './key-question.ts';
import type { Measured } from './measured.ts';
import { measuredSchema } from './measured-schema.ts';
import { mostShards, type Slice } from './shard-plan.ts';

/** What a run splits: every job of it reads the same commits. */
export interface ShardPlan {
  readonly v: 1;
  readonly dataset: string;
  /** Where policy and contracts come from. */
  readonly rulesAt: string;
  /** Where the data comes from. */
  readonly dataAt: string;
  /** Number of shards. */
  readonly shards: number;
}

/** One job of the matrix: its number from 1, and its files as they stand in the tree, in the order of the dataset. */
export interface ShardTask {
  readonly number: number;
  readonly files: readonly string[];
  /** Parts of files, in the same order. */
  readonly slices: readonly (Slice & { readonly path: string })[];
}

/** One file or folder of the dataset, or a slice of a file, measured for itself. */
export interface ShardPart {
  readonly fact: DatasetFile;
  /** `before`: rows of the file in front of the slice. null: it is the whole. */
  readonly slice: (Slice & { readonly before: number }) | null;
  /** Without anything of private columns but numbers of cells. */
  readonly measured: Measured;
  /** Rows whose keys were left for the second round. */
  readonly keys: readonly KeyedRows[];
}

/** Data that could not be had, with what one pass would say of it. */
export interface ShardFailure {
  /** As it stands in the tree: a file of the dataset, or a table that it is compared with. */
  readonly path: string;
  readonly md5: string | null;
  readonly findings: readonly Finding[];
  /** False: the infrastructure failed, which says nothing about the data. */
  readonly evaluated: boolean;
}

/** The reference file of the drift rules, measured without the rules of the table. */
export interface ShardReference {
  /** As the contract writes it. */
  readonly path: string;
  /** Without anything of private columns but numbers of cells. */
  readonly measured: Measured;
}

/** What one shard leaves behind, in `shard.json`. */
export interface ShardResult {
  readonly v: 1;
  readonly plan: ShardPlan;
  readonly number: number;
  readonly contractDigest: string;
  /** Name and version of the engine that counted. */
  readonly engine: string;
  readonly parts: readonly ShardPart[];
  readonly failures: readonly ShardFailure[];
  /** null in every shard but the first, and where the contract names no reference file. */
  readonly reference: ShardReference | null;
}

const path = z.string().min(1).max(2000);
const digest = z.custom<string>(isDigest);
/** Shape of a plan, closed. */
export const planSchema = z.strictObject({
  v: z.literal(1),
  dataset: name,
  rulesAt: commit,
  dataAt: commit,
  shards: count(1, mostShards),
});
const slice = { number: count(1, mostShards), of: count(2, mostShards) };
const taskSchema = z
  .strictObject({
    number: count(1, mostShards),
    files: z.array(path).max(100_000),
    slices: z.array(z.strictObject({ path, ...slice })).max(100_000),
  })
  .refine(({ files, slices }) => files.length + slices.length > 0);
const fact = z.strictObject({
  path,
  md5: z.string().max(100).nullable(),
  blob: commit,
  sizeBytes: z.number().nonnegative(),
});
const keyed = z.strictObject({ name: z.string().min(1).max(2000), rows: z.int().nonnegative() });
const part = z.strictObject({
  fact,
  slice: z.strictObject({ ...slice, before: z.int().nonnegative() }).nullable(),
  measured: measuredSchema,
  keys: z.array(keyed).max(20_000),
});
const failure = z.strictObject({
  path,
  md5: z.string().max(100).nullable(),
  findings: z.array(findingSchema).min(1).max(100),
  evaluated: z.boolean(),
});
const resultSchema = z.strictObject({
  v: z.literal(1),
  plan: planSchema,
  number: count(1, mostShards),
  contractDigest: digest,
  engine: z.string().min(1).max(200),
  parts: z.array(part).max(100_000),
  failures: z.array(failure).max(100_000),
  reference: z.strictObject({ path, measured: measuredSchema }).nullable(),
});

/** @throws InputError SHARD_INVALID */
export function parseShardPlan(text: string, source: string): ShardPlan {
  return readShardText(planSchema, text, source);
}

/** @throws InputError SHARD_INVALID */
export function parseShardTask(text: string, source: string): ShardTask {
  return readShardText(taskSchema, text, source);
}

export function renderShard(result: ShardResult): string {
  return canonicalJson(result);
}

/**
 * Reads what a shard left behind. It comes from an artifact of the run: whoever edits the workflow can write it.
 * @throws InputError SHARD_INVALID, PROFILE_INVALID
 */
export function parseShard(text: string, source: string): ShardResult {
  const result = readShardText(resultSchema, text, source);
  const read = (measured: ReadMeasured, pointer: string) => readMeasured(measured, source, pointer);
  const parts = result.parts.map(
    ({ measured, ...rest }, at): ShardPart => ({
      ...rest,
      measured: read(measured, `/parts/${at}/measured`),
    }),
  );
  const reference = result.reference && {
    ...result.reference,
    measured: read(result.reference.measured, '/reference/measured'),
  };
  return { ...result, parts, reference };
}

type ReadMeasured = z.infer<typeof measuredSchema>;

function readMeasured(measured: ReadMeasured, source: string, pointer: string): Measured {
  const { profile } = measured;
  const checked: Measured = {
    ...measured,
    profile: profile === null ? null : toProfile(profile, source, `${pointer}/profile`),
  };
  if (isWhole(checked)) return checked;
  throw refuse(source, `${pointer} says both that it was measured and that it was not`);
}

/** Rows, profile and counts stand or fall together, no count is above the rows, and no table has rows without columns. */
function isWhole({ files, problems, rows, columns, rules, profile }: Measured): boolean {
  if (rows === null)
    return problems.length > 0 && columns.length === 0 && rules.length === 0 && profile === null;
  const tallies = [
    ...columns.flatMap((column) => Object.values(column.tallies)),
    ...rules.flatMap((rule) => (rule.kind === 'tally' ? [rule.tally] : [])),
  ];
  return (
    problems.length === 0 &&
    profile?.rows === rows &&
    files.every((file) => file.columns.length > 0) &&
    files.reduce((sum, file) => sum + (file.rows ?? Number.NaN), 0) === rows &&
    tallies.every(({ count: found, firstRow }) => found <= rows && (firstRow ?? 0) <= rows)
  );
}

/** 256 Mi UTF-16 code units: longer text is not read. */
const maxLength = 256 * 1024 * 1024;

/**
 * Reads a text of one shape that another job of the run wrote.
 * @throws InputError SHARD_INVALID
 */
export function readShardText<Value>(schema: z.ZodType<Value>, text: string, source: string): Value {
  if (text.length > maxLength) throw refuse(source, `it is longer than ${maxLength} characters`);
  const parsed = schema.safeParse(readJson(text, source));
  if (parsed.success) return parsed.data;
  const at = (parsed.error.issues[0]?.path ?? []).map((step) => `/${String(step)}`).join('');
  throw refuse(source, `the value at "${at || '/'}" is not what stands there`);
}

function readJson(text: string, source: string): unknown {
  try {
    return parseStrictJson(text, source);
  } catch (cause) {
    if (cause instanceof GatehouseError) throw refuse(source, 'it is no strict JSON', cause);
    throw cause;
  }
}

function refuse(source: string, because: string, cause?: unknown): InputError {
  return new InputError('SHARD_INVALID', `${source} is not what a shard leaves behind: ${because}`, {
    hint: 'Run the workflow again; only its own jobs may write inputs and artifacts of the shards.',
    where: { file: source },
    cause,
  });
}
