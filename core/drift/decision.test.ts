import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, type Measured } from './decision.ts';
import { defaultRules } from './drift.fixture.ts';

const measured = (effect: number, pValue: number, parts: Partial<Measured> = {}): Measured => ({
  ...{
    column: 'delay',
    type: 'number',
    test: 'psi',
    limit: 0.1,
    severity: 'warn',
    rows: 500,
    referenceRows: 900,
  },
  ...{ effect: { effect, pValue, rows: 500, referenceRows: 900, method: 'm' }, enough: true, because: '' },
  ...parts,
});

describe('one decision', () => {
  it.each<readonly [number, number, string]>([
    [0.2, 0.001, 'drift'],
    [0.2, 0.05, 'no drift'],
    [0.2, 0.9, 'no drift'],
    [0.1, 0.001, 'no drift'],
    [0.02, 0, 'no drift'],
    [Number.NaN, 0.001, 'not compared'],
    [Number.POSITIVE_INFINITY, 0.001, 'not compared'],
    [0.2, Number.NaN, 'not compared'],
  ])('effect %d at p %d: %s', (effect, p, result) => {
    expect(decide(measured(effect, p), p, defaultRules).result).toBe(result);
  });

  it('tells drift only above the limit and below alpha, with enough rows', () => {
    const effects = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(effects, effects, effects, fc.boolean(), (effect, p, limit, enough) => {
        const { result } = decide(measured(effect, p, { limit, enough }), p, defaultRules);
        expect(result === 'drift').toBe(enough && effect > limit && p < defaultRules.alpha);
        expect(result === 'not enough rows').toBe(!enough);
      }),
    );
  });

  it('goes by the corrected p-value, not by that of the column alone', () => {
    expect(decide(measured(0.2, 0.001), 0.06, defaultRules)).toMatchObject({
      result: 'no drift',
      pValue: 0.001,
      adjustedP: 0.06,
    });
  });

  it('never leaves a number that JSON cannot hold', () => {
    const any = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY));
    fc.assert(
      fc.property(any, any, (effect, p) => {
        const decided = decide(measured(effect, p), p, defaultRules);
        for (const value of [decided.effect, decided.pValue, decided.adjustedP]) {
          expect(value === null || Number.isFinite(value)).toBe(true);
        }
      }),
    );
  });
});
