import type { Distribution } from '../../evidence/judgement-detail.ts';
import { grouped } from '../facts.ts';
import { path } from './curve-chart.ts';
import { element, type Html, join, nothing } from './element.ts';
import { figure, legend, type ModelNames } from './figure.ts';
import { drawPlot, round, showTick } from './plot.ts';

/** How many rows get which score: two models of equal quality may use the scale in other ways. */
export function distributionFigure(id: string, distribution: Distribution | null, names: ModelNames): Html {
  if (distribution === null || distribution.edges.length < 2) return nothing;
  const { edges, challenger, champion } = distribution;
  const [from, to] = [edges[0] ?? 0, edges.at(-1) ?? 1];
  const most = Math.max(...challenger, ...(champion ?? []), 1);
  const peak = challenger.indexOf(Math.max(...challenger));
  const shown = champion === null ? { ...names, champion: null } : names;
  const picture = drawPlot(
    {
      id,
      title: 'Distribution of scores',
      description: `Rows by predicted score. Most rows of ${names.challenger} lie between ${showTick(edges[peak] ?? from)} and ${showTick(edges[peak + 1] ?? to)}.`,
      x: { label: 'Predicted', from, to },
      y: { label: 'Rows', from: 0, to: most },
    },
    ({ x, y }) => [
      ...challenger.map((count, at) =>
        element('rect', {
          class: 'bar-a',
          x: x(edges[at] ?? from),
          y: y(count),
          width: round(Math.max(1, x(edges[at + 1] ?? to) - x(edges[at] ?? from) - 1)),
          height: round(y(0) - y(count)),
        }),
      ),
      ...(champion === null ? [] : [path('lb', stepsOf(edges, champion), x, y)]),
    ],
  );
  return figure(
    'Scores.',
    'Rows by predicted score: bars for the one, dashed outline for the other.',
    join([legend(shown), picture]),
    {
      kind: 'table',
      head: ['From', 'To', names.challenger, ...(champion === null ? [] : [names.champion ?? ''])],
      align: ['r', 'r', 'r', 'r'],
      rows: challenger.map((count, at) => [
        [showTick(edges[at] ?? from)],
        [showTick(edges[at + 1] ?? to)],
        [grouped(count)],
        ...(champion === null ? [] : [[grouped(champion[at] ?? 0)]]),
      ]),
    },
  );
}

/** Outline of a histogram. */
export const stepsOf = (
  edges: readonly number[],
  counts: readonly number[],
): readonly (readonly [number, number])[] =>
  counts.flatMap((count, at) => [[edges[at] ?? 0, count] as const, [edges[at + 1] ?? 0, count] as const]);
