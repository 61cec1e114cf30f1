import type { BothModels, CurvePoint } from '../../evidence/judgement-detail.ts';
import type { Table } from '../block.ts';
import { heightAt } from '../curve.ts';
import { element, type Html, join, nothing } from './element.ts';
import { figure, legend, type ModelNames } from './figure.ts';
import { drawPlot, line } from './plot.ts';

interface Curve {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly x: string;
  readonly y: string;
  /** Where a model that knows nothing would lie; null: nowhere fixed. */
  readonly diagonal: boolean;
}

export const rocCurve: Omit<Curve, 'id'> = {
  title: 'ROC.',
  text: 'Share found of the positive rows, by the share of the others that is taken for positive. Dotted: chance.',
  x: 'False positive rate',
  y: 'True positive rate',
  diagonal: true,
};

export const precisionRecallCurve: Omit<Curve, 'id'> = {
  title: 'Precision and recall.',
  text: 'How many of the rows called positive are, by the share found of all that are.',
  x: 'Recall',
  y: 'Precision',
  diagonal: false,
};

const places = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** A curve of both models in the unit square. */
export function curveFigure(
  curve: Curve,
  both: BothModels<readonly CurvePoint[]> | null,
  names: ModelNames,
): Html {
  if (both === null) return nothing;
  const { challenger, champion } = both;
  const at = (points: readonly CurvePoint[]): string => heightAt(points, 0.1)?.toFixed(3) ?? 'not known';
  const beside = champion === null ? '' : `, of ${names.champion} ${at(champion)}`;
  const picture = drawPlot(
    {
      id: curve.id,
      title: curve.title.replace('.', ''),
      description: `${curve.y} by ${curve.x.toLowerCase()}. At 0.1 that of ${names.challenger} is ${at(challenger)}${beside}.`,
      x: { label: curve.x, from: 0, to: 1 },
      y: { label: curve.y, from: 0, to: 1 },
    },
    ({ x, y }) => [
      curve.diagonal ? line('chance', x(0), y(0), x(1), y(1)) : nothing,
      ...(champion === null ? [] : [path('lb', champion, x, y)]),
      path('la', challenger, x, y),
    ],
  );
  return figure(
    curve.title,
    curve.text,
    join([legend(champion === null ? { ...names, champion: null } : names), picture]),
    toTable(curve, both, names),
  );
}

export const path = (
  kind: string,
  points: readonly (readonly [number, number])[],
  x: (value: number) => number,
  y: (value: number) => number,
): Html =>
  element('polyline', { class: kind, points: points.map(([px, py]) => `${x(px)},${y(py)}`).join(' ') });

function toTable(
  { x, y }: Curve,
  { challenger, champion }: BothModels<readonly CurvePoint[]>,
  names: ModelNames,
): Table {
  const show = (points: readonly CurvePoint[], place: number): string =>
    heightAt(points, place)?.toFixed(3) ?? '–';
  return {
    kind: 'table',
    head: [x, `${y}, ${names.challenger}`, ...(champion === null ? [] : [`${y}, ${names.champion}`])],
    align: ['r', 'r', 'r'],
    rows: places.map((place) => [
      [place.toFixed(2)],
      [show(challenger, place)],
      ...(champion === null ? [] : [[show(champion, place)]]),
    ]),
  };
}
