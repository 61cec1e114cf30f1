import { normalCdf, normalDensity, normalQuantile } from '../statistics/normal.ts';
import type { Draw } from './random.ts';

/** A density that was estimated from points, to draw from and to ask. */
export interface Parzen<Value> {
  draw(draw: Draw): Value;
  density(value: Value): number;
}

interface Kernel {
  readonly middle: number;
  readonly width: number;
  /** Lower tail at 0, and the mass between 0 and 1. */
  readonly below: number;
  readonly mass: number;
}

/** Points that the prior of a choice counts for. */
const priorCount = 2;

/**
 * Estimates a density over [0, 1] by one normal kernel a point, cut off at the ends, and one wide kernel over all of it
 * as prior. A kernel is as wide as the way to the farther of its neighbours, so it is narrow where points are dense.
 * @see Bergstra, Bardenet, Bengio, Kegl, Algorithms for Hyper-Parameter Optimization (NIPS 2011), section 4.2
 */
export function estimateNumbers(points: readonly number[]): Parzen<number> {
  const sorted = [...points, 0.5].sort((a, b) => a - b);
  const prior = sorted.indexOf(0.5);
  // No kernel gets so narrow that the search stands still.
  const least = 1 / Math.min(100, 1 + sorted.length);
  const kernels = sorted.map((middle, at) => {
    const way = Math.max(middle - (sorted[at - 1] ?? 0), (sorted[at + 1] ?? 1) - middle);
    return makeKernel(middle, at === prior ? 1 : Math.min(Math.max(way, least), 1));
  });
  return {
    draw(draw) {
      const { middle, width, below, mass } = kernels[Math.floor(draw() * kernels.length)] as Kernel;
      return Math.min(Math.max(middle + width * normalQuantile(below + draw() * mass), 0), 1);
    },
    density: (value) =>
      kernels.reduce(
        (sum, { middle, width, mass }) => sum + normalDensity((value - middle) / width) / (width * mass),
        0,
      ) / kernels.length,
  };
}

function makeKernel(middle: number, width: number): Kernel {
  const below = normalCdf(-middle / width);
  return { middle, width, below, mass: normalCdf((1 - middle) / width) - below };
}

/** Estimates how likely each of `size` values is: its share among the points, with some counts spread over all as prior. */
export function estimateChoices(points: readonly number[], size: number): Parzen<number> {
  const counts = new Array<number>(size).fill(priorCount / size);
  for (const point of points) counts[point] = (counts[point] ?? 0) + 1;
  const total = points.length + priorCount;
  return {
    draw(draw) {
      let rest = draw() * total;
      const found = counts.findIndex((count) => {
        rest -= count;
        return rest < 0;
      });
      return found < 0 ? size - 1 : found;
    },
    density: (value) => (counts[value] ?? 0) / total,
  };
}
