import type { ExampleRow, Tally } from '../../core/dataset/measured.ts';
import { type Ask, toCount, toText } from './ask.ts';
import { cutBatches, cutColumns, groupByPart } from './batch.ts';
import { type Table, type TableColumn, writeNumberedRows } from './table.ts';

/** Cells at fault that a tally shows. */
const shownCells = 3;
/** Characters of a cell that are shown. */
const shownCharacters = 80;
/** Columns of an example row. */
const shownColumns = 8;
/** Faults of one query. */
const batchFaults = 64;
/** Rows that are looked at first: faults are often everywhere, and then the beginning is enough. */
const firstRows = 200_000;

/** A rule that is broken: how to find its rows, unless they are known, and what to show of them. */
export interface BrokenRule {
  readonly key: string;
  readonly count: number;
  /** Columns of the rule: shown first. */
  readonly columns: readonly TableColumn[];
  /** True where a row of the columns is at fault, or the first rows at fault. */
  readonly rows: string | readonly number[];
  /** The column whose cells are shown; null for none. */
  readonly cells: TableColumn | null;
}

/** How many rows a broken rule needs. */
export const countExampleRows = (examples: number): number => Math.max(shownCells, examples);

/**
 * Reads the first row and examples of broken rules. Private columns are not read.
 * @param examples rows to show of each rule
 */
export async function readTallies(
  ask: Ask,
  table: Table,
  broken: readonly BrokenRule[],
  examples: number,
): Promise<ReadonlyMap<string, Tally>> {
  const rows = await findRows(ask, table, broken, countExampleRows(examples));
  const first = table.columns.filter(({ check }) => check.showValues).slice(0, shownColumns);
  const shown = (rule: BrokenRule): readonly TableColumn[] => pickColumns(rule, first);
  const texts = await readTexts(ask, table, broken, rows, shown, examples);
  const cell = (row: number, { at }: TableColumn): string | null => texts.get(row)?.get(at) ?? null;
  return new Map(
    broken.map((rule): [string, Tally] => {
      const own = rows.get(rule.key) ?? [];
      const column = rule.cells;
      const cells = column === null ? [] : own.slice(0, shownCells).flatMap((row) => cell(row, column) ?? []);
      const show = (row: number): ExampleRow => ({
        row,
        cells: shown(rule).map((found) => [found.check.column, cell(row, found)] as const),
      });
      const firstRow = own[0] ?? null;
      return [
        rule.key,
        { count: rule.count, firstRow, examples: cells, rows: own.slice(0, examples).map(show) },
      ];
    }),
  );
}

/** @param first columns of the table that are shown beside those of the rule */
function pickColumns(rule: BrokenRule, first: readonly TableColumn[]): readonly TableColumn[] {
  const all = [...new Set([...rule.columns, ...first])];
  return all.filter(({ check }) => check.showValues).slice(0, shownColumns);
}

async function findRows(
  ask: Ask,
  table: Table,
  broken: readonly BrokenRule[],
  most: number,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const rows = new Map<string, readonly number[]>();
  for (const { key, rows: found } of broken) if (typeof found !== 'string') rows.set(key, found);
  const wanted = broken.filter(({ rows: found }) => typeof found === 'string');
  const groups = groupByPart(table, wanted, ({ columns: [column] }) => column);
  for (const batch of groups.flatMap((group) => cutBatches(group, batchFaults))) {
    const early = await findFirst(ask, table, batch, most, firstRows);
    const isDone = (rule: BrokenRule): boolean =>
      (early.get(rule.key)?.length ?? 0) >= Math.min(most, rule.count);
    for (const rule of batch.filter(isDone)) rows.set(rule.key, early.get(rule.key) ?? []);
    const late = batch.filter((rule) => !isDone(rule));
    for (const [key, found] of await findFirst(ask, table, late, most)) rows.set(key, found);
  }
  return rows;
}

async function findFirst(
  ask: Ask,
  table: Table,
  rules: readonly BrokenRule[],
  most: number,
  among?: number,
): Promise<ReadonlyMap<string, readonly number[]>> {
  if (rules.length === 0) return new Map();
  const columns = [...new Set(rules.flatMap((rule) => rule.columns))];
  const lists = rules.map(({ rows }) => `min(r, ${most}) FILTER (${String(rows)})`);
  const numbered = writeNumberedRows(table, columns, among);
  const [cells = []] = await ask(`SELECT ${lists.join(', ')} FROM (${numbered})`);
  return new Map(
    rules.map(({ key }, at) => {
      const found = cells[at];
      return [key, Array.isArray(found) ? found.map(toCount) : []];
    }),
  );
}

type Texts = ReadonlyMap<number, ReadonlyMap<number, string | null>>;

async function readTexts(
  ask: Ask,
  table: Table,
  broken: readonly BrokenRule[],
  rows: ReadonlyMap<string, readonly number[]>,
  shown: (rule: BrokenRule) => readonly TableColumn[],
  examples: number,
): Promise<Texts> {
  const texts = new Map<number, Map<number, string | null>>();
  const wanted = new Map<TableColumn, Set<number>>();
  for (const rule of broken) {
    const own = rows.get(rule.key) ?? [];
    const want = (column: TableColumn, most: number) => {
      const set = wanted.get(column) ?? new Set();
      for (const row of own.slice(0, most)) set.add(row);
      wanted.set(column, set);
    };
    if (rule.cells !== null) want(rule.cells, shownCells);
    if (examples > 0) for (const column of shown(rule)) want(column, examples);
  }
  for (const columns of cutColumns(table, [...wanted.keys()])) {
    const numbers = [...new Set(columns.flatMap((column) => [...(wanted.get(column) ?? [])]))];
    if (numbers.length === 0) continue;
    const cells = columns.map(({ at }) => `left(t${at}, ${shownCharacters})`);
    const last = numbers.reduce((most, row) => Math.max(most, row), 0);
    const numbered = writeNumberedRows(table, columns, last);
    const found = await ask(
      `SELECT r, ${cells.join(', ')} FROM (${numbered}) WHERE r IN (${numbers.join(', ')})`,
    );
    for (const [row, ...values] of found) {
      const own = texts.get(toCount(row)) ?? new Map<number, string | null>();
      columns.forEach(({ at }, index) => {
        own.set(at, toText(values[index]));
      });
      texts.set(toCount(row), own);
    }
  }
  return texts;
}
