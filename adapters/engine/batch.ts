/** Columns of one query: more would hold too many tables of counts in memory at once, fewer would read wide files too often. */
const batchColumns = 32;

/** Of tables with more columns a row is long to parse: fewer queries read it. One query of groups can tell 63 apart. */
const wideColumns = 256;
const wideBatchColumns = 48;

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
