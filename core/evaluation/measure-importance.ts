import type { Importance, Importances } from '../explanation/importance.ts';
import type { PermutedLayout } from '../explanation/permuted-table.ts';
import type { Metric } from '../metric/metric.ts';
import type { Predicted, Truth } from '../metric/sample.ts';
import { pickNumbers, pickPredicted, pickTruth } from './pick-rows.ts';

/** The held-out rows that importance is measured on. */
export interface ImportanceSample {
  readonly metric: Metric;
  /** Of all held-out rows. */
  readonly truth: Truth;
  readonly weights: Float64Array | null;
  readonly layout: PermutedLayout;
  /** Place in the truth of each row of the layout's sample (`placeSample`). */
  readonly rows: Uint32Array;
}

/** What one model said of the held-out rows, and of the permuted set. */
export interface PermutedModel {
  /** Of all held-out rows, in the order of the truth. */
  readonly predicted: Predicted;
  readonly threshold: number;
  /** In the order of `permutedKeys`. */
  readonly permuted: Predicted;
}

/** Where the truth has the sampled rows; null when it lacks one of them. @param features keys in the order of their file */
export function placeSample(
  { sample }: PermutedLayout,
  features: readonly string[],
  truth: readonly string[],
): Uint32Array | null {
  const placeOf = new Map(truth.map((key, at) => [key, at]));
  const places = Array.from(sample, (row) => placeOf.get(features[row] as string) ?? -1);
  return places.includes(-1) ? null : Uint32Array.from(places);
}

/**
 * Measures how much worse a metric gets when a column says nothing any more.
 * @returns by feature the mean loss over the repeats, above 0 where the feature helps, with its standard error; a feature
 * for which the metric has no value is left out
 * @throws InputError METRIC_UNDEFINED when the predictions cannot have the metric
 */
export function measureImportance(sample: ImportanceSample, model: PermutedModel): Importances {
  const { metric, rows, layout } = sample;
  const truth = pickTruth(sample.truth, rows);
  const weights = sample.weights && pickNumbers(sample.weights, rows);
  const blocks = toBlocks(truth, rows.length, weights);
  const evaluate = (predicted: Predicted): readonly number[] => {
    const { threshold } = model;
    const evaluator = metric.prepare({ truth, predicted, rows: rows.length, threshold });
    return [evaluator(weights), ...blocks.map((block) => evaluator(block))];
  };
  const before = evaluate(pickPredicted(model.predicted, rows));
  const found = layout.columns.map((feature, column) => {
    const losses = before.map(() => 0);
    for (let repeat = 0; repeat < layout.repeats; repeat++) {
      const at = column * layout.repeats + repeat;
      const after = evaluate(pickPredicted(model.permuted, rowsOf(at, rows.length)));
      for (const [place, value] of after.entries()) {
        const loss = (before[place] as number) - value;
        losses[place] = (losses[place] as number) + (metric.higherIsBetter ? loss : -loss) / layout.repeats;
      }
    }
    return [feature, toImportance(losses)] as const;
  });
  return new Map(found.filter(([, { value }]) => Number.isFinite(value)));
}

const rowsOf = (part: number, rows: number): Uint32Array =>
  Uint32Array.from({ length: rows }, (_, at) => part * rows + at);

/** Ten blocks tell the noise of the whole from the spread between them, for any metric. */
const blockCount = 10;
const fewestBlocks = 5;

/** Weights of each block by itself; rows of one query stay together. */
function toBlocks(truth: Truth, rows: number, weights: Float64Array | null): readonly Float64Array[] {
  const blockOf = (row: number): number =>
    (truth.kind === 'relevance' ? (truth.queries[row] as number) : row) % blockCount;
  return Array.from({ length: blockCount }, (_, block) =>
    Float64Array.from({ length: rows }, (_row, row) => (blockOf(row) === block ? (weights?.[row] ?? 1) : 0)),
  );
}

function toImportance([whole, ...blocks]: readonly number[]): Importance {
  const value = whole as number;
  const usable = blocks.filter(Number.isFinite);
  if (usable.length < fewestBlocks) return { value, noise: null };
  const mean = usable.reduce((sum, each) => sum + each, 0) / usable.length;
  const squares = usable.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  return { value, noise: Math.sqrt(squares / (usable.length - 1) / usable.length) };
}
