import { describe, expect, it } from 'vitest';
import { openDraws, philox } from './random.ts';

describe('philox', () => {
  // The known answers that its authors publish with their code (kat_vectors, philox4x32 10).
  it.each([
    [[0, 0, 0, 0], [0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      '408f276d 41c83b0e a20bc7c6 6d5451fd',
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      'd16cfe09 94fdcceb 5001e420 24126ea1',
    ],
  ] as const)('answers as published: %j %j', (counter, key, expected) => {
    const words = philox(counter, key).map((word) => word.toString(16).padStart(8, '0'));
    expect(words.join(' ')).toBe(expected);
  });
});

describe('openDraws', () => {
  const take = (seed: number, stream: readonly [number, number], count: number) => {
    const draw = openDraws(seed, stream);
    return Array.from({ length: count }, draw);
  };

  it('gives the same numbers again, and others for another seed or stream', () => {
    expect(take(1, [2, 3], 5)).toEqual(take(1, [2, 3], 5));
    for (const other of [take(2, [2, 3], 5), take(1, [3, 2], 5), take(1, [2, 4], 5)])
      expect(other).not.toEqual(take(1, [2, 3], 5));
  });

  // 99 degrees of freedom: chi-square lies between 61.1 and 148.2 with probability 0.998; seeds are fixed.
  const chiSquare = (numbers: readonly number[], cells: number, cellOf: (at: number) => number) => {
    const counts = new Array<number>(cells).fill(0);
    for (const at of numbers.keys()) counts[cellOf(at)] = (counts[cellOf(at)] ?? 0) + 1;
    const expected = numbers.length / cells;
    return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  };

  it.each([1, 7, 2 ** 32 - 1])(
    'fills 100 cells evenly, along a stream and across streams, seed %i',
    (seed) => {
      const along = take(seed, [0, 0], 20_000);
      const across = Array.from({ length: 20_000 }, (_, at) => take(seed, [at, 0], 1)[0] ?? 0);
      for (const numbers of [along, across]) {
        const value = chiSquare(numbers, 100, (at) => Math.floor((numbers[at] ?? 0) * 100));
        expect(value).toBeGreaterThan(61.1);
        expect(value).toBeLessThan(148.2);
      }
      expect(along.every((number) => number >= 0 && number < 1)).toBe(true);
    },
  );

  it('fills the cells of pairs evenly: neighbours say nothing of each other', () => {
    const numbers = take(3, [0, 0], 20_001);
    const cellOf = (at: number) =>
      Math.floor((numbers[at] ?? 0) * 10) * 10 + Math.floor((numbers[at + 1] ?? 0) * 10);
    const value = chiSquare(numbers.slice(0, -1), 100, cellOf);
    expect(value).toBeGreaterThan(61.1);
    expect(value).toBeLessThan(148.2);
  });
});
