import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundEnd, roundForReport } from './rounding.ts';

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
    [1.7e308, 0, 1.7e308],
    [1.797e308, 1e308, 1.797e308],
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

describe('roundEnd', () => {
  it.each([
    [-0.00204, 0.00053, 'low', -0.0021],
    [0.00204, 0.00053, 'high', 0.0021],
    [-0.0021, 0.0011, 'low', -0.0022],
    [0.29, 0.1, 'low', 0.29],
    [0.29, 0.1, 'high', 0.29],
    [1234.5, 400, 'high', 1250],
    [0, 0, 'low', 0],
    [-0.0001, 0, 'high', 0],
    [0.1234, null, 'low', 0.123],
    [1.7e308, 0, 'high', 1.7e308],
    [1.797e308, 1e308, 'high', 1.797e308],
    [Number.NaN, 0.1, 'low', Number.NaN],
  ] as const)('%d with error %d on the side %s is %d', (end, error, side, want) => {
    expect(roundEnd(end, error, side)).toBe(want);
  });

  it('law: it moves outwards, by a quarter of a standard error at most, and never makes -0', () => {
    const value = fc.double({ min: -10, max: 10, noNaN: true });
    const error = fc.double({ min: 1e-6, max: 1, noNaN: true });
    fc.assert(
      fc.property(value, error, (end, of) => {
        const [low, high] = [roundEnd(end, of, 'low'), roundEnd(end, of, 'high')];
        expect(low).toBeLessThanOrEqual(end + of * 1e-6);
        expect(high).toBeGreaterThanOrEqual(end - of * 1e-6);
        expect(Math.max(end - low, high - end)).toBeLessThanOrEqual(of * 0.2501);
        expect(Object.is(low, -0) || Object.is(high, -0)).toBe(false);
        expect([roundEnd(low, of, 'low'), roundEnd(high, of, 'high')]).toEqual([low, high]);
      }),
    );
  });
});
