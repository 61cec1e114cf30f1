import { showNumbers } from '../evaluation/number.ts';
import type { MetricResult } from '../evidence/evidence.ts';
import { grouped } from './facts.ts';

/** What identifies a result among those of a comparison. */
export type MetricKey = Pick<MetricResult, 'metric' | 'slice' | 'set'>;

export const findResult = (
  results: readonly MetricResult[],
  { metric, slice, set }: MetricKey,
): MetricResult | undefined =>
  results.find((each) => each.metric === metric && each.slice === slice && each.set === set);

/** The result that a gate rests on; undefined: never computed, and no other is shown in its place. */
export const resultOfGate = (
  results: readonly MetricResult[],
  { metric, slice, set }: MetricKey,
): MetricResult | undefined => findResult(results, { metric, slice, set });

/** Writes values of one metric alike: as many decimals as the finest of them has, and its unit after each. */
export function showValues(metric: string, values: readonly number[]): readonly string[] {
  if (metric === 'size-bytes') return showBytes(values);
  const shown = showNumbers(...values).map(groupWhole);
  const unit = unitOf(metric);
  return unit === '' ? shown : shown.map((value) => `${value} ${unit}`);
}

export const showValue = (metric: string, value: number): string => showValues(metric, [value])[0] ?? '–';

export function unitOf(metric: string): string {
  if (metric.startsWith('latency-')) return 'ms';
  return metric === 'throughput' ? 'requests/s' : '';
}

const megabyte = 1_000_000;

function showBytes(values: readonly number[]): readonly string[] {
  if (Math.max(...values.map(Math.abs)) < megabyte) {
    return values.map((value) => `${groupWhole(String(Math.round(value)))} bytes`);
  }
  return values.map((value) => `${(value / megabyte).toFixed(1)} MB`);
}

/** `12345.6` as `12,345.6`; what is no such number stays. */
function groupWhole(text: string): string {
  const [, sign = '', whole = '', rest = ''] = /^(-?)(\d{4,15})(\.\d+)?$/.exec(text) ?? [];
  return whole === '' ? text : `${sign}${grouped(Number(whole))}${rest}`;
}

/** A number with its sign, minus as a minus. */
export const signed = (number: string): string =>
  number.startsWith('-') ? number.replace('-', '−') : /[1-9]/.test(number) ? `+${number}` : number;

/** `−0.077 (−0.080 to −0.074) ▼ worse`; a difference whose interval holds 0 may be chance, and says so. */
export function differenceOf(result: MetricResult): string {
  const { metric, difference, differenceInterval } = result;
  if (difference === null || !Number.isFinite(difference)) return '–';
  const [shown = '', low, high] = showValues(metric, [difference, ...(differenceInterval ?? [])]).map(signed);
  const interval =
    low === undefined || high === undefined ? '' : ` (${withoutUnit(low)} to ${withoutUnit(high)})`;
  return `${shown}${interval} ${directionOf(result)}`;
}

/** The number beside has it. */
const withoutUnit = (shown: string): string => shown.split(' ', 1)[0] ?? shown;

/** Turned so that more is better; null without a champion. */
export function gainOf({ difference, higherIsBetter }: MetricResult): number | null {
  if (difference === null || !Number.isFinite(difference)) return null;
  return higherIsBetter ? difference : -difference;
}

/** Interval of the gain, worst first. */
export function gainInterval({
  differenceInterval: interval,
  higherIsBetter,
}: MetricResult): readonly [number, number] | null {
  if (interval === null || !interval.every(Number.isFinite)) return null;
  return higherIsBetter ? interval : [-interval[1], -interval[0]];
}

export function directionOf(result: MetricResult): string {
  const [gain, interval] = [gainOf(result), gainInterval(result)];
  if (gain === null) return '';
  // The size of a file is what it is: no other draw of rows would give another.
  if (interval === null && gain !== 0 && result.metric !== 'size-bytes') return 'no interval: too few rows';
  if (interval !== null && interval[0] <= 0 && interval[1] >= 0) {
    return gain === 0 && interval[0] === interval[1] ? 'equal' : 'may be chance';
  }
  return gain === 0 ? 'equal' : gain > 0 ? '▲ better' : '▼ worse';
}
