/** Ranks of a sample, and what is tied. */
export interface Ranks {
  /** From 1, in the order of the values; values that are equal share the mean of their ranks. */
  readonly ranks: Float64Array;
  /** How many values are equal, one number a value that occurs more than once. */
  readonly ties: readonly number[];
}

/** Ranks finite values. */
export function rankValues(values: Float64Array): Ranks {
  const order = Uint32Array.from(values.keys()).sort(
    (left, right) => (values[left] as number) - (values[right] as number),
  );
  const ranks = new Float64Array(values.length);
  const ties: number[] = [];
  for (let start = 0; start < order.length; ) {
    const value = values[order[start] as number];
    let end = start + 1;
    while (end < order.length && values[order[end] as number] === value) end++;
    for (let at = start; at < end; at++) ranks[order[at] as number] = (start + 1 + end) / 2;
    if (end - start > 1) ties.push(end - start);
    start = end;
  }
  return { ranks, ties };
}
