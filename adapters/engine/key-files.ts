import { mkdir } from 'node:fs/promises';
import type { KeyedRows, KeyQuestion, PartitionAnswer } from '../../core/dataset/key-question.ts';
import type { CheckPlan } from '../../core/dataset/plan.ts';
import { type Ask, toCount } from './ask.ts';
import { writeExact } from './cell-sql.ts';
import { quoteText } from './sql.ts';
import { joinSources, type Source, type Table, type TableColumn, writeNumberedRows } from './table.ts';

/** Where keys of one part of a dataset go. */
export interface KeyTarget {
  readonly questions: readonly KeyQuestion[];
  /** A folder of ours; partitions become folders `part=<n>` in it. */
  readonly folder: string;
  /** Place of the part in the dataset, from 0. */
  readonly at: number;
  /** Rows of each file of the part, as they were measured. */
  readonly rows: readonly number[];
  readonly partitions: number;
  /** Of a slice of a file: which one it is, and rows of the file in front of it. */
  readonly slice?: { readonly number: number; readonly before: number };
}

/**
 * Writes a 128-bit hash of the key of every row, with its row number: equal keys of any file meet in one partition. Two
 * different keys of n rows share a hash with a chance below n^2 / 2^129 (a billion rows: 2e-21); then a row is counted
 * that is no repeat, and none is ever missed.
 * @returns how many rows have a key for each question; a question whose columns are not in the files is left out
 */
export async function writeKeys(
  ask: Ask,
  plan: CheckPlan,
  sources: readonly Source[],
  target: KeyTarget,
): Promise<readonly KeyedRows[]> {
  await mkdir(target.folder, { recursive: true });
  const written: KeyedRows[] = [];
  for (const [index, question] of target.questions.entries()) {
    let total: number | null = 0;
    for (const [file, source] of sources.entries()) {
      // Each file for itself: the engine reads several at once, in no order.
      const rows = writeKeyRows(joinSources(plan, [source]), question);
      const copied: number | null = rows === null ? null : await copyKeys(ask, rows, target, index, file);
      total = total === null || copied === null ? null : total + copied;
    }
    if (total !== null) written.push({ name: question.name, rows: total });
  }
  return written;
}

async function copyKeys(
  ask: Ask,
  rows: string,
  { at, folder, partitions, rows: sizes, slice }: KeyTarget,
  question: number,
  file: number,
): Promise<number> {
  const before = sizes.slice(0, file).reduce((sum, size) => sum + size, slice?.before ?? 0);
  const part = `CAST(lo % ${partitions} AS INTEGER) + 1 AS part`;
  const keys = `SELECT ${question} AS q, ${at} AS f, r + ${before} AS r, hi, lo, lhi, llo, ${part} FROM (${rows})`;
  const name = quoteText(`k${at}_${question}_${slice?.number ?? file}_{i}`);
  const options = `FORMAT parquet, PARTITION_BY (part), OVERWRITE_OR_IGNORE, FILENAME_PATTERN ${name}`;
  const [copied = []] = await ask(`COPY (${keys}) TO ${quoteText(folder)} (${options})`);
  return toCount(copied[0]);
}

function writeKeyRows(table: Table, question: KeyQuestion): string | null {
  const find = (name: string): TableColumn | null =>
    table.columns.find(({ check }) => check.column === name) ?? null;
  const label = question.kind === 'conflicts' ? find(question.label) : null;
  const columns = question.columns.map(find);
  const needed = question.kind !== 'repeated' || question.nulls === 'skip';
  if (needed && question.kind !== 'conflicts' && columns.includes(null)) return null;
  if (question.kind === 'conflicts' && label === null) return null;
  const there = [...columns, label].flatMap((column) => column ?? []);
  const key = columns.map(writePart).join(` || `);
  const where = [...writeConditions(question, columns, label), 'true'].join(' AND ');
  const labelText =
    label === null ? `''` : `coalesce(${writeExact(label.check.type, `v${label.at}`)}, '?' || t${label.at})`;
  const hashed = `SELECT r, ${key} AS k, ${labelText} AS l FROM (${writeNumberedRows(table, there)}) WHERE ${where}`;
  const halves = (text: string, prefix: string): string =>
    `md5_number_upper(${text}) AS ${prefix}hi, md5_number_lower(${text}) AS ${prefix}lo`;
  return `SELECT r, ${halves('k', '')}, ${halves('l', 'l')} FROM (${hashed})`;
}

