import type { Dimension, SearchConfig } from '../config/search.ts';
import { drawFresh } from './fresh-point.ts';
import { estimateChoices, estimateNumbers } from './parzen.ts';
import { type Draw, openDraws } from './random.ts';
import { keyOf, unitOf, valueAt } from './space.ts';
import type { Parameters } from './trial.ts';

/** A point and what came of it; null: it failed, or runs still. Both count as bad, so that others are not put beside it. */
export interface Observed {
  readonly parameters: Parameters;
  readonly value: number | null;
}

/**
 * So many points are drawn from the good ones for each dimension; the best ratio wins. Measured over 100 seeds on Branin
 * and a mixed space with 16 and 40 trials: 24, as others have it, settles on a wrong choice too soon.
 */
const candidates = 8;
/** The best share of the points counts as good. */
const goodShare = 0.2;
const mostGood = 25;
const mostRetries = 20;

/** Trials that are drawn at random before there is anything to learn from. */
export const randomStart = (trials: number): number => Math.min(10, Math.max(4, Math.floor(trials / 4)));

/**
 * Suggests the next point by the tree-structured Parzen estimator: where points that turned out good are dense and bad
 * ones are not. Each dimension by itself, on its own scale.
 * @param observed in any fixed order; points that are asked for in the same round among them, without a value
 * @see Bergstra, Bardenet, Bengio, Kegl, Algorithms for Hyper-Parameter Optimization (NIPS 2011), section 4;
 * waiting points as bad ones: https://optuna.readthedocs.io/en/stable/reference/samplers/generated/optuna.samplers.TPESampler.html (constant_liar)
 */
export function suggestPoint(
  search: SearchConfig,
  observed: readonly Observed[],
  number: number,
): Parameters {
  const { space, seed, trials } = search;
  const taken = new Set(observed.map(({ parameters }) => keyOf(parameters)));
  const known = observed.filter(({ value }) => value !== null);
  if (known.length < randomStart(trials)) return drawFresh(space, seed, number, taken);
  const [good, bad] = splitPoints(search, observed, known.length);
  for (let retry = 0; retry < mostRetries; retry++) {
    // Streams of the random points have redraws from 0 to 99.
    const draw = openDraws(seed, [number, 1000 + retry]);
    const point = Object.fromEntries(
      space.map((dimension) => [dimension.name, chooseValue(dimension, good, bad, draw)]),
    );
    if (!taken.has(keyOf(point))) return point;
  }
  return drawFresh(space, seed, number, taken);
}

function splitPoints(
  { goal }: SearchConfig,
  observed: readonly Observed[],
  known: number,
): readonly [readonly Parameters[], readonly Parameters[]] {
  const sign = goal === 'maximize' ? -1 : 1;
  const rankOf = ({ value }: Observed): number => (value === null ? Number.POSITIVE_INFINITY : sign * value);
  // Infinity less Infinity is no number, and then no order: points without a value stay where they are.
  const sorted = observed.toSorted((a, b) => (rankOf(a) === rankOf(b) ? 0 : rankOf(a) - rankOf(b)));
  const points = sorted.map(({ parameters }) => parameters);
  const good = Math.min(Math.ceil(goodShare * known), mostGood);
  return [points.slice(0, good), points.slice(good)];
}

function chooseValue(
  dimension: Dimension,
  good: readonly Parameters[],
  bad: readonly Parameters[],
  draw: Draw,
): Parameters[string] {
  const placeOf = placesOf(dimension);
  const places = (points: readonly Parameters[]) => points.map((point) => placeOf(point[dimension.name]));
  const estimate = (points: readonly Parameters[]) =>
    dimension.kind === 'list'
      ? estimateChoices(places(points), dimension.values.length)
      : estimateNumbers(places(points));
  const [likely, unlikely] = [estimate(good), estimate(bad)];
  let best = { place: 0, ratio: Number.NEGATIVE_INFINITY };
  for (let at = 0; at < candidates; at++) {
    const place = likely.draw(draw);
    const ratio = Math.log(likely.density(place)) - Math.log(unlikely.density(place));
    if (ratio > best.ratio) best = { place, ratio };
  }
  if (dimension.kind === 'range') return valueAt(dimension, best.place);
  return dimension.values[best.place] ?? '';
}

/** Where a value lies: from 0 to 1 on its scale, or which of the list it is. */
function placesOf(dimension: Dimension): (value: Parameters[string] | undefined) => number {
  if (dimension.kind === 'range') return (value) => unitOf(dimension, Number(value));
  return (value) => Math.max(value === undefined ? -1 : dimension.values.indexOf(value), 0);
}
