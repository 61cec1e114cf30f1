import { findMetric, type MetricContext } from '../metric/metric-table.ts';
import type { Sample } from '../metric/sample.ts';
import { normalQuantile } from '../statistics/normal.ts';
import { confidence } from './estimate.ts';
import { tryOr } from './measure-part.ts';

/**
 * Says how far two trainings of one model lie apart that differ in their seed alone: the smallest difference that
 * training again does not explain, in 95 of 100 pairs. From few seeds it is rough: from 3 to 5 within a factor of two.
 * @param samples the champion trained with several seeds, on the same rows
 * @param names as gates name them
 * @returns by metric: the standard deviation between seeds times 1.96 times the root of 2; without metrics that a sample
 *   cannot have, and empty for fewer than two seeds
 */
export function measureNoiseFloor(
  samples: readonly Sample[],
  names: readonly string[],
  context: MetricContext,
): ReadonlyMap<string, number> {
  const floor = new Map<string, number>();
  if (samples.length < 2) return floor;
  for (const name of names) {
    const metric = findMetric(name, context);
    if (metric === null) continue;
    const values = samples.map((sample) => tryOr(() => metric.prepare(sample)(null)) ?? Number.NaN);
    if (values.every(Number.isFinite)) floor.set(name, spreadOf(values));
  }
  return floor;
}

function spreadOf(values: readonly number[]): number {
  // From the first on, so that equal values have no spread at all.
  const [first] = values as [number];
  const mean = first + values.reduce((sum, value) => sum + (value - first), 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (values.length - 1));
  // The difference of two draws varies by the root of two more than one.
  return normalQuantile(0.5 + confidence / 2) * Math.SQRT2 * deviation;
}
