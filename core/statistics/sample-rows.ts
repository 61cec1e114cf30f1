import { seedGenerator } from './mulberry32.ts';

/**
 * Draws row numbers without replacement, each set of that size as likely as any other.
 * @param rows how many there are, numbered from 0
 * @param take how many are drawn; all of them when there are no more
 * @returns ascending; the same for the same seed
 * @see Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S
 */
export function sampleRows(rows: number, take: number, seed: number): Uint32Array {
  const size = Math.min(rows, take);
  const drawn = new Uint32Array(size);
  const next = seedGenerator(seed);
  let found = 0;
  for (let row = 0; found < size; row++) {
    if (next() * (rows - row) < size - found) drawn[found++] = row;
  }
  return drawn;
}
