import { element, type Html, join } from './element.ts';

/** CSS pixels: as wide as the narrowest telephone has room for, so that no label is ever scaled down. */
export const plotWidth = 340;
export const plotHeight = 260;
const edge = { left: 48, right: 20, top: 10, bottom: 40 };

export interface Axis {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** Words at places of it; absent: round numbers. */
  readonly ticks?: readonly (readonly [value: number, words: string])[];
}

export interface Plot {
  /** Unique on the page: letters, digits, hyphens. */
  readonly id: string;
  /** What it is, and what a reader should take from it: for whoever does not see the picture. */
  readonly title: string;
  readonly description: string;
  readonly x: Axis;
  readonly y: Axis;
}

export interface Place {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

/** Maps a range of values onto one of pixels; outside values are drawn at its end. */
export function scaleOf(from: number, to: number, start: number, end: number): (value: number) => number {
  return (value) => {
    const share = to === from ? 0.5 : (value - from) / (to - from);
    return round(start + Math.min(Math.max(share, 0), 1) * (end - start));
  };
}

/** A tenth of a pixel is finer than any screen. */
export const round = (pixels: number): number => Math.round(pixels * 10) / 10;

/** Round numbers inside of a range, at most about `count` of them. */
export function ticksOf(from: number, to: number, count: number): readonly number[] {
  const span = to - from;
  if (!Number.isFinite(span) || span <= 0) return [];
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => each >= raw) ?? 10 * power;
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}

/** A picture with a name and a description that are read aloud. */
export function svg(
  { id, title, description }: Pick<Plot, 'id' | 'title' | 'description'>,
  width: number,
  height: number,
  ...children: readonly Html[]
): Html {
  const [titleId, descriptionId] = [`${id}-title`, `${id}-description`];
  return element(
    'svg',
    {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-labelledby': `${titleId} ${descriptionId}`,
    },
    element('title', { id: titleId }, title),
    element('desc', { id: descriptionId }, description),
    ...children,
  );
}

/** Axes, grid and labels, with marks over them. */
export function drawPlot(plot: Plot, drawMarks: (place: Place) => readonly Html[]): Html {
  const { x, y } = plot;
  const [right, bottom] = [plotWidth - edge.right, plotHeight - edge.bottom];
  const place: Place = {
    x: scaleOf(x.from, x.to, edge.left, right),
    y: scaleOf(y.from, y.to, bottom, edge.top),
  };
  return svg(
    plot,
    plotWidth,
    plotHeight,
    ...axisTicks(x).map(([tick, words]) =>
      join([
        line('grid', place.x(tick), edge.top, place.x(tick), bottom),
        label(place.x(tick), bottom + 15, words, 'middle', 'q'),
      ]),
    ),
    ...axisTicks(y).map(([tick, words]) =>
      join([
        line('grid', edge.left, place.y(tick), right, place.y(tick)),
        label(edge.left - 6, place.y(tick) + 4, words, 'end', 'q'),
      ]),
    ),
    line('axis', edge.left, bottom, right, bottom),
    line('axis', edge.left, edge.top, edge.left, bottom),
    label((edge.left + right) / 2, plotHeight - 6, x.label, 'middle'),
    element(
      'text',
      { transform: `translate(12 ${(edge.top + bottom) / 2}) rotate(-90)`, 'text-anchor': 'middle' },
      y.label,
    ),
    ...drawMarks(place),
  );
}

const axisTicks = ({ from, to, ticks }: Axis): NonNullable<Axis['ticks']> =>
  ticks ?? ticksOf(from, to, 5).map((tick) => [tick, showTick(tick)] as const);

export const line = (kind: string, x1: number, y1: number, x2: number, y2: number): Html =>
  element('line', { class: kind, x1, y1, x2, y2 });

export const label = (
  x: number,
  y: number,
  text: string,
  anchor: 'start' | 'middle' | 'end' = 'start',
  kind = '',
): Html =>
  element('text', { x: round(x), y: round(y), 'text-anchor': anchor, ...(kind && { class: kind }) }, text);

/** Challenger: round and filled; champion: square and hollow. */
export const mark = (who: 'a' | 'b', x: number, y: number): Html =>
  who === 'a'
    ? element('circle', { class: 'fa', cx: x, cy: y, r: 4 })
    : element('rect', { class: 'fb', x: round(x - 4), y: round(y - 4), width: 8, height: 8 });

/** Thousands are written short: `12k`. */
export function showTick(value: number): string {
  const size = Math.abs(value);
  if (size >= 1_000_000) return `${Number((value / 1_000_000).toPrecision(3))}M`;
  if (size >= 1000) return `${Number((value / 1000).toPrecision(3))}k`;
  return String(Number(value.toPrecision(4)));
}
