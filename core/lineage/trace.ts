import { carriedBy } from './constraint.ts';
import type { Carried, Entity, Lineage } from './entity.ts';
import { type Direction, edgesBy, farEnd } from './reach.ts';

/** One line of a trace: an entity, how deep it lies, and how the one above leads to it. */
export interface TraceLine {
  readonly depth: number;
  readonly entity: Entity;
  readonly edge: string;
  readonly past: boolean;
  /** Its own lines stand further up already, or it is over: they are not repeated. */
  readonly cut: boolean;
  readonly last: boolean;
}

export interface Trace {
  readonly entity: Entity;
  readonly direction: Direction;
  /** Depth first, the entity itself left out. */
  readonly lines: readonly TraceLine[];
  /** What binds each entity of the trace and the entity itself, by id. */
  readonly carried: ReadonlyMap<string, readonly Carried[]>;
}

/** Follows an entity to everything it was made from. @param id of an entity that the lineage has */
export const traceUp = (lineage: Lineage, id: string): Trace => trace(lineage, id, 'up');

/** Follows an entity to everything that was made from it. @param id of an entity that the lineage has */
export const traceDown = (lineage: Lineage, id: string): Trace => trace(lineage, id, 'down');

function trace(lineage: Lineage, id: string, direction: Direction): Trace {
  const entity = entityOf(lineage, id);
  const edges = edgesBy(lineage, direction);
  const lines: TraceLine[] = [];
  const seen = new Set([id]);
  const next = (at: string, depth: number) => {
    // What holds now stands before what is over.
    const found = [...(edges.get(at) ?? [])].sort((a, b) => Number(a.past) - Number(b.past));
    return found.map((edge, index) => ({ edge, depth, last: index === found.length - 1 })).reverse();
  };
  // A stack of ours: contracts can name a chain that is deeper than the call stack.
  const open = next(id, 1);
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const { edge, depth, last } = item;
    const far = farEnd(edge, direction);
    const reached = entityOf(lineage, far);
    const cut = edge.past || seen.has(far);
    lines.push({ depth, entity: reached, edge: edge.label, past: edge.past, cut, last });
    if (cut) continue;
    seen.add(far);
    open.push(...next(far, depth + 1));
  }
  const ids = new Set([id, ...lines.map((line) => line.entity.id)]);
  const up = edgesBy(lineage, 'up');
  const carried = new Map([...ids].map((each) => [each, carriedBy(lineage, each, up)]));
  return { entity, direction, lines, carried };
}

function entityOf(lineage: Lineage, id: string): Entity {
  const entity = lineage.entities.get(id);
  if (entity === undefined) throw new TypeError(`the lineage has no ${id}`);
  return entity;
}
