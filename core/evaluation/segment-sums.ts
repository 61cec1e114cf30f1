import type { Units } from './compared-part.ts';

/** One number a row, and how the rows belong together. */
export interface RowNumbers {
  readonly values: Float64Array;
  /** Null: all rows count the same. */
  readonly weights: Float64Array | null;
  readonly units: Units;
  /** Rows unit by unit; null: every row is a unit. */
  readonly order: Uint32Array | null;
}

/** What a weighted mean and its variance come from, summed over units. */
export interface SegmentSums {
  rows: number;
  units: number;
  /** Sum of weights, and of weight times value, and over units of the products of the two. */
  weight: number;
  value: number;
  weightWeight: number;
  weightValue: number;
  valueValue: number;
}

/** Rows in the order of their units, so that the rows of one unit stand together. */
export function orderByUnit({ ofRow, count }: Units): Uint32Array | null {
  if (ofRow === null) return null;
  const starts = new Uint32Array(count + 1);
  for (const unit of ofRow) starts[unit + 1] = (starts[unit + 1] as number) + 1;
  for (let unit = 0; unit < count; unit++) {
    starts[unit + 1] = (starts[unit + 1] as number) + (starts[unit] as number);
  }
  const order = new Uint32Array(ofRow.length);
  for (let row = 0; row < ofRow.length; row++) {
    const unit = ofRow[row] as number;
    const place = starts[unit] as number;
    order[place] = row;
    starts[unit] = place + 1;
  }
  return order;
}

/**
 * Sums each segment in one walk over the rows.
 * @param ofRow segment of each row, or -1
 */
export function sumSegments(
  numbers: RowNumbers,
  ofRow: Int32Array,
  segments: number,
): readonly SegmentSums[] {
  const { values, weights, order, units } = numbers;
  const sums = Array.from({ length: segments }, emptySums);
  // What the unit at hand has in each segment so far, and which segments it has touched.
  const weightOf = new Float64Array(segments);
  const sumOf = new Float64Array(segments);
  const touched: number[] = [];
  let last = -1;
  for (let at = 0; at < values.length; at++) {
    const row = order === null ? at : (order[at] as number);
    const unit = units.ofRow === null ? row : (units.ofRow[row] as number);
    if (unit !== last) closeUnit(sums, weightOf, sumOf, touched);
    last = unit;
    const segment = ofRow[row] as number;
    const weight = weights === null ? 1 : (weights[row] as number);
    if (segment < 0 || !(weight > 0)) continue;
    if (!touched.includes(segment)) touched.push(segment);
    weightOf[segment] = (weightOf[segment] as number) + weight;
    sumOf[segment] = (sumOf[segment] as number) + weight * (values[row] as number);
    (sums[segment] as SegmentSums).rows++;
  }
  closeUnit(sums, weightOf, sumOf, touched);
  return sums;
}

const emptySums = (): SegmentSums => ({
  rows: 0,
  units: 0,
  weight: 0,
  value: 0,
  weightWeight: 0,
  weightValue: 0,
  valueValue: 0,
});

function closeUnit(
  sums: readonly SegmentSums[],
  weightOf: Float64Array,
  sumOf: Float64Array,
  touched: number[],
): void {
  for (const segment of touched) {
    const sum = sums[segment] as SegmentSums;
    const [weight, value] = [weightOf[segment] as number, sumOf[segment] as number];
    sum.units++;
    sum.weight += weight;
    sum.value += value;
    sum.weightWeight += weight * weight;
    sum.weightValue += weight * value;
    sum.valueValue += value * value;
    weightOf[segment] = 0;
    sumOf[segment] = 0;
  }
  touched.length = 0;
}

/** Sums of everything that is not in a segment. */
export function subtractSums(all: SegmentSums, part: SegmentSums): SegmentSums {
  const rest = emptySums();
  for (const key of Object.keys(rest) as (keyof SegmentSums)[]) rest[key] = all[key] - part[key];
  return rest;
}

/**
 * Mean and its standard error: the spread of units around it.
 * @returns NaN for both without weight, and for the error of fewer than two units
 */
export function readMean(sums: SegmentSums): { readonly mean: number; readonly standardError: number } {
  const mean = sums.value / sums.weight;
  const squares = sums.valueValue - 2 * mean * sums.weightValue + mean ** 2 * sums.weightWeight;
  const { units } = sums;
  const variance = units < 2 ? Number.NaN : ((Math.max(0, squares) / sums.weight ** 2) * units) / (units - 1);
  return { mean, standardError: Math.sqrt(variance) };
}
