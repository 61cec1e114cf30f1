import { computeMean } from './mean.ts';
import { seedGenerator } from './mulberry32.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { computeQuantile } from './quantile.ts';
import { refuseStatistic } from './refusal.ts';

export interface BootstrapInput {
  /** Number of rows; they are drawn as wholes, so paired columns stay paired. */
  readonly rows: number;
  /** The statistic over the rows with these indices. */
  readonly statistic: (indices: Uint32Array) => number;
  readonly resamples: number;
  readonly seed: number;
  /** For example 0.95. */
  readonly confidence: number;
}

export interface BootstrapResult {
  /** The statistic on the original rows. */
  readonly estimate: number;
  /** Ascending. */
  readonly values: Float64Array;
  /** Bias correction; infinite when all resamples lie on one side, and then `bca` is `percentile`. */
  readonly z0: number;
  readonly acceleration: number;
  readonly levels: readonly [low: number, high: number];
  readonly percentile: readonly [low: number, high: number];
  readonly bca: readonly [low: number, high: number];
  /** Sample standard deviation of the resampled values: the standard error of the estimate. */
  readonly standardError: number;
}

/**
 * Seeded bootstrap with percentile and bias-corrected accelerated (BCa) interval.
 * @throws InputError STATISTICS_EMPTY
 * @see Efron 1987, Better bootstrap confidence intervals
 */
export function bootstrap(input: BootstrapInput): BootstrapResult {
  if (input.rows === 0) throw refuseStatistic('empty', 'a bootstrap');
  const estimate = input.statistic(Uint32Array.from({ length: input.rows }, (_, row) => row));
  return summariseResamples(estimate, resample(input).sort(), jackknife(input), input.confidence);
}

/**
 * Intervals and standard error of values that are resampled already.
 * @param values ascending, finite
 * @param acceleration from `computeAcceleration`
 */
export function summariseResamples(
  estimate: number,
  values: Float64Array,
  acceleration: number,
  confidence: number,
): BootstrapResult {
  const tail = (1 - confidence) / 2;
  const percentile = quantiles(values, [tail, 1 - tail]);
  const z0 = biasOf(values, estimate);
  const usable = Number.isFinite(z0) && Number.isFinite(acceleration);
  const levels: readonly [number, number] = usable
    ? [adjust(tail, z0, acceleration), adjust(1 - tail, z0, acceleration)]
    : [tail, 1 - tail];
  const adjusted = levels.every((level) => level >= 0 && level <= 1);
  const bca = adjusted ? quantiles(values, levels) : percentile;
  return { estimate, values, z0, acceleration, levels, percentile, bca, standardError: spreadOf(values) };
}

function resample(input: BootstrapInput): Float64Array {
  const next = seedGenerator(input.seed);
  const indices = new Uint32Array(input.rows);
  const values = new Float64Array(input.resamples);
  for (let at = 0; at < values.length; at++) {
    for (let draw = 0; draw < indices.length; draw++) indices[draw] = Math.floor(next() * input.rows);
    values[at] = input.statistic(indices);
  }
  return values;
}

/** Ties with the estimate count half. */
function biasOf(values: Float64Array, estimate: number): number {
  let twice = 0;
  for (const value of values) twice += value < estimate ? 2 : value === estimate ? 1 : 0;
  return normalQuantile(twice / (2 * values.length));
}

function jackknife(input: BootstrapInput): number {
  // One row: nothing is left to compute the statistic of.
  if (input.rows < 2) return 0;
  const indices = new Uint32Array(input.rows - 1);
  const left = new Float64Array(input.rows);
  for (let out = 0; out < left.length; out++) {
    for (let at = 0; at < indices.length; at++) indices[at] = at < out ? at : at + 1;
    left[out] = input.statistic(indices);
  }
  return computeAcceleration(left);
}

/**
 * Acceleration of BCa: skewness of the leave-one-out values. 0 when leaving one out changes nothing.
 * @param left the statistic without each row (or group of rows) in turn, at least one
 */
export function computeAcceleration(left: Float64Array): number {
  const mean = computeMean(left);
  let squares = 0;
  let cubes = 0;
  for (const value of left) {
    const influence = (left.length - 1) * (mean - value);
    squares += influence ** 2;
    cubes += influence ** 3;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

function adjust(level: number, z0: number, acceleration: number): number {
  const shifted = z0 + normalQuantile(level);
  return normalCdf(z0 + shifted / (1 - acceleration * shifted));
}

function quantiles(values: Float64Array, levels: readonly [number, number]): readonly [number, number] {
  return [computeQuantile(values, levels[0]), computeQuantile(values, levels[1])];
}

function spreadOf(values: Float64Array): number {
  const mean = computeMean(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return values.length < 2 ? Number.NaN : Math.sqrt(squares / (values.length - 1));
}
