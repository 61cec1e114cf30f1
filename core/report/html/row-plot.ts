import { plainText } from '../cell.ts';
import { element, type Html, join, nothing } from './element.ts';
import { label, line, mark, type Plot, plotWidth, scaleOf, showTick, svg, ticksOf } from './plot.ts';

/** Pixels of one row: a line of words, and the marks under it. */
const rowHeight = 40;
const top = 4;
const foot = 42;
const edge = 12;
const mostLabel = 34;

export interface PlotRow {
  readonly label: string;
  /** On the right of the label: the value in words. */
  readonly note: string;
  /** Challenger, with its interval. */
  readonly a: number | null;
  readonly interval: readonly [number, number] | null;
  /** Champion. */
  readonly b: number | null;
  /** A dashed bar: the limit of a gate. */
  readonly limit: number | null;
  /** Of this row alone; null: that of the plot. */
  readonly scale: readonly [from: number, to: number] | null;
}

export interface RowPlot extends Omit<Plot, 'x' | 'y'> {
  readonly rows: readonly PlotRow[];
  /** Null: every row has its own scale, and the axis says no number. */
  readonly x: Plot['x'] | { readonly label: string };
  /** A line through all rows, for example at no difference; null: none. */
  readonly zero: number | null;
}

/** One row a thing: its name, and where both models stand on a line. */
export function drawRows(plot: RowPlot): Html {
  const { rows, x, zero } = plot;
  const height = top + rows.length * rowHeight + foot;
  const bottom = top + rows.length * rowHeight + 4;
  const range = 'from' in x ? ([x.from, x.to] as const) : ([-1, 1] as const);
  const scale = scaleOf(range[0], range[1], edge, plotWidth - edge);
  return svg(
    plot,
    plotWidth,
    height,
    ...('from' in x ? ticksOf(x.from, x.to, 5) : []).map((tick) =>
      join([
        line('grid', scale(tick), top, scale(tick), bottom),
        label(scale(tick), bottom + 13, showTick(tick), 'middle', 'q'),
      ]),
    ),
    zero === null ? nothing : line('axis', scale(zero), top, scale(zero), bottom),
    ...rows.map((row, at) => drawRow(row, top + at * rowHeight, row.scale ?? range)),
    label(plotWidth / 2, height - 5, x.label, 'middle'),
  );
}

function drawRow(row: PlotRow, y: number, [from, to]: readonly [number, number]): Html {
  const scale = scaleOf(from, to, edge, plotWidth - edge);
  const middle = y + 27;
  const { a, b, interval, limit } = row;
  const room = mostLabel - Math.max(0, row.note.length - 12);
  return element(
    'g',
    {},
    label(0, y + 14, plainText(row.label, Math.max(12, room)), 'start', 'b1'),
    label(plotWidth, y + 14, plainText(row.note, 30), 'end'),
    limit === null ? nothing : line('margin', scale(limit), middle - 9, scale(limit), middle + 9),
    interval === null ? nothing : line('la', scale(interval[0]), middle, scale(interval[1]), middle),
    b === null ? nothing : mark('b', scale(b), middle),
    a === null ? nothing : mark('a', scale(a), middle),
  );
}
