import type { BothModels } from '../../evidence/judgement-detail.ts';
import { coarsenHistogram, countOf, type Histogram, rankOf, valueAtRank } from '../../load/histogram.ts';
import { grouped } from '../facts.ts';
import { path } from './curve-chart.ts';
import { type Html, join, nothing } from './element.ts';
import { figure, legend, type ModelNames } from './figure.ts';
import { drawPlot, showTick } from './plot.ts';

const mostBins = 48;
const quantiles = [0.5, 0.9, 0.95, 0.99, 0.999] as const;

/** Each step to the right is one nine more. */
const ticks = [
  [0, '0 %'],
  [1, '90 %'],
  [2, '99 %'],
  [3, '99.9 %'],
] as const;

type Share = readonly [share: number, ms: number];

/**
 * Latency by share of requests, so that the tail is as wide as the rest: a histogram hides exactly the requests that
 * people wait for. Read from left to right: half, nine of ten, 99 of 100.
 * @see HdrHistogram's plots of percentiles
 */
export function latencyFigure(id: string, all: BothModels<Histogram> | undefined, names: ModelNames): Html {
  if (all === undefined || countOf(all.challenger) === 0) return nothing;
  const both = { ...all, champion: all.champion !== null && countOf(all.champion) > 0 ? all.champion : null };
  const challenger = sharesOf(both.challenger);
  const champion = both.champion === null ? null : sharesOf(both.champion);
  const most = Math.max(...[...challenger, ...(champion ?? [])].map(([, ms]) => ms));
  const p99 = msAt(both.challenger, 0.99);
  const beside =
    both.champion === null ? '' : `, of ${names.champion} ${showTick(msAt(both.champion, 0.99))} ms`;
  const picture = drawPlot(
    {
      id,
      title: 'Latency by share of requests',
      description: `99 of 100 requests to ${names.challenger} take at most ${showTick(p99)} ms${beside}.`,
      x: { label: 'Share of requests', from: 0, to: 3, ticks },
      y: { label: 'ms', from: 0, to: most * 1.05 || 1 },
    },
    ({ x, y }) => [...(champion === null ? [] : [path('lb', champion, x, y)]), path('la', challenger, x, y)],
  );
  return figure(
    'Latency.',
    'Longest wait of the fastest share of requests: the further right, the rarer the wait.',
    join([legend(champion === null ? { ...names, champion: null } : names), picture]),
    {
      kind: 'table',
      head: ['Share', names.challenger, ...(champion === null ? [] : [names.champion ?? ''])],
      align: ['r', 'r', 'r'],
      rows: [
        ...quantiles.map((p) => [
          [`${Number((100 * p).toFixed(1))} %`],
          [`${showTick(msAt(both.challenger, p))} ms`],
          ...(both.champion === null ? [] : [[`${showTick(msAt(both.champion, p))} ms`]]),
        ]),
        [
          ['Requests'],
          [grouped(countOf(both.challenger))],
          ...(both.champion === null ? [] : [[grouped(countOf(both.champion))]]),
        ],
      ],
    },
  );
}

const msAt = (histogram: Histogram, p: number): number =>
  valueAtRank(histogram, rankOf(countOf(histogram), p)) / 1000;

/** Points of the curve: how many nines of the requests took at most that long. */
function sharesOf(histogram: Histogram): readonly Share[] {
  const { bins } = coarsenHistogram(histogram, mostBins);
  const all = countOf({ bins, sumUs: 0 });
  let seen = 0;
  return bins.flatMap(([us, count]): readonly Share[] => {
    const before = seen;
    seen += count;
    const start = -Math.log10(1 - before / all);
    const end = seen === all ? 3 : Math.min(3, -Math.log10(1 - seen / all));
    return start >= 3
      ? []
      : [
          [start, us / 1000],
          [end, us / 1000],
        ];
  });
}
