import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundForReport } from './rounding.ts';

describe('roundForReport', () => {
  it.each([
    [0.573214, 0.0009, 0.5732],
    [0.573214, 0.02, 0.57],
    [0.5, 0, 0.5],
    [0.123456, 0, 0.123],
    [0.123456, null, 0.123],
    [0.123456, Number.NaN, 0.123],
    [1234.5, 400, 1200],
    [-0.00001, 0.01, 0],
    [Number.NaN, 0.01, Number.NaN],
    [Number.POSITIVE_INFINITY, 0.01, Number.POSITIVE_INFINITY],
  ])('%d with error %d is %d', (value, error, want) => expect(roundForReport(value, error)).toBe(want));

  it('is never finer than a tenth of the standard error, never off by more than one step, never -0', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -10, max: 10, noNaN: true }),
        fc.double({ min: 1e-6, max: 1, noNaN: true }),
        (value, error) => {
          const rounded = roundForReport(value, error);
          expect(Math.abs(rounded - value)).toBeLessThanOrEqual(error / 2 + 1e-12);
          expect(Object.is(rounded, -0)).toBe(false);
          const step = 10 ** Math.ceil(Math.log10(error / 10));
          expect(step).toBeGreaterThanOrEqual((error / 10) * (1 - 1e-12));
          expect(Math.abs(rounded / step - Math.round(rounded / step))).toBeLessThan(1e-6);
        },
      ),
    );
  });
});
