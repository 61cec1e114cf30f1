import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketKey, bucketRange, coarsen, fitBuckets, maxLevel, toAscending } from './bucket.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const level = fc.nat({ max: maxLevel });

describe('buckets of numbers', () => {
  it('keep the order of the numbers at every level', () => {
    fc.assert(
      fc.property(finite, finite, level, (a, b, at) => {
        const [low, high] = a <= b ? [a, b] : [b, a];
        expect(bucketKey(low, at)).toBeLessThanOrEqual(bucketKey(high, at));
      }),
    );
  });

  it('hold exactly the doubles of their range', () => {
    fc.assert(
      fc.property(finite, level, (value, at) => {
        const key = bucketKey(value, at);
        const { low, high } = bucketRange(key, at);
        expect(low <= value && value <= high).toBe(true);
        expect(bucketKey(low, at)).toBe(key);
        expect(bucketKey(high, at)).toBe(key);
        if (value !== 0 && Math.abs(high) < Number.MAX_VALUE)
          expect(bucketKey(nextUp(high), at)).not.toBe(key);
      }),
    );
  });

  it('are as narrow as the level says', () => {
    fc.assert(
      fc.property(finite, fc.nat({ max: 7 }), (value, at) => {
        // Below the smallest normal double the width stays that of the smallest normal bucket.
        if (Math.abs(value) < 2 ** -1022) return;
        const { low, high } = bucketRange(bucketKey(value, at), at);
        expect((high - low) / Math.min(Math.abs(low), Math.abs(high))).toBeLessThan(2 ** -(7 - at));
      }),
    );
  });

  it('are the same numbers everywhere', () => {
    expect([1, 1.0078, 1.0079, 2, 0.1, 5e-324, Number.MAX_VALUE].map((value) => bucketKey(value))).toEqual([
      130945, 130945, 130946, 131073, 130509, 1, 262016,
    ]);
    expect(bucketKey(0)).toBe(0);
    expect(bucketKey(-0)).toBe(0);
    expect(bucketKey(-1)).toBe(-130945);
    expect(bucketKey(Number.MAX_VALUE, maxLevel)).toBe(1);
    expect(bucketRange(130945, 0)).toEqual({ low: 1, high: 1.0078124999999998 });
    expect(bucketRange(-1, maxLevel)).toEqual({ low: -Number.MAX_VALUE, high: -5e-324 });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('refuse %s', (value) => {
    expect(() => bucketKey(value)).toThrow(RangeError);
  });

  it('coarsen as if they had been counted at the higher level', () => {
    fc.assert(
      fc.property(fc.array(finite, { maxLength: 30 }), level, level, (values, a, b) => {
        const [from, to] = a <= b ? [a, b] : [b, a];
        expect(coarsen(count(values, from), from, to)).toEqual(count(values, to));
      }),
    );
  });

  it('stay at the lowest level that fits', () => {
    fc.assert(
      fc.property(fc.array(finite, { maxLength: 60 }), fc.integer({ min: 3, max: 20 }), (values, most) => {
        const fitted = fitBuckets(count(values, 0), 0, most);
        expect(fitted.buckets).toEqual(count(values, fitted.level));
        expect(fitted.buckets.length).toBeLessThanOrEqual(most);
        if (fitted.level > 0) expect(count(values, fitted.level - 1).length).toBeGreaterThan(most);
      }),
    );
  });
});

function count(values: readonly number[], at: number) {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(bucketKey(value, at), (counts.get(bucketKey(value, at)) ?? 0) + 1);
  return toAscending(counts);
}

/** The next double towards larger values. */
function nextUp(value: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const step = value > 0 ? 1n : -1n;
  bits.setBigInt64(0, bits.getBigInt64(0) + step);
  return bits.getFloat64(0);
}
