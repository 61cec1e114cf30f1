import { describe, expect, it } from 'vitest';
import { Buckets } from './bucket.ts';

describe('Buckets', () => {
  it('let five through, tell the sixth, drop the rest, and let one more through each minute', () => {
    const buckets = new Buckets();
    const take = (atMs: number, key = 'a') => buckets.take(key, atMs);
    expect([0, 1, 2, 3, 4].map((at) => take(at))).toEqual(Array(5).fill('admitted'));
    expect([take(5), take(6), take(7)]).toEqual(['told', 'dropped', 'dropped']);
    expect(take(8, 'somebody else')).toBe('admitted');
    expect(take(60_010)).toBe('admitted');
    expect([take(60_011), take(60_012)]).toEqual(['told', 'dropped']);
    expect(take(3_600_000)).toBe('admitted');
  });

  it('give nothing for a clock that goes back', () => {
    const buckets = new Buckets();
    for (let each = 0; each < 5; each += 1) buckets.take('a', 1_000_000);
    expect(buckets.take('a', 0)).toBe('told');
    expect(buckets.take('a', 1)).toBe('dropped');
  });

  it('forget who was quiet longest, and never who floods', () => {
    const buckets = new Buckets();
    for (let each = 0; each < 20_000; each += 1) {
      buckets.take(`quiet ${each}`, each);
      if (each % 100 === 0) buckets.take('flood', 0);
    }
    expect(buckets.take('flood', 0)).toBe('dropped');
    expect(buckets.take('quiet 1', 20_000)).toBe('admitted');
  });
});
