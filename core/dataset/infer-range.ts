import type { Limits } from '../config/contract.ts';
import type { ColumnProfile } from '../profile/profile.ts';

/** Share of the span that is added on each side. */
const marginShare = 0.1;

/** Limits for the next data, and how they were chosen. */
export interface InferredRange {
  readonly limits: Limits<number | string>;
  readonly because: string;
}

/**
 * Chooses limits that hold for what was seen and leave room for the next batch.
 * @returns null when there is nothing to choose from: no value, one value only, integers beyond the doubles
 */
export function inferRange({ type, min, max }: ColumnProfile): InferredRange | null {
  if (min === null || max === null) return null;
  if (type === 'timestamp') {
    const seen = `seen ${min} to ${max}`;
    return {
      limits: { min: min.slice(0, 10) },
      because: `${seen}; from its first day, and no end: later data is later`,
    };
  }
  if (type !== 'integer' && type !== 'number') return null;
  const [least, most] = [Number(min), Number(max)];
  if (!(least < most) || !Number.isFinite(most - least)) return null;
  if (type === 'integer' && !(Number.isSafeInteger(least) && Number.isSafeInteger(most))) return null;
  const seen = `seen ${min} to ${max}`;
  if (type === 'number' && least >= 0 && most <= 1) {
    return { limits: { min: 0, max: 1 }, because: `${seen}; all from 0 to 1, like a share` };
  }
  const limits = widen(least, most, type === 'integer' ? 1 : 0);
  const floor = least >= 0 ? ', and nothing below 0' : '';
  return { limits, because: `${seen}; a tenth of the span added on each side, rounded outward${floor}` };
}

/** Rounded outward to two digits of the span; never inside what was seen, whatever the rounding of doubles does. */
function widen(least: number, most: number, leastStep: number): Limits<number> {
  const span = most - least;
  const step = Math.max(leastStep, 10 ** (Math.floor(Math.log10(span)) - 1));
  const outer = (value: number, round: (value: number) => number): number =>
    Number((round(value / step) * step).toPrecision(12));
  const low = outer(least - marginShare * span, Math.floor);
  const high = outer(most + marginShare * span, Math.ceil);
  const min = Number.isFinite(low) && low <= least ? low : least;
  const max = Number.isFinite(high) && high >= most ? high : most;
  return { min: least >= 0 ? Math.max(0, min) : min, max };
}

/** Rounds a positive number up to two digits: 0.00312 becomes 0.0032. */
export function roundUp(value: number): number {
  const step = 10 ** (Math.floor(Math.log10(value)) - 1);
  const rounded = Number((Math.ceil(value / step) * step).toPrecision(12));
  return rounded >= value ? rounded : value;
}
