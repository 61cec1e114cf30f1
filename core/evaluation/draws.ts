import type { RowWeights } from '../metric/sample.ts';
import type { ComparedPart } from './compared-part.ts';

/** What mulberry32 adds to its state for each number. */
const increment = 0x6d2b79f5;
const range = 2 ** 32;

/**
 * Draws as many units as there are, with replacement, and counts how often each came: `floor(u * n)` over the numbers of
 * mulberry32. Resample r takes the numbers from r * n on, so resamples can be split over threads.
 * Written out instead of calling `seedGenerator`: a million calls a resample would take longer than the metrics. From
 * 2^32 numbers on the sequence begins again, so that resamples of very many rows overlap.
 * @param counts one a unit; overwritten
 */
export function countDraws(counts: Uint16Array, seed: number, resample: number): void {
  const units = counts.length;
  let state = ((seed | 0) + Math.imul(resample * units, increment)) | 0;
  counts.fill(0);
  for (let draw = 0; draw < units; draw++) {
    state = (state + increment) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    const unit = Math.floor((((t ^ (t >>> 14)) >>> 0) / range) * units);
    counts[unit] = (counts[unit] as number) + 1;
  }
}

/** Gives the row weights of resample after resample; one array that every call overwrites. */
export function prepareDraws(
  part: ComparedPart,
  seed: number,
): (resample: number) => NonNullable<RowWeights> {
  const counts = new Uint16Array(part.units.count);
  const { ofRow } = part.units;
  const { weights } = part;
  if (ofRow === null && weights === null) {
    return (resample) => {
      countDraws(counts, seed, resample);
      return counts;
    };
  }
  const drawn = weights === null ? new Uint16Array(part.rows) : new Float64Array(part.rows);
  return (resample) => {
    countDraws(counts, seed, resample);
    for (let row = 0; row < drawn.length; row++) {
      const times = counts[ofRow === null ? row : (ofRow[row] as number)] as number;
      drawn[row] = weights === null ? times : times * (weights[row] as number);
    }
    return drawn;
  };
}
