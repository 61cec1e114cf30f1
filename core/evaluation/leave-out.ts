import type { Metric } from '../metric/metric.ts';
import type { BundleEvaluator } from '../metric/metric-bundle.ts';
import type { Sample } from '../metric/sample.ts';
import type { ComparedPart } from './compared-part.ts';

/** More units than this are not left out one by one: it would take longer than the resamples. */
const mostLeftOut = 2000;
const mostVisits = 1e8;

/**
 * Values without each unit in turn, for the acceleration of BCa. Means of one number a row are told by two sums, of any
 * number of units; everything else is evaluated again and again, where that is affordable.
 * @param evaluate values of the challenger's metrics, then of the champion's
 * @returns one array for each value; null: they take too long, or there are fewer than two units
 */
export function leaveOut(
  part: ComparedPart,
  evaluate: BundleEvaluator,
  challenger: readonly Metric[],
  champion: readonly Metric[],
): readonly (Float64Array | null)[] {
  const { count } = part.units;
  if (count < 2) return [...challenger, ...champion].map(() => null);
  if (count <= mostLeftOut && count * part.rows <= mostVisits) {
    return leaveOutEach(part, evaluate, challenger.length + champion.length);
  }
  const ofModel = (metrics: readonly Metric[], sample: Sample | null) =>
    metrics.map(({ estimate }) =>
      sample === null || estimate.kind !== 'row-mean'
        ? null
        : leaveOutOfMean(part, estimate.rowValues(sample)),
    );
  return [...ofModel(challenger, part.challenger), ...ofModel(champion, part.champion)];
}

function leaveOutEach(part: ComparedPart, evaluate: BundleEvaluator, width: number): readonly Float64Array[] {
  const { count } = part.units;
  const weights = part.weights === null ? new Uint16Array(part.rows).fill(1) : part.weights.slice();
  const rowsOf = groupRows(part);
  const left = Array.from({ length: width }, () => new Float64Array(count));
  const out = new Float64Array(width);
  for (let unit = 0; unit < count; unit++) {
    const rows = rowsOf[unit] as readonly number[];
    for (const row of rows) weights[row] = 0;
    evaluate(weights, out);
    for (const row of rows) weights[row] = part.weights === null ? 1 : (part.weights[row] as number);
    left.forEach((values, at) => {
      values[unit] = out[at] as number;
    });
  }
  return left;
}

function groupRows({ rows, units }: ComparedPart): readonly (readonly number[])[] {
  const groups: number[][] = Array.from({ length: units.count }, () => []);
  for (let row = 0; row < rows; row++)
    groups[units.ofRow === null ? row : (units.ofRow[row] as number)]?.push(row);
  return groups;
}

function leaveOutOfMean({ units, weights }: ComparedPart, values: Float64Array): Float64Array {
  const weightOf = new Float64Array(units.count);
  const sumOf = new Float64Array(units.count);
  for (let row = 0; row < values.length; row++) {
    const unit = units.ofRow === null ? row : (units.ofRow[row] as number);
    const weight = weights === null ? 1 : (weights[row] as number);
    weightOf[unit] = (weightOf[unit] as number) + weight;
    sumOf[unit] = (sumOf[unit] as number) + weight * (values[row] as number);
  }
  const [weight, sum] = [weightOf, sumOf].map((parts) => parts.reduce((all, part) => all + part, 0)) as [
    number,
    number,
  ];
  return sumOf.map((own, unit) => (sum - own) / (weight - (weightOf[unit] as number)));
}
