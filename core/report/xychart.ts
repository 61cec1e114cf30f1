import { escapeLabel } from './lineage-mermaid.ts';

export interface XyChart {
  readonly title: string;
  readonly x: { readonly title: string; readonly from: number; readonly to: number } | readonly string[];
  readonly y: { readonly title: string; readonly from: number; readonly to: number };
  /** Each as long as the others; drawn in this order, as evenly spaced points. */
  readonly lines: readonly (readonly number[])[];
}

/** More points are no picture in a comment. */
const mostPoints = 60;
/** From here on a number is written with an exponent, which Mermaid does not read. */
const largest = 1e15;

/**
 * A line chart of Mermaid. It has no legend: whoever shows it writes beside it what is what, and the numbers as a table.
 * `xychart-beta` is the name that old and new versions of Mermaid read; every text is quoted and escaped.
 * @returns lines of a fence; null where a number is not finite or there is no line to draw
 * @see https://mermaid.js.org/syntax/xyChart.html
 */
export function renderXyChart({ title, x, y, lines }: XyChart): readonly string[] | null {
  const [first = []] = lines;
  const numbers = [...lines.flat(), y.from, y.to, ...(isRange(x) ? [x.from, x.to] : [])];
  if (!numbers.every((value) => Math.abs(value) < largest)) return null;
  const same = lines.every(({ length }) => length === first.length);
  if (first.length < 2 || first.length > mostPoints || !same) return null;
  if (!(y.from < y.to) || (isRange(x) && !(x.from < x.to))) return null;
  if (!isRange(x) && x.length !== first.length) return null;
  const axis = isRange(x)
    ? `${quote(x.title)} ${plain(x.from)} --> ${plain(x.to)}`
    : `[${x.map(quote).join(', ')}]`;
  return [
    'xychart-beta',
    `  title ${quote(title)}`,
    `  x-axis ${axis}`,
    `  y-axis ${quote(y.title)} ${plain(y.from)} --> ${plain(y.to)}`,
    ...lines.map((line) => `  line [${line.map(plain).join(', ')}]`),
  ];
}

const isRange = (x: XyChart['x']): x is Exclude<XyChart['x'], readonly string[]> => !Array.isArray(x);

/** Mermaid reads no empty label. */
const quote = (text: string): string => `"${escapeLabel(text).trim() || '?'}"`;

/** Mermaid reads no exponent. */
const plain = (value: number): string => {
  const text = value.toFixed(6).replace(/\.?0+$/, '');
  return text === '-0' ? '0' : text;
};
