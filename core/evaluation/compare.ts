import type { MetricResult } from '../evidence/evidence.ts';
import type { Finding } from '../finding/finding.ts';
import { type ComparedModels, defaultResamples, type PartPlan, widthOf } from './comparison-input.ts';
import { toMetricResult } from './metric-result.ts';
import { foundMissing, foundSmall, type MissingMetric } from './missing-metric.ts';
import { type PreparedPart, preparePart } from './prepared-part.ts';
import { resampleRange } from './resample.ts';
import { measureDrawn } from './resampled-metric.ts';

export interface CompareInput extends ComparedModels {
  /** As a gate names them; each counts once. */
  readonly metrics: readonly string[];
  /** Metrics of slices; those of all rows when absent. */
  readonly sliceMetrics?: readonly string[];
  /** A slice with fewer rows is left out, with a finding: numbers of few rows say what their labels are. 100 when absent. */
  readonly minimumRows?: number;
  /** `held-out` when absent. */
  readonly set?: MetricResult['set'];
}

export interface Comparison {
  /** All rows first, then slice after slice. Rounded by `roundForReport`; only metrics with finite values. */
  readonly metrics: readonly MetricResult[];
  /** Why a metric is missing. A gate that names it fails. */
  readonly findings: readonly Finding[];
}

/** Compares two models on the same rows: every metric with its difference and 95 % intervals, all rows and slices. */
export function compareModels(input: CompareInput): Comparison {
  const prepared = prepareComparison(input);
  const drawn = resampleRange(input, prepared.plans, 0, prepared.resamples);
  return finishComparison(prepared, drawn);
}

/** A comparison of which all is known but the resamples. */
export interface PreparedComparison {
  readonly input: CompareInput;
  /** What must be drawn: plain data, it can be sent to a thread. */
  readonly plans: readonly PartPlan[];
  /** 0: nothing must be drawn. */
  readonly resamples: number;
  readonly parts: readonly PreparedPart[];
  readonly findings: readonly Finding[];
}

const defaultMinimumRows = 100;

/** Does everything but the resamples, which are most of the work and can be split (`resampleRange`). */
export function prepareComparison(input: CompareInput): PreparedComparison {
  const { slices = [], minimumRows = defaultMinimumRows } = input;
  const missing: MissingMetric[] = [];
  const sliceMetrics = [...new Set(input.sliceMetrics ?? input.metrics)];
  const whole = preparePart(input, null, [...new Set(input.metrics)], missing);
  // Fails closed for a slice length that is no number.
  const large = slices.flatMap((slice, at) => (slice.rows.length >= minimumRows ? [at] : []));
  const parts = [whole, ...large.map((at) => preparePart(input, at, sliceMetrics, missing))];
  const small = slices.filter((slice) => !(slice.rows.length >= minimumRows));
  const plans = parts.map(({ drawn }) => drawn.plan);
  return {
    input,
    plans,
    resamples: plans.some((plan) => widthOf(plan) > 0) ? (input.resamples ?? defaultResamples) : 0,
    parts,
    findings: [...foundMissing(missing), ...foundSmall(small, minimumRows)],
  };
}

/** Puts the resamples of `resampleRange` (all of them, in order) to what was prepared. */
export function finishComparison(prepared: PreparedComparison, drawn: Float64Array): Comparison {
  const { input, parts, resamples } = prepared;
  const width = prepared.plans.reduce((sum, plan) => sum + widthOf(plan), 0);
  const missing: MissingMetric[] = [];
  let start = 0;
  const metrics = parts.flatMap((part) => {
    const column = (at: number) => pickColumn(drawn, { start: start + at, width, resamples });
    const measured = measureDrawn(part, column, { resamples, seed: input.seed });
    start += widthOf(part.drawn.plan);
    const asked = part.slice === null ? input.metrics : (input.sliceMetrics ?? input.metrics);
    return [...new Set(asked)].flatMap((name) => {
      const one = [...part.closed, ...measured].find(({ metric }) => metric.name === name);
      if (one === undefined) return [];
      const result = toMetricResult(one, { ...part, set: input.set ?? 'held-out' });
      if (result === null) missing.push({ name, slice: part.slice, because: part.noValue });
      return result === null ? [] : [result];
    });
  });
  return { metrics, findings: [...prepared.findings, ...foundMissing(missing)] };
}

function pickColumn(
  drawn: Float64Array,
  { start, width, resamples }: { readonly start: number; readonly width: number; readonly resamples: number },
): Float64Array {
  const values = new Float64Array(resamples);
  for (let at = 0; at < resamples; at++) values[at] = drawn[at * width + start] as number;
  return values;
}
