import type { MetricResult } from '../../evidence/evidence.ts';
import { counted, type ShownComparison } from '../facts.ts';
import { differenceOf, directionOf, gainInterval, gainOf, resultOfGate, showValues } from '../metric-text.ts';
import { renderTable } from './blocks.ts';
import { type Html, nothing } from './element.ts';
import { type ModelNames, wideFigure } from './figure.ts';
import { drawRows, type PlotRow } from './row-plot.ts';

const mostRows = 30;

/** Differences to the champion with their intervals and margins: right of the middle the challenger is better. */
export function forestFigure(id: string, comparison: ShownComparison, names: ModelNames): Html {
  const results = comparison.metrics
    .filter((result) => result.slice === null && result.set === 'held-out' && gainInterval(result) !== null)
    .slice(0, mostRows);
  if (names.champion === null || results.length === 0) return nothing;
  const margins = marginsOf(comparison);
  const sure = results.filter((result) => /better|worse/.test(directionOf(result)));
  const count = (word: string): number => sure.filter((each) => directionOf(each).includes(word)).length;
  const description = `${counted(results.length, 'metric')}: ${count('better')} better and ${count('worse')} worse beyond chance${sure.length === results.length ? '' : '; for the others the interval holds no difference'}.`;
  return wideFigure(
    'Difference of each metric.',
    'Point and line: difference with its 95 % interval, turned so that right is better; every row has a scale of its own. Dashed bar: how much worse a gate still lets through.',
    drawRows({
      id,
      title: `Difference of each metric: ${names.challenger} against ${names.champion}`,
      description,
      rows: results.map((result) => toRow(result, margins.get(result) ?? null)),
      x: { label: '← worse · better →' },
      zero: 0,
    }),
    renderTable(
      {
        kind: 'table',
        head: ['Metric', names.challenger, names.champion, 'Difference (95 % interval)'],
        align: ['l', 'r', 'r', 'r'],
        rows: results.map((result) => {
          const [value = '–', before = '–'] = showValues(
            result.metric,
            [result.challenger, result.champion].filter((each) => each !== null),
          );
          return [[result.metric], [value], [before], [differenceOf(result)]];
        }),
      },
      'Differences as numbers',
    ),
  );
}

/** Margins of the comparison gates, in units of the metric. */
function marginsOf({ outcomes, metrics }: ShownComparison): ReadonlyMap<MetricResult, number> {
  return new Map(
    outcomes.flatMap((outcome) => {
      const margin = /^not worse than .* by more than (\d[\d.]*(?:e-?\d+)?)$/.exec(outcome.required)?.[1];
      const result = resultOfGate(metrics, outcome);
      return margin === undefined || result === undefined ? [] : [[result, Number(margin)] as const];
    }),
  );
}

/** The zero stands in the middle, and everything of the row fits. */
function toRow(result: MetricResult, margin: number | null): PlotRow {
  const [low, high] = gainInterval(result) ?? [0, 0];
  const reach = Math.max(Math.abs(low), Math.abs(high), margin ?? 0) * 1.1 || 1;
  return {
    label: result.metric,
    note: directionOf(result),
    a: gainOf(result),
    interval: [low, high],
    b: null,
    limit: margin === null ? null : -margin,
    scale: [-reach, reach],
  };
}
