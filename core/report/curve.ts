import type { CurvePoint } from '../evidence/judgement-detail.ts';

/**
 * Height of a curve at a place, on the straight line between the two points around it.
 * @param points ascending in x; several points of one x stand for a step, of which the upper end counts
 * @returns null outside of the points
 */
export function heightAt(points: readonly CurvePoint[], x: number): number | null {
  let before: CurvePoint | null = null;
  let height: number | null = null;
  for (const point of points) {
    if (point[0] === x) height = Math.max(height ?? point[1], point[1]);
    else if (point[0] > x) {
      if (height !== null) return height;
      return before === null ? null : between(before, point, x);
    }
    before = point;
  }
  return height;
}

function between([x0, y0]: CurvePoint, [x1, y1]: CurvePoint, x: number): number {
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}
