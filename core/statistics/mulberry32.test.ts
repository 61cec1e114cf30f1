import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seedGenerator } from './mulberry32.ts';

const take = (next: () => number, count: number) => Array.from({ length: count }, next);

describe('mulberry32', () => {
  it('goes on where another stopped', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 31), max: 2 ** 32 }), fc.nat(300), (seed, drawsBefore) => {
        const whole = take(seedGenerator(seed), drawsBefore + 5);
        expect(take(seedGenerator(seed, drawsBefore), 5)).toEqual(whole.slice(drawsBefore));
      }),
    );
  });

  it('comes round after 2^32 draws, also where a product of doubles would have lost its low bits', () => {
    expect(take(seedGenerator(3, 1_000_000 * 2 ** 32 + 7), 3)).toEqual(take(seedGenerator(3, 7), 3));
  });
});
