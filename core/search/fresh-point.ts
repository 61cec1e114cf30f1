import type { Dimension } from '../config/search.ts';
import { openDraws } from './random.ts';
import { drawPoint, gridPoint, keyOf, spaceSize } from './space.ts';
import type { Parameters } from './trial.ts';

const mostRedraws = 100;

/**
 * Draws a random point that was not taken yet.
 * @param taken keys of points; fewer than the space has
 */
export function drawFresh(
  space: readonly Dimension[],
  seed: number,
  number: number,
  taken: ReadonlySet<string>,
): Parameters {
  for (let redraw = 0; redraw < mostRedraws; redraw++) {
    const point = drawPoint(space, openDraws(seed, [number, redraw]));
    if (!taken.has(keyOf(point))) return point;
  }
  return firstFree(space, taken);
}

/** Nearly all of a small space is taken: the first that is not, in the order of the grid. */
function firstFree(space: readonly Dimension[], taken: ReadonlySet<string>): Parameters {
  const size = spaceSize(space);
  for (let index = 0; index < size; index++) {
    const point = gridPoint(space, index);
    if (!taken.has(keyOf(point))) return point;
  }
  throw new RangeError('every point of the space is taken');
}

/** The points 1 to `count`, no two alike. More of them begin with the same ones. @param count not above the space's size */
export function drawPoints(space: readonly Dimension[], seed: number, count: number): readonly Parameters[] {
  const taken = new Set<string>();
  return Array.from({ length: count }, (_, at) => {
    const point = drawFresh(space, seed, at + 1, taken);
    taken.add(keyOf(point));
    return point;
  });
}