function writeConditions(
  question: KeyQuestion,
  columns: readonly (TableColumn | null)[],
  label: TableColumn | null,
): readonly string[] {
  const found = columns.flatMap((column) => column ?? []);
  switch (question.kind) {
    case 'repeated':
      return question.nulls === 'skip' ? found.map(({ at }) => `p${at}`) : [];
    case 'conflicts':
      return label === null ? [] : [`p${label.at}`];
    case 'distinct':
      return found.map(({ at }) => `v${at} IS NOT NULL`);
  }
}

/**
 * One column of a key as text that no other cells give: a letter for what it is, its length, itself. A value counts by what
 * it is and not by how it is spelt; a cell that is no value counts by its text.
 */
function writePart(column: TableColumn | null): string {
  if (column === null) return `'n'`;
  const { at, check } = column;
  const value = writeExact(check.type, `v${at}`);
  const sized = (letter: string, text: string): string => `'${letter}' || strlen(${text}) || ':' || ${text}`;
  return `CASE WHEN v${at} IS NOT NULL THEN ${sized('v', value)} WHEN p${at} THEN ${sized('t', `t${at}`)} ELSE 'n' END`;
}

/**
 * Answers every question for one partition.
 * @param files key files of this partition from all parts of the dataset
 * @param most first rows at fault that are wanted
 */
export async function compareKeys(
  ask: Ask,
  questions: readonly KeyQuestion[],
  files: readonly string[],
  most: number,
): Promise<readonly PartitionAnswer[]> {
  const answers: PartitionAnswer[] = [];
  for (const [index, question] of questions.entries()) {
    const { name, kind } = question;
    if (files.length === 0) {
      answers.push({ name, rows: 0, count: 0, distinct: 0, first: [] });
      continue;
    }
    const list = files.map(quoteText).join(', ');
    const keys = `SELECT f, r, hi, lo, lhi, llo FROM read_parquet([${list}], hive_partitioning = false) WHERE q = ${index}`;
    const broken = kind === 'conflicts' ? 'min(lhi) <> max(lhi) OR min(llo) <> max(llo)' : 'count(*) > 1';
    await ask(
      `CREATE OR REPLACE TEMP TABLE key_groups AS SELECT hi, lo, count(*) AS n, ${broken} AS broken FROM (${keys}) GROUP BY hi, lo`,
    );
    const counted = kind === 'conflicts' ? 'n' : 'n - 1';
    const [totals = []] = await ask(
      `SELECT CAST(coalesce(sum(n), 0) AS BIGINT), count(*), CAST(coalesce(sum(${counted}) FILTER (broken), 0) AS BIGINT) FROM key_groups`,
    );
    const [rows, distinct, count] = totals.map(toCount) as [number, number, number];
    const first = count === 0 ? [] : await readFirst(ask, keys, kind !== 'conflicts', most);
    answers.push({ name, rows, count, distinct, first });
  }
  await ask('DROP TABLE IF EXISTS key_groups');
  return answers;
}

async function readFirst(
  ask: Ask,
  keys: string,
  skipFirst: boolean,
  most: number,
): Promise<readonly (readonly [number, number])[]> {
  const matching = `SELECT k.* FROM (${keys}) k SEMI JOIN (SELECT * FROM key_groups WHERE broken) g ON k.hi = g.hi AND k.lo = g.lo`;
  const ranked = `SELECT f, r, row_number() OVER (PARTITION BY hi, lo ORDER BY f, r) AS i FROM (${matching})`;
  const found = await ask(
    `SELECT f, r FROM (${ranked}) WHERE i > ${skipFirst ? 1 : 0} ORDER BY f, r LIMIT ${most}`,
  );
  return found.map(([file, row]) => [toCount(file), toCount(row)] as const);
}
