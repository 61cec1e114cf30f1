import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applicableGates } from '../config/floor.ts';
import type { Gate } from '../config/policy.ts';
import { fillMargin } from '../config/policy-resolution.ts';
import type { MetricResult } from '../evidence/evidence.ts';
import { adjustByHolm } from '../statistics/holm.ts';
import { evaluateGates } from './gate.ts';
import { estimateRows } from './rows-needed.ts';
import { verdictOf } from './verdict.ts';

const names = ['auc', 'log-loss', 'latency-p99'] as const;
const slices = [null, 'a=1', 'a=2'] as const;
const sets = ['held-out', 'production-like'] as const;
const number = fc.integer({ min: -20, max: 20 }).map((value) => value / 100);
const share = fc.integer({ min: 0, max: 40 }).map((value) => value / 400);

/** A result of every name, slice and set. */
const metrics: fc.Arbitrary<readonly MetricResult[]> = fc.tuple(
  ...names.flatMap((metric) =>
    slices.flatMap((slice) =>
      sets.map((set) =>
        fc
          .record({ value: number, champion: number, reach: share, pWorse: share, pBetter: share })
          .map(({ value, champion, reach, pWorse, pBetter }): MetricResult => {
            const difference = value - champion;
            return {
              ...{ metric, slice, set, rows: 2_000, pWorse, pBetter, champion, difference, method: 'test' },
              higherIsBetter: metric === 'auc',
              grade: metric === 'latency-p99' ? 'measured' : 'judged',
              challenger: value,
              challengerInterval: [value - reach, value + reach],
              differenceInterval: [difference - reach, difference + reach],
              standardError: reach / 2,
            };
          }),
      ),
    ),
  ),
);

const place = fc.record(
  {
    metric: fc.constantFrom(...names),
    slice: fc.constantFrom('a=1', 'a=2'),
    set: fc.constant('production-like' as const),
  },
  { requiredKeys: ['metric'] },
);
const asked: fc.Arbitrary<Partial<Gate>> = fc.oneof(
  fc.record({ min: number, at: fc.constantFrom('value' as const, 'bound' as const) }),
  fc.record({ max: number, at: fc.constantFrom('value' as const, 'bound' as const) }),
  fc.record(
    {
      versus: fc.constantFrom('not-worse' as const, 'better' as const),
      margin: share,
      relative: fc.constant(true as const),
      noise: share,
    },
    { requiredKeys: ['versus', 'margin'] },
  ),
  share.map((value) => ({ ratio: 0.9 + value })),
  share.map((drop) => ({ drop })),
  share.map((margin) => ({ slices: { margin } })),
);
const gate: fc.Arbitrary<Gate> = fc.tuple(place, asked).map(([at, what]) => ({ ...at, ...what }));
const context = { against: 1, rows: 2_000, minimumRows: 100 };
const evaluate = (results: readonly MetricResult[], gates: readonly Gate[]) =>
  evaluateGates(results, gates, context);

/** Every way to put something in place of one number of a result. */
const spoilers = (bad: number): readonly ((result: MetricResult) => MetricResult)[] => [
  (result) => ({ ...result, challenger: bad }),
  (result) => ({ ...result, champion: bad }),
  (result) => ({ ...result, difference: bad }),
  (result) => ({ ...result, standardError: bad }),
  (result) => ({ ...result, pWorse: bad }),
  (result) => ({ ...result, pBetter: bad }),
  (result) => ({ ...result, challengerInterval: [bad, 1] }),
  (result) => ({ ...result, challengerInterval: [-1, bad] }),
  (result) => ({ ...result, differenceInterval: [bad, 1] }),
  (result) => ({ ...result, differenceInterval: [-1, bad] }),
];

