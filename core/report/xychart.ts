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

/**
 * A line chart of Mermaid. It has no legend: whoever shows it writes beside it what is what, and the numbers as a table.
 * `xychart-beta` is the name that old and new versions of Mermaid read; every text is quoted and escaped.
 * @returns lines of a fence; null where a number is not finite or there is no line to draw
 * @see https://mermaid.js.org/syntax/xyChart.html
 */
export function renderXyChart({ title, x, y, lines }: XyChart): readonly string[] | null {
  const [first = []] = lines;
  const numbers = [...lines.flat(), y.from, y.to, ...(isRange(x) ? [x.from, x.to] : [])];
  const same = lines.every(({ length }) => length === first.length);
  if (first.length < 2 || first.length > mostPoints || !same || !numbers.every(Number.isFinite)) return null;
  if (!(y.from < y.to) || (isRange(x) && !(x.from < x.to))) return null;
  if (!isRange(x) && x.length !== first.length) return null;
  const axis = isRange(x)
    ? `"${escapeLabel(x.title)}" ${plain(x.from)} --> ${plain(x.to)}`
    : `[${x.map((label) => `"${escapeLabel(label) || '?'}"`).join(', ')}]`;
  return [
    'xychart-beta',
    `  title "${escapeLabel(title)}"`,
    `  x-axis ${axis}`,
    `  y-axis "${escapeLabel(y.title)}" ${plain(y.from)} --> ${plain(y.to)}`,
    ...lines.map((line) => `  line [${line.map(plain).join(', ')}]`),
  ];
}

const isRange = (x: XyChart['x']): x is Exclude<XyChart['x'], readonly string[]> => !Array.isArray(x);

/** Mermaid reads no exponent. */
const plain = (value: number): string => {
  const text = value.toFixed(6).replace(/\.?0+$/, '');
  return text === '-0' ? '0' : text;
};
