import type { Dimension, SearchValue } from '../config/search.ts';
import { countSteps } from '../config/search-check.ts';
import { canonicalJson } from '../json/canonical.ts';
import type { Draw } from './random.ts';
import type { Parameters } from './trial.ts';

type Space = readonly Dimension[];
type Range = Extract<Dimension, { kind: 'range' }>;

/** How many values a dimension has; Infinity: every number between two. */
export function sizeOf(dimension: Dimension): number {
  if (dimension.kind === 'list') return dimension.values.length;
  return isStepped(dimension) || dimension.whole ? countSteps(dimension) : Number.POSITIVE_INFINITY;
}

export const spaceSize = (space: Space): number =>
  space.reduce((product, dimension) => product * sizeOf(dimension), 1);

/** Equal points have equal keys. */
export const keyOf = (parameters: Parameters): string => canonicalJson(parameters);

/** The point of a grid; the last dimension changes fastest. @param index from 0, below the size of the space */
export function gridPoint(space: Space, index: number): Parameters {
  let rest = index;
  const values: (readonly [string, SearchValue])[] = [];
  for (const dimension of space.toReversed()) {
    const size = sizeOf(dimension);
    values.push([dimension.name, valueAt(dimension, ((rest % size) + 0.5) / size)]);
    rest = Math.floor(rest / size);
  }
  return Object.fromEntries(values.reverse());
}

/** A point, each of its values equally likely on its scale. */
export const drawPoint = (space: Space, draw: Draw): Parameters =>
  Object.fromEntries(space.map((dimension) => [dimension.name, valueAt(dimension, draw())]));

/** The value at a place of the dimension laid out from 0 to 1, on its scale. @param unit in [0, 1] */
export function valueAt(dimension: Dimension, unit: number): SearchValue {
  if (dimension.kind === 'list') {
    const at = Math.min(Math.floor(unit * dimension.values.length), dimension.values.length - 1);
    return dimension.values[Math.max(at, 0)] ?? '';
  }
  const { from, to, whole, step = 1 } = dimension;
  if (isStepped(dimension)) {
    const size = countSteps(dimension);
    const at = Math.min(Math.max(Math.floor(unit * size), 0), size - 1);
    // Twelve digits: 0.1 + 2 * 0.1 is 0.30000000000000004, and nobody wrote that.
    return clamp(Number((from + at * step).toPrecision(12)), from, to);
  }
  const [low, high] = endsOf(dimension);
  const value = Math.exp(Math.log(low) + unit * (Math.log(high) - Math.log(low)));
  if (whole) return clamp(Math.round(value), from, to);
  if (dimension.scale === 'log')
    return clamp(to / from < 1.01 ? value : Number(value.toPrecision(6)), from, to);
  return clamp(roundWithin(from + unit * (to - from), to - from), from, to);
}

/** Values are read and copied by people: a millionth of the range is near enough. */
function roundWithin(value: number, width: number): number {
  const digits = Math.ceil(6 - Math.log10(width));
  return Number(value.toFixed(Math.min(Math.max(digits, 0), 100)));
}

/** The other way round: the middle of the places that give this value. */
export function unitOf(dimension: Range, value: number): number {
  if (isStepped(dimension)) {
    const size = countSteps(dimension);
    return (Math.round((value - dimension.from) / (dimension.step ?? 1)) + 0.5) / size;
  }
  const [low, high] = endsOf(dimension);
  return dimension.scale === 'log'
    ? (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))
    : (value - dimension.from) / (dimension.to - dimension.from);
}

/** Even distances between its values: a range with a step, or of whole numbers on a linear scale. */
const isStepped = ({ step, whole, scale }: Range): boolean =>
  step !== undefined || (whole && scale === 'linear');

/** A whole number stands for everything that is rounded to it. */
const endsOf = ({ from, to, whole }: Range): readonly [number, number] =>
  whole ? [from - 0.5, to + 0.5] : [from, to];

const clamp = (value: number, from: number, to: number): number => Math.min(Math.max(value, from), to);