describe('laws of gates', () => {
  it('a gate more makes nothing pass that did not', () => {
    fc.assert(
      fc.property(metrics, fc.array(gate, { minLength: 1, maxLength: 5 }), gate, (results, gates, more) => {
        const before = evaluate(results, gates);
        const after = evaluate(results, [...gates, more]);
        for (const [at, outcome] of before.entries()) {
          if (outcome.result !== 'pass') expect(after[at]?.result).not.toBe('pass');
        }
        if (verdictOf(before) !== 'pass') expect(verdictOf(after)).not.toBe('pass');
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('a number that is not finite passes nowhere', () => {
    const bad = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
    fc.assert(
      fc.property(metrics, gate, bad, fc.nat(9), (results, one, value, which) => {
        const spoil = spoilers(value)[which] as (result: MetricResult) => MetricResult;
        const outcomes = evaluate(results.map(spoil), [one]);
        expect(outcomes.map(({ result }) => result)).toEqual(outcomes.map(() => 'fail'));
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  it('a limit that is not finite passes nowhere', () => {
    const keys = ['min', 'max', 'margin', 'ratio', 'drop', 'noise'] as const;
    const bad = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
    fc.assert(
      fc.property(metrics, gate, bad, fc.constantFrom(...keys), (results, one, value, key) => {
        if (one[key] === undefined) return;
        const [outcome] = evaluate(results, [{ ...one, [key]: value }]);
        expect(outcome?.result).not.toBe('pass');
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  it('what passes with a floor under it passes the floor', () => {
    const comparison = { versus: 'not-worse', margin: 1 } as const;
    const alike = fc.array(
      gate.map((one) => ({ ...one, metric: 'auc' })),
      { minLength: 1, maxLength: 3 },
    );
    let passed = 0;
    fc.assert(
      fc.property(metrics, alike, alike, (results, own, gates) => {
        const floored = applicableGates({ gates: own }, { gates, minimumRows: 100, comparison });
        if (evaluate(results, floored).some(({ result }) => result !== 'pass')) return;
        passed += 1;
        const outcomes = evaluate(
          results,
          gates.map((floor) => fillMargin(floor, comparison)),
        );
        expect(outcomes.map(({ result }) => result)).toEqual(outcomes.map(() => 'pass'));
      }),
      { numRuns: 600, seed: 8 },
    );
    expect(passed).toBeGreaterThan(5);
  });

  it('what is claimed or missing passes nowhere', () => {
    fc.assert(
      fc.property(metrics, gate, (results, one) => {
        const claimed = results.map((result) => ({ ...result, grade: 'claimed' as const }));
        for (const outcome of [...evaluate(claimed, [one]), ...evaluate([], [one])]) {
          expect(outcome.result).toBe('fail');
        }
      }),
      { numRuns: 100, seed: 4 },
    );
  });

  it('the other way round is the same', () => {
    fc.assert(
      fc.property(metrics, gate, (results, one) => {
        if (one.versus === undefined || one.metric !== 'auc') return;
        const mirrored = results.map((result): MetricResult => {
          const [low, high] = result.differenceInterval ?? [0, 0];
          const difference = result.difference === null ? null : -result.difference;
          const flipped = { difference, differenceInterval: [-high, -low] as const };
          return { ...result, ...flipped, higherIsBetter: !result.higherIsBetter };
        });
        const [[there], [back]] = [evaluate(results, [one]), evaluate(mirrored, [one])];
        const { result, answer, rowsNeeded } = there ?? {};
        expect(back).toMatchObject({ result, answer, rowsNeeded });
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  it('wants more rows than there are, in two digits', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), share, share, (rows, reach, distance) => {
        const needed = estimateRows(rows, reach, distance);
        if (needed === null) return;
        expect(needed).toBeGreaterThan(rows);
        const shown = String(needed).replace(/0+$/, '').length;
        expect(needed === rows + 1 || shown <= 2).toBe(true);
      }),
      { numRuns: 300, seed: 6 },
    );
    expect(estimateRows(0, 1, 1)).toBeNull();
    expect(estimateRows(5000, 0.01, 0)).toBeNull();
    expect(estimateRows(5000, Number.NaN, 1)).toBeNull();
    expect(estimateRows(5000, 1, 1e-9)).toBeNull();
  });
});

describe('adjustByHolm', () => {
  it('agrees with the hand', () => {
    expect(adjustByHolm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
    expect(adjustByHolm([0.5, 0.9])).toEqual([1, 1]);
    expect(adjustByHolm([0.01, Number.NaN])).toEqual([0.02, Number.NaN]);
    expect(adjustByHolm([])).toEqual([]);
  });

  it('never lowers a p, keeps their order, and grows with every one more', () => {
    const p = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(p, { minLength: 1, maxLength: 8 }), p, (values, more) => {
        const before = adjustByHolm(values);
        const after = adjustByHolm([...values, more]);
        values.forEach((value, at) => {
          const own = before[at] as number;
          expect(own >= value && own <= 1 && (after[at] as number) >= own).toBe(true);
          values.forEach((other, to) => {
            if (value < other) expect(own).toBeLessThanOrEqual(before[to] as number);
          });
        });
      }),
      { numRuns: 200, seed: 7 },
    );
  });
});
