import type { BothModels, CalibrationBin } from '../../evidence/judgement-detail.ts';
import { grouped } from '../facts.ts';
import { path } from './curve-chart.ts';
import { type Html, join, nothing } from './element.ts';
import { figure, legend, type ModelNames } from './figure.ts';
import { drawPlot, line, mark } from './plot.ts';

/** Share predicted against share found: on the diagonal, a score is what it says. */
export function calibrationFigure(
  id: string,
  both: BothModels<readonly CalibrationBin[]> | null,
  names: ModelNames,
): Html {
  if (both === null || both.challenger.length === 0) return nothing;
  const { challenger, champion } = both;
  const worst = Math.max(...challenger.map(({ predicted, found }) => Math.abs(predicted - found)));
  const most = Math.max(
    ...[...challenger, ...(champion ?? [])].flatMap(({ predicted, found }) => [predicted, found]),
  );
  // A model of rare things has all its bins in one corner.
  const to = most > 0.5 ? 1 : Math.max(0.05, Math.ceil(most * 1.1 * 20) / 20);
  const shown = champion === null ? { ...names, champion: null } : names;
  const picture = drawPlot(
    {
      id,
      title: 'Calibration',
      description: `Share found by share predicted, in ${challenger.length} bins. The largest gap of ${names.challenger} is ${worst.toFixed(3)}.`,
      x: { label: 'Predicted', from: 0, to },
      y: { label: 'Found', from: 0, to },
    },
    ({ x, y }) => [
      line('chance', x(0), y(0), x(to), y(to)),
      ...(
        [
          ['b', champion ?? []],
          ['a', challenger],
        ] as const
      ).flatMap(([who, bins]) => [
        path(
          `l${who}`,
          bins.map(({ predicted, found }) => [predicted, found]),
          x,
          y,
        ),
        ...bins.map(({ predicted, found }) => mark(who, x(predicted), y(found))),
      ]),
    ],
  );
  return figure(
    'Calibration.',
    'Above the dotted line the model says too little, below it too much.',
    join([legend(shown), picture]),
    {
      kind: 'table',
      head: ['Model', 'Predicted', 'Found', 'Rows'],
      align: ['l', 'r', 'r', 'r'],
      rows: [
        ...challenger.map((bin) => toRow(names.challenger, bin)),
        ...(champion ?? []).map((bin) => toRow(names.champion ?? '', bin)),
      ],
    },
  );
}

const toRow = (name: string, { predicted, found, rows }: CalibrationBin) => [
  [name],
  [predicted.toFixed(3)],
  [found.toFixed(3)],
  [grouped(rows)],
];
