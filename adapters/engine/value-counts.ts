import { maxValueCharacters, maxValues } from '../../core/profile/profile.ts';
import { type Ask, type Json, toCount } from './ask.ts';
import { writeExact, writeFromExact } from './cell-sql.ts';
import type { ColumnCount, CountedValues } from './column-count.ts';
import type { Fault } from './fault.ts';
import {
  hasKeys,
  type KeyCount,
  readReduced,
  writeAggregates,
  writeKeyCounts,
  writeKeyed,
} from './reduced-column.ts';
import { type Table, type TableColumn, writeCells, writeReadings } from './table.ts';

export interface Counted {
  readonly columns: readonly ColumnCount[];
  /** Rows of each file. */
  readonly rows: readonly number[];
}

const empty = 0;
const unreadable = 1;
const readable = 2;

/**
 * Counts columns value by value, in one pass over the files: each different cell is then read, checked and added up once.
 * @param columns at most `batchColumns`
 */
export async function countValues(
  ask: Ask,
  table: Table,
  columns: readonly TableColumn[],
  faults: readonly Fault[],
): Promise<Counted> {
  await ask(writeGroups(table, columns));
  const rows = await readFileRows(ask, table, columns);
  if (columns.length === 0) return { columns: [], rows };
  await ask(writeStates(columns, faults, hasFiles(table, columns) ? 1 : 0));
  const states = await ask('SELECT c, s, b, CAST(sum(n) AS BIGINT) FROM counted_cells GROUP BY ALL');
  await ask(
    `CREATE OR REPLACE TEMP TABLE counted_values AS SELECT c, v, CAST(sum(n) AS BIGINT) AS n FROM counted_cells WHERE s = ${readable} GROUP BY c, v`,
  );
  await ask('DROP TABLE counted_cells');
  const values = await readValues(ask, columns);
  return {
    rows,
    columns: columns.map((column) => {
      const own = states.filter(([at]) => at === column.at);
      return {
        column,
        nulls: addUp(own, (state) => state === empty),
        unreadable: addUp(own, (state) => state === unreadable),
        faults: readFaults(own, faultsOf(column, faults)),
        values: values.get(column.at) ?? { kind: 'all', values: [] },
      };
    }),
  };
}

const faultsOf = (column: TableColumn, faults: readonly Fault[]): readonly Fault[] =>
  faults.filter((fault) => fault.column.at === column.at);

/** The mark that the engine gives to groups of one column out of all: a zero where it is grouped. */
function toMark(at: number, all: number): bigint {
  return (1n << BigInt(all)) - 1n - (1n << BigInt(all - 1 - at));
}

function writeGroups(table: Table, columns: readonly TableColumn[]): string {
  // Of one file every column counts the rows.
  const names = [...(hasFiles(table, columns) ? ['f'] : []), ...columns.map(({ at }) => `k${at}`)];
  const sets = names.map((name) => `(${name})`).join(', ');
  const list = names.join(', ');
  return `CREATE OR REPLACE TEMP TABLE cell_groups AS SELECT ${list}, count(*) AS n, grouping(${list}) AS g FROM (${writeCells(table, columns)}) GROUP BY GROUPING SETS (${sets})`;
}

const hasFiles = (table: Table, columns: readonly TableColumn[]): boolean =>
  table.sources.length > 1 || columns.length === 0;

async function readFileRows(
  ask: Ask,
  table: Table,
  columns: readonly TableColumn[],
): Promise<readonly number[]> {
  if (!hasFiles(table, columns)) {
    const [cells = []] = await ask(
      `SELECT CAST(coalesce(sum(n), 0) AS BIGINT) FROM cell_groups WHERE g = ${toMark(0, columns.length)}`,
    );
    return [toCount(cells[0])];
  }
  const found = await ask(`SELECT f, n FROM cell_groups WHERE g = ${toMark(0, columns.length + 1)}`);
  const rows = new Map(found.map(([file, count]) => [Number(file), toCount(count)]));
  return table.sources.map((_, file) => rows.get(file) ?? 0);
}

