import { type Ask, toCount } from './ask.ts';
import type { ColumnCount } from './column-count.ts';
import type { Fault } from './fault.ts';
import {
  countAggregates,
  hasKeys,
  type KeyCount,
  readReduced,
  writeAggregates,
  writeKeyCounts,
  writeKeyed,
} from './reduced-column.ts';
import { type Table, type TableColumn, writeRows } from './table.ts';

/** A condition on whole rows that counts where it is true. */
export interface RowFault {
  readonly key: string;
  readonly sql: string;
  readonly columns: readonly TableColumn[];
}

/**
 * Adds up columns row by row: for those that are known to have more values than are kept, whose count value by value would
 * only cost memory.
 */
export async function addRows(
  ask: Ask,
  table: Table,
  columns: readonly TableColumn[],
  faults: readonly Fault[],
): Promise<readonly ColumnCount[]> {
  if (columns.length === 0) return [];
  const parts = columns.map((column) => ({
    column,
    faults: faults.filter((fault) => fault.column.at === column.at),
  }));
  const select = parts.flatMap(({ column: { at, check }, faults: own }) => [
    ...[`NOT p${at}`, `p${at} AND v${at} IS NULL`].map(countWhere),
    ...own.map(({ sql }) => countWhere(sql)),
    ...writeAggregates(check.type, `v${at}`, null),
  ]);
  const [cells = []] = await ask(`SELECT ${select.join(', ')} FROM (${writeRows(table, columns)})`);
  const keys = await countKeys(
    ask,
    table,
    columns.filter(({ check }) => hasKeys(check.type)),
  );
  let at = 0;
  const take = (count: number) => {
    at += count;
    return cells.slice(at - count, at);
  };
  return parts.map((part): ColumnCount => {
    const { type } = part.column.check;
    const [nulls, unreadable] = take(2).map(toCount);
    const broken = take(part.faults.length).map(toCount);
    const reduced = readReduced(type, take(countAggregates(type)), keys.get(part.column.at) ?? []);
    return {
      column: part.column,
      nulls: nulls ?? 0,
      unreadable: unreadable ?? 0,
      faults: new Map(part.faults.map(({ key }, index) => [key, broken[index] ?? 0])),
      values: { kind: 'reduced', reduced, distinct: null },
    };
  });
}

/** Counts for each condition the rows in which it is true, in one pass. */
export async function countRowFaults(
  ask: Ask,
  table: Table,
  faults: readonly RowFault[],
): Promise<ReadonlyMap<string, number>> {
  if (faults.length === 0) return new Map();
  const columns = [...new Set(faults.flatMap((fault) => fault.columns))];
  const counts = faults.map(({ sql }) => countWhere(sql));
  const [cells = []] = await ask(`SELECT ${counts.join(', ')} FROM (${writeRows(table, columns)})`);
  return new Map(faults.map(({ key }, index) => [key, toCount(cells[index])]));
}

const countWhere = (condition: string): string => `count(*) FILTER (${condition})`;

/** Values by bucket or day, all columns in one pass. */
async function countKeys(
  ask: Ask,
  table: Table,
  columns: readonly TableColumn[],
): Promise<ReadonlyMap<number, readonly KeyCount[]>> {
  const keys = new Map(columns.map(({ at }) => [at, [] as KeyCount[]]));
  if (columns.length === 0) return keys;
  const parts = columns.map(({ at, check }) => ({ at, ...writeKeyed(check.type, `v${at}`) }));
  const hasDoubles = columns.some(({ check }) => check.type === 'number');
  const one = (list: readonly string[]): string =>
    list.length === 1 ? (list[0] ?? '') : `unnest([${list.join(', ')}])`;
  const c = one(parts.map(({ at }) => String(at)));
  const b = one(parts.map(({ key }) => key));
  const x = hasDoubles ? `, ${one(parts.map(({ fraction }) => fraction))} AS x` : '';
  const keyed = `SELECT ${c} AS c, ${b} AS b${x} FROM (${writeRows(table, columns)})`;
  const counts = writeKeyCounts(null, hasDoubles);
  const found = await ask(`SELECT c, b, ${counts} FROM (${keyed}) WHERE b IS NOT NULL GROUP BY c, b`);
  for (const [at, key, count, ...sums] of found) {
    keys.get(Number(at))?.push([[Number(key), toCount(count)], ...sums]);
  }
  return keys;
}
