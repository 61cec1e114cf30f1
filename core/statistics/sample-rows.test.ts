import { describe, expect, it } from 'vitest';
import { sampleRows } from './sample-rows.ts';

describe('sampleRows', () => {
  it('draws different rows, ascending, the same for the same seed', () => {
    const drawn = sampleRows(1000, 100, 7);
    expect(drawn).toHaveLength(100);
    expect([...drawn].every((row, at) => row < 1000 && (at === 0 || row > (drawn[at - 1] as number)))).toBe(
      true,
    );
    expect(sampleRows(1000, 100, 7)).toEqual(drawn);
    expect(sampleRows(1000, 100, 8)).not.toEqual(drawn);
  });

  it('draws all where there are no more, and none of none', () => {
    expect([...sampleRows(3, 5, 1)]).toEqual([0, 1, 2]);
    expect([...sampleRows(0, 5, 1)]).toEqual([]);
  });

  it('draws every row equally often', () => {
    const counts = new Float64Array(20);
    for (let seed = 0; seed < 4000; seed++)
      for (const row of sampleRows(20, 5, seed * 7919)) counts[row] = (counts[row] ?? 0) + 1;
    // 1,000 expected of each; five standard deviations of a binomial are 137.
    expect(Math.max(...counts.map((count) => Math.abs(count - 1000)))).toBeLessThan(140);
  });
});
