import { maxValueCharacters, maxValues } from '../../core/profile/profile.ts';
import { type Ask, type Json, toCount } from './ask.ts';
import { type Groups, planGroups, readFileRows } from './cell-groups.ts';
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
import { type Table, type TableColumn, writeReadings } from './table.ts';

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
  const groups = planGroups(table, columns);
  await ask(groups.create);
  const rows = await readFileRows(ask, table, columns, groups);
  if (columns.length === 0) return { columns: [], rows };
  const faultsOf = new Map(columns.map((column) => [column, [] as Fault[]]));
  for (const fault of faults) faultsOf.get(fault.column)?.push(fault);
  await ask(writeStates(columns, faultsOf, groups));
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
        faults: readFaults(own, faultsOf.get(column) ?? []),
        values: values.get(column.at) ?? { kind: 'all', values: [] },
      };
    }),
  };
}

/** Different cells, read: `c` the column, `s` the state, `v` the value as text, `b` a bit for each fault, `n` the rows. */
function writeStates(
  columns: readonly TableColumn[],
  faultsOf: ReadonlyMap<TableColumn, readonly Fault[]>,
  groups: Groups,
): string {
  const parts = groupAlike(columns, faultsOf, groups).map((alike): string => {
    const [first] = alike;
    if (first === undefined) return '';
    const bits = (faultsOf.get(first) ?? []).map(
      ({ sqlAt }, bit) => `CASE WHEN ${sqlAt(0)} THEN CAST(${1n << BigInt(bit)} AS HUGEINT) ELSE 0 END`,
    );
    const state = `CASE WHEN NOT p0 THEN ${empty} WHEN v0 IS NULL THEN ${unreadable} ELSE ${readable} END`;
    const read = `SELECT n, c${writeReadings([{ ...first, at: 0 }])} FROM (${groups.ofColumns(alike)})`;
    return `SELECT c, ${state} AS s, ${writeExact(first.check.type, 'v0')} AS v, CAST(${['0', ...bits].join(' + ')} AS HUGEINT) AS b, n FROM (${read})`;
  });
  return `CREATE OR REPLACE TEMP TABLE counted_cells AS ${parts.join(' UNION ALL ')}`;
}

/** Columns that are read and checked in the same way: a wide table has few kinds of columns. */
function groupAlike(
  columns: readonly TableColumn[],
  faultsOf: ReadonlyMap<TableColumn, readonly Fault[]>,
  { isList }: Groups,
): readonly (readonly TableColumn[])[] {
  if (!isList) return columns.map((column) => [column]);
  const kinds = new Map<string, TableColumn[]>();
  for (const column of columns) {
    const { check, physical } = column;
    const checks = (faultsOf.get(column) ?? []).map(({ sqlAt }) => sqlAt(0));
    const kind = JSON.stringify([check.type, physical, checks]);
    const own = kinds.get(kind);
    if (own === undefined) kinds.set(kind, [column]);
    else own.push(column);
  }
  return [...kinds.values()];
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
