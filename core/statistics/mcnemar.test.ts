import { describe, expect, it } from 'vitest';
import { testMcNemar, testMcNemarWorse } from './mcnemar.ts';

describe('testMcNemarWorse', () => {
  // scipy.stats.binomtest(b, b + c, 0.5, alternative='greater').pvalue
  it.each([
    [0, 0, 1],
    [0, 5, 1],
    [5, 0, 0.03125],
    [3, 3, 0.65625],
    [10, 4, 0.08978271484375],
    [4, 10, 0.9713134765625],
    [188, 112, 6.74584075010104e-6],
  ])('%d against %d', (b, c, p) => expect(testMcNemarWorse(b, c)).toBeCloseTo(p, 12));

  it('is half of the two-sided p on the side that is worse, and the sides share the middle', () => {
    expect(testMcNemarWorse(30, 12)).toBeCloseTo(testMcNemar(30, 12) / 2, 14);
    const middle = testMcNemarWorse(7, 5) + testMcNemarWorse(5, 7) - 1;
    // The probability of exactly 7 of 12.
    expect(middle).toBeCloseTo(792 / 4096, 12);
  });
});
