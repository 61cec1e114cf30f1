/** Columns of one query: more would hold too many tables of counts in memory at once, fewer would read wide files too often. */
export const batchColumns = 32;

/** Cuts a list into parts of at most `most`, in order; none for an empty list. */
export function cutBatches<Item>(
  items: readonly Item[],
  most: number = batchColumns,
): readonly (readonly Item[])[] {
  const batches: Item[][] = [];
  for (let at = 0; at < items.length; at += most) batches.push(items.slice(at, at + most));
  return batches;
}
