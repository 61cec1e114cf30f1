import type { Dimension, SearchConfig } from '../config/search.ts';
import type { RankedTrial } from '../search/ranking.ts';
import { unitOf } from '../search/space.ts';
import { plainText } from './cell.ts';

/** Pixels. */
const gap = 150;
const top = 56;
const high = 260;
const edge = 80;
const palette = { best: '#0550ae', other: '#8c959f', failed: '#9a6700', text: '#1f2328', axis: '#d0d7de' };

interface Axis {
  readonly title: string;
  /** From the bottom, 0 to 1; null: there is nothing to show. */
  readonly placeOf: (trial: RankedTrial) => number | null;
  readonly ends: readonly [bottom: string, top: string];
  /** Words beside the axis, by their place: the values of a short list. */
  readonly marks: readonly (readonly [place: number, words: string])[];
}

/** More of them would stand on each other. */
const mostMarks = 12;

/**
 * Draws every trial as a line over one axis a parameter and one for the metric, the better end of it on top. The best one
 * is thick and drawn last, one without a value is dashed and stops before the metric: no meaning is in colour alone.
 * @param ranked the best first, as `rankTrials` gives them
 * @returns SVG, in which every text of the search and its trials is escaped
 */
export function drawParallelCoordinates(search: SearchConfig, ranked: readonly RankedTrial[]): string {
  const axes = [...search.space.map(toAxis), metricAxis(search, ranked)];
  const [width, height] = [2 * edge + gap * (axes.length - 1), top + high + 64];
  const [first] = ranked;
  const about =
    first === undefined || first.value === null
      ? `${ranked.length} trials, none with a value of ${search.metric}`
      : `${ranked.length} trials, the best is number ${first.number} with ${search.metric} ${showNumber(first.value)}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title" font-family="sans-serif" font-size="12">`,
    `<title id="title">${escapeXml(about, 300)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...ranked.map((trial, rank) => drawLine(trial, rank, axes)).reverse(),
    ...axes.map(drawAxis),
    '</svg>',
    '',
  ].join('\n');
}

function toAxis(dimension: Dimension): Axis {
  const { name: title } = dimension;
  if (dimension.kind === 'range') {
    const { from, to, scale } = dimension;
    return {
      title: scale === 'log' ? `${title} (log)` : title,
      placeOf: ({ parameters }) => unitOf(dimension, Number(parameters[title])),
      ends: [showNumber(from), showNumber(to)],
      marks: [],
    };
  }
  const { values } = dimension;
  return {
    title,
    placeOf: ({ parameters }) => {
      const at = values.indexOf(parameters[title] ?? '');
      return (Math.max(at, 0) + 0.5) / values.length;
    },
    ...(values.length <= mostMarks
      ? { ends: ['', ''], marks: values.map((value, at) => [(at + 0.5) / values.length, String(value)]) }
      : { ends: [String(values[0]), String(values.at(-1))], marks: [] }),
  };
}

function metricAxis({ metric, goal }: SearchConfig, ranked: readonly RankedTrial[]): Axis {
  const values = ranked.flatMap(({ value }) => (value === null ? [] : [value]));
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const [worst, best] = goal === 'maximize' ? [least, most] : [most, least];
  return {
    title: metric,
    placeOf: ({ value }) => {
      if (value === null) return null;
      return worst === best ? 0.5 : (value - worst) / (best - worst);
    },
    ends: values.length === 0 ? ['none', ''] : [showNumber(worst), showNumber(best)],
    marks: [],
  };
}

function drawAxis({ title, ends: [bottom, above], marks }: Axis, at: number): string {
  const x = edge + at * gap;
  const text = (y: number, words: string, weight = 'normal') =>
    `<text x="${x}" y="${y}" text-anchor="middle" font-weight="${weight}" fill="${palette.text}">${escapeXml(words, 22)}</text>`;
  return [
    `<line x1="${x}" y1="${top}" x2="${x}" y2="${top + high}" stroke="${palette.axis}" stroke-width="2"/>`,
    text(top - 28, title, 'bold'),
    text(top - 10, above),
    text(top + high + 20, bottom),
    ...marks.map(
      ([place, words]) =>
        `<text x="${x + 6}" y="${top + (1 - place) * high - 6}" fill="${palette.text}" stroke="#ffffff" stroke-width="3" paint-order="stroke">${escapeXml(words, 20)}</text>`,
    ),
  ].join('\n');
}

function drawLine(trial: RankedTrial, rank: number, axes: readonly Axis[]): string {
  const points = axes.flatMap(({ placeOf }, at) => {
    const place = placeOf(trial);
    if (place === null) return [];
    const y = top + (1 - Math.min(Math.max(place, 0), 1)) * high;
    return [`${edge + at * gap},${Math.round(y * 10) / 10}`];
  });
  const isBest = rank === 0 && trial.value !== null;
  const look = isBest
    ? `stroke="${palette.best}" stroke-width="4"`
    : trial.value === null
      ? `stroke="${palette.failed}" stroke-width="1.5" stroke-dasharray="6 4"`
      : `stroke="${palette.other}" stroke-width="1.5" stroke-opacity="0.7"`;
  const value = trial.value === null ? trial.how : showNumber(trial.value);
  return `<polyline fill="none" ${look} points="${points.join(' ')}"><title>${escapeXml(`trial ${trial.number}: ${value}`, 100)}</title></polyline>`;
}

/** Four digits that count: axes are read, not copied. */
const showNumber = (value: number): string => String(Number(value.toPrecision(4)));

/** Names, values and ends are of the pull request. */
const escapeXml = (text: string, most: number): string =>
  plainText(text, most)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
