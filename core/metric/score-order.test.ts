import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderByValue } from './score-order.ts';

/** Short ones are compared, long ones are ordered digit by digit: the same values in both. */
const lengths = [7, 3000];
const value = fc.oneof(
  fc.double({ noNaN: true }),
  fc.constantFrom(0, -0, 1, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, 1.7e308),
  fc.integer({ min: 0, max: 3 }),
);

describe.each(lengths)('orderByValue of %d rows', (length) => {
  it('is ascending, keeps the order of equal values, and loses no row', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 7 }), (some) => {
        const values = Float64Array.from(
          { length },
          (_, row) => (some[row % some.length] ?? 0) + (row % 5) * 0,
        );
        const order = orderByValue(values);
        const wanted = [...values.keys()].sort(
          (a, b) =>
            Number((values[a] ?? 0) > (values[b] ?? 0)) - Number((values[a] ?? 0) < (values[b] ?? 0)) ||
            a - b,
        );
        expect(order).toEqual(Uint32Array.from(wanted));
      }),
      { numRuns: length > 1000 ? 10 : 100 },
    );
  });

  it('puts what is no number last', () => {
    const odd = Float64Array.from({ length }, (_, row) => (row % 3 === 1 ? Number.NaN : -row));
    const numbers = odd.filter((each) => !Number.isNaN(each)).length;
    const ordered = [...orderByValue(odd)].map((row) => odd[row] ?? 0);
    expect(ordered.slice(0, numbers)).toEqual([...odd].filter((each) => !Number.isNaN(each)).reverse());
    expect(ordered.slice(numbers).every(Number.isNaN)).toBe(true);
    expect(orderByValue(new Float64Array(length).fill(Number.NaN))).toHaveLength(length);
  });
});
