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

export interface RowPass {
  readonly columns: readonly ColumnCount[];
  readonly faults: ReadonlyMap<string, number>;
}

/**
 * Adds up columns row by row: for those that are known to have more values than are kept, whose count value by value would
 * only cost memory. Counts conditions on whole rows besides.
 */
export async function addRows(
  ask: Ask,
  table: Table,
  columns: readonly TableColumn[],
  faults: readonly Fault[],
  rowFaults: readonly RowFault[],
): Promise<RowPass> {
  if (columns.length === 0 && rowFaults.length === 0) return { columns: [], faults: new Map() };
  const used = [...new Set([...columns, ...rowFaults.flatMap((fault) => fault.columns)])];
  const parts = columns.map((column) => ({
    column,
    faults: faults.filter((fault) => fault.column === column),
  }));
  const select = [
    ...parts.flatMap((part) => [
      ...[`NOT p${part.column.at}`, `p${part.column.at} AND v${part.column.at} IS NULL`].map(countWhere),
      ...part.faults.map(({ sql }) => countWhere(sql)),
      ...writeAggregates(part.column.check.type, `v${part.column.at}`, null),
    ]),
    ...rowFaults.map(({ sql }) => countWhere(sql)),
  ];
  const [cells = []] = await ask(`SELECT ${select.join(', ')} FROM (${writeRows(table, used)})`);
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
  const counted = parts.map((part): ColumnCount => {
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
  return { columns: counted, faults: new Map(rowFaults.map(({ key }) => [key, toCount(take(1)[0])])) };
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
