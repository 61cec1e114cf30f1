import type { GateOutcome, MetricResult } from '../evidence/evidence.ts';
import type { Inline, Phrase } from './block.ts';
import { championText, grouped, type ShownComparison } from './facts.ts';
import { gainInterval, gainOf, showValue, signed } from './metric-text.ts';
import { sliceMoves } from './slice-moves.ts';

/** Judged, and the rows cannot tell: more of them would. */
export const isOpen = ({ result, answer, rowsNeeded }: GateOutcome): boolean =>
  result === 'not evaluated' && (answer === 'not enough rows' || rowsNeeded !== null);

const number = '(-?\\d[\\d.]*(?:e[+-]?\\d+)?)';
const limitForm = new RegExp(`^at (least|most) ${number}`);
const versusForm = new RegExp(`^(not worse|better) than .*?(?:by more than ${number})?$`);
const ratioForm = new RegExp(`^no (?:less|more) than ${number} times `);

/** How far a failed gate is from passing, in units of its metric; null where no such number is there. */
export function shortOf({ result, required }: GateOutcome, metric: MetricResult | undefined): number | null {
  if (result !== 'fail' || metric === undefined) return null;
  const limit = limitForm.exec(required)?.[2];
  if (limit !== undefined) return positive(Math.abs(metric.challenger - Number(limit)));
  const [least, interval] = [leastGain(required, metric), gainInterval(metric)];
  return least === null || interval === null ? null : positive(least - interval[0]);
}

/** A comparison is held against the bad end of its interval, a limit against the value. */
export const isByInterval = ({ required }: GateOutcome): boolean => !limitForm.test(required);

/** The gain from which on a comparison passes; null: the requirement compares with nobody. */
function leastGain(required: string, { champion, higherIsBetter }: MetricResult): number | null {
  const ratio = ratioForm.exec(required)?.[1];
  if (ratio !== undefined && champion !== null) {
    return (higherIsBetter ? Number(ratio) - 1 : 1 - Number(ratio)) * champion;
  }
  const versus = versusForm.exec(required);
  if (versus === null) return null;
  const margin = Number(versus[2] ?? 0);
  return versus[1] === 'better' ? margin : -margin;
}

/** Without the dust of a binary subtraction. */
const positive = (value: number): number | null =>
  Number.isFinite(value) && value > 0 ? Number(value.toPrecision(12)) : null;

/** What to do about a gate that does not pass: from what is known of this result, never a saying. */
export function adviceOf(
  outcome: GateOutcome,
  result: MetricResult | undefined,
  comparison: ShownComparison,
): Phrase {
  if (outcome.result === 'skipped') return [outcome.because];
  if (outcome.result === 'not evaluated') return moreRows(outcome, result);
  const hint = hintOf(outcome, result, comparison);
  return hint.length === 0 ? [outcome.because] : hint;
}

function moreRows({ because, rowsNeeded }: GateOutcome, result: MetricResult | undefined): Phrase {
  if (rowsNeeded === null) return [because];
  const there = result === undefined ? '' : ` (there are ${grouped(result.rows)})`;
  return [
    `About ${grouped(rowsNeeded)} held-out rows would decide${there}. Enlarge the held-out set, or have the owners accept a larger margin`,
  ];
}

function hintOf(outcome: GateOutcome, result: MetricResult | undefined, comparison: ShownComparison): Phrase {
  const { metric } = outcome;
  if (result === undefined || outcome.required.startsWith('no slice ')) return [];
  if (metric.startsWith('latency-') || metric === 'throughput') return serving(result, comparison);
  if (metric === 'behaviour-pass-rate') return behaviour(comparison);
  if (/ by /.test(metric)) return ['Compare the groups in the slices below'];
  if (metric === 'ece' || metric === 'mce') {
    return ['Calibrate the scores on validation rows; the calibration curve is in the HTML report'];
  }
  const slices = result.slice === null ? weakest(metric, comparison) : [];
  return slices.length > 0 ? slices : champion(outcome, result, comparison);
}

/** Whether the version that serves would pass the same limit: a gate that nothing passes is another question. */
function champion(
  { required, because }: GateOutcome,
  result: MetricResult,
  comparison: ShownComparison,
): Phrase {
  const [, side, text] = limitForm.exec(required) ?? [];
  if (side === undefined || result.champion === null) return [];
  const passes = side === 'least' ? result.champion >= Number(text) : result.champion <= Number(text);
  const serves = passes ? 'which serves, passes this gate' : 'which serves, does not pass this gate either';
  return [because.replace(/\.$/, ''), `. ${upper(championText(comparison))}, ${serves}`];
}

const upper = (text: string): string => text.replace(/^t/, 'T');

/** A model that grew is the commonest cause of one that got slow. */
function serving(result: MetricResult, comparison: ShownComparison): Phrase {
  const size = comparison.metrics.find(({ metric }) => metric === 'size-bytes');
  const before =
    result.champion === null
      ? ''
      : `${championText(comparison)} took ${showValue(result.metric, result.champion)}`;
  if (size === undefined || size.champion === null || size.champion <= 0) return [before];
  const times = size.challenger / size.champion;
  const grown =
    times < 1.05
      ? 'the model file did not grow'
      : `the model file grew ${times.toFixed(1)}× (${showValue('size-bytes', size.champion)} to ${showValue('size-bytes', size.challenger)})`;
  return [before === '' ? grown : `${before}; ${grown}`];
}

function behaviour({ behaviour: fact }: ShownComparison): Phrase {
  const failed = (fact?.groups ?? []).filter(({ cases, passed, required }) => !(passed >= required * cases));
  const names = failed.flatMap((group) => group.failed).slice(0, 3);
  if (names.length === 0) return [];
  return ['Failed cases: ', ...separated(names.map((name) => ({ code: name })))];
}

/** The slices that lost most: where to look first. */
function weakest(metric: string, { metrics }: ShownComparison): Phrase {
  const worst = sliceMoves(metrics, metric)
    .filter(({ word, result }) => word === 'falling' && (gainOf(result) ?? 0) < 0)
    .slice(0, 2);
  if (worst.length === 0) return [];
  const parts = worst.map(({ result }): readonly Inline[] => [
    { code: result.slice ?? '' },
    ` (${signed(showValue(metric, result.difference ?? 0))} on ${grouped(result.rows)} rows)`,
  ]);
  return [
    'It falls most in ',
    ...(parts[0] ?? []),
    ...(parts[1] === undefined ? [] : [' and ', ...parts[1]]),
  ];
}

const separated = (parts: readonly Inline[]): Phrase =>
  parts.flatMap((part, at) => (at === 0 ? [part] : [', ', part]));
