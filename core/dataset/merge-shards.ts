import { ServiceError } from '../error/error.ts';
import { canonicalJson } from '../json/canonical.ts';
import type { DatasetFile } from './digest.ts';
import { joinAnswers } from './join-answers.ts';
import { keyPartitions, listKeyQuestions } from './key-question.ts';
import type { Measured, MeasuredFile } from './measured.ts';
import { type KeyedAnswers, mergeMeasured } from './merge-measured.ts';
import type { CheckPlan } from './plan.ts';
import type { ShardFailure, ShardPart, ShardPlan, ShardResult } from './shard.ts';
import type { ShardAnswers } from './shard-answers.ts';

/** What a dataset is at the commits of a run; shards must have measured exactly this. */
export interface ShardedVersion {
  readonly plan: ShardPlan;
  readonly contractDigest: string;
  /** Every file, in the order of the dataset. */
  readonly files: readonly DatasetFile[];
}

/**
 * Joins the results of all shards to what one pass would have measured.
 * @returns also the engine that all of them used
 * @throws ServiceError SHARD_MISSING for a file that no shard measured; SHARD_MISMATCH for results of other data, another
 * contract or plan, two engines, or a file that two shards measured: neither says anything about the data
 */
export function mergeShards(
  checks: CheckPlan,
  version: ShardedVersion,
  results: readonly ShardResult[],
  answers: readonly ShardAnswers[] = [],
): { readonly measured: Measured; readonly engine: string } {
  const parts = collectParts(version, results);
  const ordered = version.files.flatMap((file) => {
    const found = parts.get(file.path);
    if (found === undefined) throw missing(file.path);
    return orderSlices(file, found);
  });
  if (parts.size > version.files.length) throw mismatch('a file that is not in the dataset');
  const engines = [...new Set([...results, ...answers].map(({ engine }) => engine))];
  const [engine] = engines;
  if (engine === undefined || engines.length > 1) throw mismatch(`engines ${engines.join(' and ')}`);
  const keyed = ordered.length > 1 ? joinKeys(checks, version, ordered, answers) : undefined;
  const measured = ordered.map((part) => part.measured);
  return { measured: joinSlices(mergeMeasured(checks, measured, keyed)), engine };
}

/** A file as it was measured: whole, or every slice of it, without a row between them. */
function orderSlices(file: DatasetFile, found: readonly ShardPart[]): readonly ShardPart[] {
  if (found.some(({ fact }) => canonicalJson(fact) !== canonicalJson(file))) {
    throw mismatch(`another version of ${file.path}`);
  }
  const [first, ...more] = found;
  if (first === undefined || first.slice === null) {
    if (more.length > 0) throw mismatch(`${file.path} twice`);
    return found;
  }
  const { of } = first.slice;
  const ordered = [...found].sort((a, b) => (a.slice?.number ?? 0) - (b.slice?.number ?? 0));
  let before = 0;
  for (const [at, { slice, measured }] of ordered.entries()) {
    if (slice?.of !== of) throw mismatch(`${file.path} cut in two ways`);
    if (slice.number < at + 1) throw mismatch(`${file.path} twice`);
    if (slice.number > at + 1) throw missing(`slice ${at + 1} of ${file.path}`);
    if (measured.rows !== null && slice.before !== before) throw mismatch(`${file.path} with rows left out`);
    before += measured.rows ?? 0;
  }
  if (ordered.length < of) throw missing(`slice ${ordered.length + 1} of ${file.path}`);
  return ordered;
}

/** Slices of one file are one file again; what is wrong with it is told once. */
function joinSlices(measured: Measured): Measured {
  const files = new Map<string, MeasuredFile>();
  for (const file of measured.files) {
    const rows = files.get(file.path)?.rows;
    const isFirst = rows === undefined;
    const sum = rows === null || file.rows === null ? null : (rows ?? 0) + file.rows;
    files.set(file.path, isFirst ? file : { ...file, rows: sum });
  }
  const problems = new Map(measured.problems.map((problem) => [canonicalJson(problem), problem]));
  return { ...measured, files: [...files.values()], problems: [...problems.values()] };
}

/**
 * What shards say of data that could not be had. A path can be there with two contents: of the data and of the rules.
 * @returns nothing while a file is neither measured nor told of: `mergeShards` then says which one
 * @throws ServiceError SHARD_MISMATCH as `mergeShards`
 */
export function listFailures(
  version: ShardedVersion,
  results: readonly ShardResult[],
): readonly ShardFailure[] {
  const parts = collectParts(version, results);
  const failures = results.flatMap((result) => result.failures);
  const lost = new Set(failures.map(({ path, md5 }) => `${md5} ${path}`));
  const isTold = ({ path, md5 }: DatasetFile): boolean => parts.has(path) || lost.has(`${md5} ${path}`);
  return version.files.every(isTold) ? failures : [];
}

function collectParts(
  { plan, contractDigest }: ShardedVersion,
  results: readonly ShardResult[],
): ReadonlyMap<string, readonly ShardPart[]> {
  const parts = new Map<string, ShardPart[]>();
  const numbers = new Set<number>();
  for (const result of results) {
    if (canonicalJson(result.plan) !== canonicalJson(plan)) throw mismatch('another plan');
    if (result.contractDigest !== contractDigest) throw mismatch('another contract');
    if (numbers.has(result.number)) throw mismatch(`shard ${result.number} twice`);
    numbers.add(result.number);
    for (const part of result.parts) {
      parts.set(part.fact.path, [...(parts.get(part.fact.path) ?? []), part]);
    }
  }
  return parts;
}

/** What the second round says; it has to be whole wherever it was asked. */
function joinKeys(
  checks: CheckPlan,
  { plan, contractDigest, files }: ShardedVersion,
  parts: readonly ShardPart[],
  answers: readonly ShardAnswers[],
): KeyedAnswers {
  const questions = listKeyQuestions(checks);
  // Data that is no table has no keys, and says so itself.
  if (questions.length === 0 || parts.some(({ measured }) => measured.rows === null)) return new Map();
  for (const answer of answers) {
    if (canonicalJson(answer.plan) !== canonicalJson(plan)) throw mismatch('another plan');
    if (answer.contractDigest !== contractDigest) throw mismatch('another contract');
  }
  const numbers = answers.map(({ partition }) => partition).sort((a, b) => a - b);
  const wanted = Array.from({ length: keyPartitions }, (_, at) => at + 1);
  if (numbers.join() !== wanted.join()) throw missing('every partition of the keys');
  return joinAnswers(
    questions,
    parts.map(({ keys }) => keys),
    answers.map((answer) => answer.answers),
    files.map(({ path }) => countRows(parts, path)),
    checks.examples,
  );
}

/** Answers number the rows of a whole file, however it was cut. */
const countRows = (parts: readonly ShardPart[], path: string): number =>
  parts.filter(({ fact }) => fact.path === path).reduce((sum, { measured }) => sum + (measured.rows ?? 0), 0);

function missing(path: string): ServiceError {
  return new ServiceError('SHARD_MISSING', `No shard measured ${path}`, {
    hint: 'Run the failed jobs of the matrix again; the log of the shard says why it ended.',
  });
}

function mismatch(what: string): ServiceError {
  return new ServiceError('SHARD_MISMATCH', `The shards do not belong together: there is ${what}`, {
    hint: 'Run the whole workflow again, so that plan, shards and merge read the same commits with the same release.',
  });
}
