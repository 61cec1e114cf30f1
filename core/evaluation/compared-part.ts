import type { MetricContext } from '../metric/metric-table.ts';
import type { Sample } from '../metric/sample.ts';
import { type ComparedModels, defaultThreshold } from './comparison-input.ts';
import { countRows, numberDensely, pick, pickNumbers, pickPredicted, pickTruth } from './pick-rows.ts';

/** All rows or those of one slice, ready to be measured. */
export interface ComparedPart {
  /** Row numbers within the held-out set; null: all. */
  readonly slice: Uint32Array | null;
  readonly rows: number;
  readonly challenger: Sample;
  readonly champion: Sample | null;
  readonly context: MetricContext;
  readonly weights: Float64Array | null;
  readonly units: Units;
}

/** What is drawn in a resample: rows, or groups of rows. */
export interface Units {
  readonly count: number;
  /** Unit of each row, numbered from 0; null: every row is one. */
  readonly ofRow: Uint32Array | null;
}

/** @param slice place in `slices`; null: all rows */
export function takePart(models: ComparedModels, slice: number | null): ComparedPart {
  const rows = slice === null ? null : (models.slices?.[slice]?.rows ?? new Uint32Array(0));
  const truth = rows === null ? models.truth : pickTruth(models.truth, rows);
  const count = rows === null ? countRows(models.truth, models.challenger) : rows.length;
  const toSample = (predicted: ComparedModels['challenger'], threshold: number): Sample => ({
    truth,
    predicted: rows === null ? predicted : pickPredicted(predicted, rows),
    rows: count,
    threshold,
  });
  const weights = models.weights ?? null;
  const groups = models.groups ?? null;
  if (rows === null) requireLengths(count, weights, groups);
  const ofRow = groups && (rows === null ? groups : pick(groups, new Uint32Array(rows.length), rows));
  return {
    slice: rows,
    rows: count,
    challenger: toSample(models.challenger, models.thresholds?.challenger ?? defaultThreshold),
    champion: models.champion && toSample(models.champion, models.thresholds?.champion ?? defaultThreshold),
    context: rows === null ? models.context : pickContext(models.context, rows),
    weights: weights && (rows === null ? weights : pickNumbers(weights, rows)),
    units: toUnits(count, ofRow ?? (truth.kind === 'relevance' ? truth.queries : null)),
  };
}

/** A row without a weight or a group would be left out of every resample, and nobody would see it. */
function requireLengths(rows: number, weights: Float64Array | null, groups: Uint32Array | null): void {
  for (const each of [weights, groups]) {
    if (each !== null && each.length !== rows)
      throw new TypeError(`${each.length} weights or groups of ${rows} rows`);
  }
}

/** Rows of one query are no independent draws: without groups, queries are drawn whole. */
function toUnits(rows: number, groups: Uint32Array | null): Units {
  if (groups === null) return { count: rows, ofRow: null };
  const { numbers, count } = numberDensely(groups);
  return { count, ofRow: numbers };
}

/** Groups of fairness of some rows. */
function pickContext(context: MetricContext, rows: Uint32Array): MetricContext {
  if (context.groups === undefined) return context;
  const groups = [...context.groups].map(
    ([column, of]) =>
      [column, { ...of, values: pick(of.values, new Uint16Array(rows.length), rows) }] as const,
  );
  return { ...context, groups: new Map(groups) };
}
