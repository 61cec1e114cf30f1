/** Arguments of every connection field that the hub serves. */
export interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
}

const cursorOf = (index: number): string => Buffer.from(`cursor:${index}`).toString('base64');

const indexOf = (cursor: string | null | undefined): number =>
  cursor ? Number(Buffer.from(cursor, 'base64').toString('utf8').replace('cursor:', '')) + 1 : 0;

/** A connection over values that are all at hand; `render` runs for the page alone. */
export function connect<Value, Node>(
  values: readonly Value[],
  page: PageArguments,
  render: (value: Value) => Node,
): Readonly<Record<string, unknown>> {
  const start = page.last ? Math.max(0, values.length - page.last) : indexOf(page.after);
  const slice = values.slice(start, page.first ? start + page.first : undefined);
  const nodes = slice.map(render);
  const end = start + slice.length;
  return {
    nodes,
    edges: nodes.map((node, offset) => ({ node, cursor: cursorOf(start + offset) })),
    totalCount: values.length,
    pageInfo: {
      hasNextPage: end < values.length,
      hasPreviousPage: start > 0,
      startCursor: slice.length > 0 ? cursorOf(start) : null,
      endCursor: slice.length > 0 ? cursorOf(end - 1) : null,
    },
  };
}
