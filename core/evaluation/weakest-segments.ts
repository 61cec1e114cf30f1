import type { SliceSearch } from '../config/slices.ts';
import type { MetricResult } from '../evidence/evidence.ts';
import type { Finding } from '../finding/finding.ts';
import type { Metric } from '../metric/metric.ts';
import { findMetric } from '../metric/metric-table.ts';
import type { Sample } from '../metric/sample.ts';
import type { CompareInput } from './compare.ts';
import { type ComparedPart, takePart } from './compared-part.ts';
import { type Estimate, estimateMean } from './estimate.ts';
import type { FeatureColumns } from './feature-columns.ts';
import { settle, tryOr } from './measure-part.ts';
import { toMetricResult } from './metric-result.ts';
import { type SearchResult, type Segment, searchSegments } from './segment-search.ts';
import { orderByUnit } from './segment-sums.ts';

export interface WeakestSegments {
  /** The weakest three, the weakest first: results of slices of their own. */
  readonly metrics: readonly MetricResult[];
  readonly findings: readonly Finding[];
}

/** What is looked at where no metric of the gates is the mean of one number a row. */
const usual: Readonly<Record<string, readonly string[]>> = {
  'binary-classification': ['brier'],
  'multiclass-classification': ['accuracy'],
  regression: ['mae'],
  ranking: [],
  'scored-examples': [],
};

/**
 * Searches the segments where the challenger is weakest, against the champion or, without one, against the other rows.
 * It looks at the first of `sliceMetrics` that is a mean of one number a row.
 */
export function findWeakestSegments(
  input: CompareInput,
  search: SliceSearch,
  table: FeatureColumns,
): WeakestSegments {
  const part = takePart(input, null);
  const measure = pickMeasure(input, part);
  if (measure === null) return { metrics: [], findings: [notSearched] };
  const { metric, challenger, champion } = measure;
  const sign = metric.higherIsBetter ? 1 : -1;
  const values = challenger.map((value, row) =>
    champion === null ? sign * value : sign * settle(value, champion[row] as number),
  );
  const gains = { values, weights: part.weights, units: part.units, order: orderByUnit(part.units) };
  const minimumRows = Math.max(search.minimumRows, input.minimumRows ?? search.minimumRows);
  const result = searchSegments(
    { ...search, minimumRows },
    table,
    gains,
    champion === null ? 'rest' : 'champion',
    new Set(input.slices?.map(({ name }) => name)),
  );
  const metrics = result.weakest.flatMap((segment) => {
    const found = toResult(segment, result, measure, part, input.set ?? 'held-out');
    return found === null ? [] : [found];
  });
  return { metrics, findings: result.cutShort ? [cutShort(result.looked)] : [] };
}

interface Measure {
  readonly metric: Metric;
  readonly challenger: Float64Array;
  readonly champion: Float64Array | null;
}

function pickMeasure(input: CompareInput, part: ComparedPart): Measure | null {
  const wanted = [...(input.sliceMetrics ?? input.metrics), ...(usual[input.context.task] ?? [])];
  for (const name of wanted) {
    const metric = findMetric(name, input.context);
    if (metric?.estimate.kind !== 'row-mean' || part.rows === 0) continue;
    const { rowValues } = metric.estimate;
    const take = (sample: Sample) => tryOr(() => rowValues(sample));
    const challenger = take(part.challenger);
    const champion = part.champion && take(part.champion);
    if (challenger === null || (part.champion !== null && champion === null)) continue;
    if (challenger.every(Number.isFinite)) return { metric, challenger, champion };
  }
  return null;
}

function toResult(
  segment: Segment,
  { looked, reach }: SearchResult,
  { metric, challenger, champion }: Measure,
  part: ComparedPart,
  set: MetricResult['set'],
): MetricResult | null {
  const rows = Uint32Array.from(
    [...segment.cut.ofRow.keys()].filter((row) => segment.cut.ofRow[row] === segment.piece),
  );
  const meanOf = (values: Float64Array): Estimate => {
    const weights = part.weights && Float64Array.from(rows, (row) => part.weights?.[row] as number);
    return estimateMean(
      Float64Array.from(rows, (row) => values[row] as number),
      weights,
    );
  };
  const value = segment.gain * (metric.higherIsBetter ? 1 : -1);
  const { standardError } = segment;
  const difference: Estimate = {
    value,
    standardError,
    interval: [value - reach * standardError, value + reach * standardError],
    atLeastZero: segment.p,
    atMostZero: segment.p,
  };
  const method = `weakest of ${looked} segments, interval and p corrected; ${champion === null ? 'against the other rows, ' : 'paired '}mean, normal interval`;
  const measured = {
    metric,
    challenger: meanOf(challenger),
    champion: champion && meanOf(champion),
    difference: champion && difference,
    method: champion === null ? `${method}; corrected p ${segment.p.toPrecision(2)}` : method,
  };
  const result = toMetricResult(measured, { slice: segment.name, set, rows: segment.rows });
  // Nobody looked for the segments where it is better.
  return result && { ...result, pBetter: null };
}

const notSearched: Finding = {
  code: 'evaluation/segments-not-searched',
  severity: 'note',
  message: 'No weakest segment was searched: no metric of these slices is a mean of one number a row',
  fix: 'Name such a metric under metrics of the slices, for example accuracy, brier or mae.',
};

const cutShort = (looked: number): Finding => ({
  code: 'evaluation/segments-cut-short',
  severity: 'note',
  message: `The search for weak segments ended after ${looked}: single columns first, then pairs in order`,
  count: looked,
  fix: 'Name the columns that matter under search, or ask for more rows a segment.',
});
