import type { Edge, Lineage } from './entity.ts';

/** Up: what it was made from. Down: what was made from it. */
export type Direction = 'up' | 'down';

export type EdgesBy = ReadonlyMap<string, readonly Edge[]>;

/** Edges that leave an entity in one direction, by entity. */
export function edgesBy(lineage: Lineage, direction: Direction): EdgesBy {
  const found = new Map<string, Edge[]>();
  for (const edge of lineage.edges) {
    const at = direction === 'up' ? edge.to : edge.from;
    const list = found.get(at);
    if (list === undefined) found.set(at, [edge]);
    else list.push(edge);
  }
  return found;
}

/** The other end of an edge. */
export const farEnd = (edge: Edge, direction: Direction): string =>
  direction === 'up' ? edge.from : edge.to;

/**
 * Every entity in one direction, each once, nearest first; a circle ends where it began. What is over is not followed.
 * @param edges those of the direction
 * @returns ids without the beginning itself
 */
export function reach(edges: EdgesBy, id: string, direction: Direction): readonly string[] {
  const found = new Set([id]);
  // The set grows while it is walked: breadth first.
  for (const at of found) {
    for (const edge of edges.get(at) ?? []) if (!edge.past) found.add(farEnd(edge, direction));
  }
  found.delete(id);
  return [...found];
}
