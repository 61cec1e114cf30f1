import type { Table, TableColumn } from './table.ts';

/** Columns of one query: more would hold too many tables of counts in memory at once, fewer would read wide files too often. */
const batchColumns = 32;

/** Of tables with more columns a row is long to parse: fewer queries read it. One query of groups can tell 63 apart. */
export const wideColumns = 256;
export const wideBatchColumns = 48;

/** How many columns one query counts of a table that has so many. */
export function sizeBatch(columns: number): number {
  return columns > wideColumns ? wideBatchColumns : batchColumns;
}

/** Cuts a list into parts of at most `most`, in order; none for an empty list. */
export function cutBatches<Item>(
  items: readonly Item[],
  most: number = batchColumns,
): readonly (readonly Item[])[] {
  const batches: Item[][] = [];
  for (let at = 0; at < items.length; at += most) batches.push(items.slice(at, at + most));
  return batches;
}

/** The same for columns, each batch being of one part of a file that was cut into parts. */
export function cutColumns(
  table: Table,
  columns: readonly TableColumn[],
  most: number = batchColumns,
): readonly (readonly TableColumn[])[] {
  return groupByPart(table, columns, (column) => column).flatMap((group) => cutBatches(group, most));
}

/** Items by the part of a file in which their column lies, in order; one group where no file was cut into parts. */
export function groupByPart<Item>(
  table: Table,
  items: readonly Item[],
  columnOf: (item: Item) => TableColumn | undefined,
): readonly (readonly Item[])[] {
  const partOf = table.sources.find((source) => source.partOf !== undefined)?.partOf;
  const groups = new Map<number | undefined, Item[]>();
  for (const item of items) {
    const part = partOf?.(columnOf(item)?.check.column ?? '');
    const group = groups.get(part);
    if (group === undefined) groups.set(part, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
