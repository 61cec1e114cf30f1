import { normalQuantile, normalSf } from '../statistics/normal.ts';
import { studentQuantile, studentSf } from '../statistics/student-t.ts';

export type Interval = readonly [low: number, high: number];

/** One quantity of one model, from all of its rounds. */
export interface Estimate {
  /** Of all rounds together. */
  readonly value: number;
  /** Pseudo-values of the rounds, in their order: what each adds to the value. */
  readonly pseudo: readonly number[];
  /** 95 % interval as if all requests were independent; null: it has no other spread than between rounds. */
  readonly within: Interval | null;
}

export interface Difference {
  /** Challenger minus champion. */
  readonly value: number;
  readonly interval: Interval | null;
  readonly standardError: number | null;
  /** One-sided p that the difference is not above 0, and not below 0. */
  readonly pAbove: number | null;
  readonly pBelow: number | null;
}

const z = normalQuantile(0.975);
/** Half the width of a 95 % interval, in standard errors. */
const reachOf = (freedom: number): number => studentQuantile(0.975, freedom);

/**
 * 95 % interval of one model's value. Requests of one round share a process and its moment, so a round is the unit: t over
 * their pseudo-values. It is never narrower than the interval within rounds: few rounds can agree by luck.
 * @returns null with fewer than two rounds, or where a round has no value
 * @see Kalibera and Jones 2013, Rigorous benchmarking in reasonable time (ISMM): repeat where the uncertainty arises
 */
export function estimateInterval({ value, pseudo, within }: Estimate): Interval | null {
  const error = errorOfMean(pseudo);
  if (error === null) return null;
  const reach = reachOf(pseudo.length - 1) * error;
  return widest([value - reach, value + reach], within);
}

/**
 * Difference of the two, paired by rounds: both servers ran one after the other on the same machine with the same
 * requests, so what changes with time cancels out. Never narrower than what the requests within rounds allow.
 * @see Zou and Donner 2008, Construction of confidence limits about effect measures, for the interval within rounds
 */
export function estimateDifference(challenger: Estimate, champion: Estimate): Difference {
  const value = challenger.value - champion.value;
  // A record has every round of both.
  const paired = challenger.pseudo.map((each, at) => each - (champion.pseudo[at] as number));
  const between = errorOfMean(paired);
  if (between === null) return { value, interval: null, standardError: null, pAbove: null, pBelow: null };
  const freedom = paired.length - 1;
  const reach = reachOf(freedom) * between;
  const within = differenceWithin(challenger, champion);
  const withinError = within === null ? 0 : (within[1] - within[0]) / (2 * z);
  return {
    value,
    interval: widest([value - reach, value + reach], within),
    standardError: Math.max(between, withinError),
    pAbove: upperTail(value, between, withinError, freedom),
    pBelow: upperTail(-value, between, withinError, freedom),
  };
}

/** Distances of both models' own bounds, added as squares. */
function differenceWithin(challenger: Estimate, champion: Estimate): Interval | null {
  if (challenger.within === null || champion.within === null) return null;
  const value = challenger.value - champion.value;
  const [low, high] = challenger.within;
  const [otherLow, otherHigh] = champion.within;
  return [
    value - Math.hypot(challenger.value - low, otherHigh - champion.value),
    value + Math.hypot(high - challenger.value, champion.value - otherLow),
  ];
}

/** Standard error of the mean of rounds; null: there is none. */
function errorOfMean(values: readonly number[]): number | null {
  if (values.length < 2 || !values.every(Number.isFinite)) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

/** The larger of both: neither spread alone may make a difference look sure. */
function upperTail(value: number, between: number, within: number, freedom: number): number {
  return Math.max(
    studentSf(value === 0 ? 0 : value / between, freedom),
    normalSf(value === 0 ? 0 : value / within),
  );
}

const widest = (one: Interval, other: Interval | null): Interval =>
  other === null ? one : [Math.min(one[0], other[0]), Math.max(one[1], other[1])];