/** Different cells, read (`before` groups of files stand before those of columns): `c` the column, `s` the state, `v` the value as text, `b` a bit for each fault, `n` the rows. */
function writeStates(columns: readonly TableColumn[], faults: readonly Fault[], before: number): string {
  const parts = columns.map((column, index) => {
    const { at } = column;
    const bits = faultsOf(column, faults).map(
      ({ sql }, bit) => `CASE WHEN ${sql} THEN CAST(${1n << BigInt(bit)} AS HUGEINT) ELSE 0 END`,
    );
    const state = `CASE WHEN NOT p${at} THEN ${empty} WHEN v${at} IS NULL THEN ${unreadable} ELSE ${readable} END`;
    const cells = `SELECT n, k${at} FROM cell_groups WHERE g = ${toMark(index + before, columns.length + before)}`;
    const read = `SELECT n${writeReadings([column])} FROM (${cells})`;
    return `SELECT ${at} AS c, ${state} AS s, ${writeExact(column.check.type, `v${at}`)} AS v, CAST(${['0', ...bits].join(' + ')} AS HUGEINT) AS b, n FROM (${read})`;
  });
  return `CREATE OR REPLACE TEMP TABLE counted_cells AS ${parts.join(' UNION ALL ')}`;
}

type Row = readonly Json[];

function addUp(rows: readonly Row[], isWanted: (state: number, bits: bigint) => boolean): number {
  return rows.reduce(
    (sum, [, state, bits, count]) =>
      isWanted(Number(state), BigInt(String(bits))) ? sum + toCount(count) : sum,
    0,
  );
}

function readFaults(rows: readonly Row[], faults: readonly Fault[]): ReadonlyMap<string, number> {
  return new Map(
    faults.map(({ key }, bit) => [key, addUp(rows, (_, bits) => (bits & (1n << BigInt(bit))) !== 0n)]),
  );
}

async function readValues(
  ask: Ask,
  columns: readonly TableColumn[],
): Promise<ReadonlyMap<number, CountedValues>> {
  const sizes = await ask('SELECT c, count(*), sum(length(v)) FROM counted_values GROUP BY c');
  const sizeOf = new Map(
    sizes.map(([at, count, characters]) => [
      Number(at),
      { count: toCount(count), characters: toCount(characters) },
    ]),
  );
  const isSmall = ({ at, check }: TableColumn): boolean => {
    const size = sizeOf.get(at) ?? { count: 0, characters: 0 };
    return size.count <= maxValues && (check.type !== 'text' || size.characters <= maxValueCharacters);
  };
  const small = columns.filter(isSmall);
  const values = new Map<number, CountedValues>();
  if (small.length > 0) {
    const lists = new Map(small.map(({ at }) => [at, [] as [string, number][]]));
    const list = small.map(({ at }) => at).join(', ');
    for (const [at, value, count] of await ask(`SELECT c, v, n FROM counted_values WHERE c IN (${list})`)) {
      lists.get(Number(at))?.push([String(value), toCount(count)]);
    }
    for (const [at, counted] of lists) values.set(at, { kind: 'all', values: counted });
  }
  for (const column of columns) {
    if (isSmall(column)) continue;
    const distinct = sizeOf.get(column.at)?.count ?? null;
    values.set(column.at, { kind: 'reduced', reduced: await reduceValues(ask, column), distinct });
  }
  return values;
}

async function reduceValues(ask: Ask, { at, check }: TableColumn) {
  const { type } = check;
  const relation = `(SELECT ${writeFromExact(type, 'v')} AS v, n FROM counted_values WHERE c = ${at})`;
  const [aggregates = []] = await ask(
    `SELECT ${writeAggregates(type, 'v', 'n').join(', ')} FROM ${relation}`,
  );
  if (!hasKeys(type)) return readReduced(type, aggregates, []);
  const { key, fraction } = writeKeyed(type, 'v');
  const keyed = `(SELECT ${key} AS b, ${fraction} AS x, n FROM ${relation})`;
  const found = await ask(`SELECT b, ${writeKeyCounts('n', type === 'number')} FROM ${keyed} GROUP BY b`);
  const keys = found.map(([b, count, ...sums]): KeyCount => [[Number(b), toCount(count)], ...sums]);
  return readReduced(type, aggregates, keys);
}
