import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceRun, showCost } from './cost.ts';

const prices = { currency: 'USD', hourly: { gpu: 2.5, H100: 10, cheap: 0 } };
const hour = 3_600_000;

describe('priceRun', () => {
  it('takes the dearest label, in any case, and all attempts', () => {
    expect(priceRun(prices, ['self-hosted', 'gpu'], [hour, hour / 2])).toEqual({
      amount: 3.75,
      currency: 'USD',
      hourly: 2.5,
    });
    expect(priceRun(prices, ['GPU', 'h100'], [hour])?.amount).toBe(10);
    expect(priceRun(prices, ['cheap'], [hour])).toEqual({ amount: 0, currency: 'USD', hourly: 0 });
  });

  it('knows no cost without a price: never zero', () => {
    expect(priceRun(undefined, ['gpu'], [hour])).toBeNull();
    expect(priceRun(prices, [], [hour])).toBeNull();
    expect(priceRun(prices, ['toString', '__proto__'], [hour])).toBeNull();
  });

  const times = fc.array(fc.integer({ min: 0, max: 1_000 * hour }), { maxLength: 10 });
  it('grows with time and price, whatever the order, and is never negative or not a number', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: hour }), fc.double(), (attempts, more, strange) => {
        const cost = (list: readonly number[]) => priceRun(prices, ['gpu'], list)?.amount ?? -1;
        expect(cost([...attempts, more])).toBeGreaterThanOrEqual(cost(attempts));
        expect(cost(attempts.toReversed())).toBe(cost(attempts));
        const odd = cost([...attempts, Number.isFinite(strange) ? Math.abs(strange) % hour : strange]);
        expect(Number.isFinite(odd) && odd >= 0).toBe(true);
        const dearer = priceRun(prices, ['gpu', 'h100'], attempts)?.amount ?? -1;
        expect(dearer).toBeGreaterThanOrEqual(cost(attempts));
      }),
    );
  });
});

describe('showCost', () => {
  it.each([
    [0, '0.00 EUR'],
    [0.0063, 'less than 0.01 EUR'],
    [0.01, '0.01 EUR'],
    [1234.5, '1234.50 EUR'],
  ])('%f is %s', (amount, text) => {
    expect(showCost({ amount, currency: 'EUR', hourly: 1 })).toBe(text);
  });
});
