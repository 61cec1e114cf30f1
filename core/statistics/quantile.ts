import { quantileSorted } from 'simple-statistics';
import { refuseStatistic } from './refusal.ts';

/**
 * The nine definitions of Hyndman and Fan. 1 to 3 give a value that was observed (2 also the mean of two), 4 to 9
 * interpolate; 7 is the default of numpy and R, 1 the one for a percentile that somebody must have waited.
 */
export type QuantileType = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/**
 * Quantile of ascending values, by default with linear interpolation (type 7, as numpy's default).
 * @param p in [0, 1]
 * @throws InputError STATISTICS_EMPTY
 * @see Hyndman and Fan 1996. simple-statistics has type 7 from 7.9.0 on; a test guards it.
 */
export function computeQuantile(ascending: Float64Array, p: number, type: QuantileType = 7): number {
  if (ascending.length === 0) throw refuseStatistic('empty', 'a quantile');
  if (type === 7) return quantileSorted(Array.from(ascending), p);
  return type <= 3 ? takeStep(ascending, p, type) : interpolate(ascending, p, type);
}

function takeStep(ascending: Float64Array, p: number, type: QuantileType): number {
  const place = ascending.length * p - (type === 3 ? 0.5 : 0);
  const below = Math.floor(place);
  const isOn = place === below;
  if (type === 2 && isOn) return valueAt(ascending, below) / 2 + valueAt(ascending, below + 1) / 2;
  const stays = isOn && (type === 1 || below % 2 === 0);
  return valueAt(ascending, stays ? below : below + 1);
}

/** Where the line of each type runs: the k-th value lies at (k - alpha) / (n + 1 - alpha - beta). */
const lines: Readonly<Record<number, readonly [alpha: number, beta: number]>> = {
  4: [0, 1],
  5: [1 / 2, 1 / 2],
  6: [0, 0],
  8: [1 / 3, 1 / 3],
  9: [3 / 8, 3 / 8],
};

function interpolate(ascending: Float64Array, p: number, type: QuantileType): number {
  const [alpha, beta] = lines[type] as readonly [number, number];
  const place = ascending.length * p + (alpha + p * (1 - alpha - beta));
  const below = Math.floor(place);
  const low = valueAt(ascending, below);
  const high = valueAt(ascending, below + 1);
  return low === high ? low : low + (place - below) * (high - low);
}

/** The k-th smallest, from 1; beyond the ends the smallest and the largest. */
function valueAt(ascending: Float64Array, k: number): number {
  return ascending[Math.min(Math.max(k, 1), ascending.length) - 1] as number;
}
