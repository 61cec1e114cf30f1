import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testHomogeneity } from './homogeneity.ts';
import { seedGenerator } from './mulberry32.ts';
import { normalQuantile } from './normal.ts';
import { binByReference, computePsi } from './psi.ts';
import { computeCorrectedPsi, expectPsi } from './psi-bias.ts';
import { countValues } from './value-counts.ts';

const filled = fc
  .array(
    fc.integer({ min: -40, max: 40 }).map((value) => value / 4),
    { minLength: 1, maxLength: 40 },
  )
  .map((values) => Float64Array.from(values));
const draw = (next: () => number, size: number) =>
  Float64Array.from({ length: size }, () => normalQuantile(next() || 0.5));
const refusal = (code: string) => expect.objectContaining({ code });

describe('PSI', () => {
  const sample = (values: readonly number[], missing = 0) => ({
    counts: countValues(Float64Array.from(values)),
    missing,
  });

  it('sees a constant that moves in either direction, and a value that is new', () => {
    for (const value of [-1, 1]) {
      const bins = binByReference(sample([0, 0, 0]), sample([value, value]), 10);
      expect([...bins.reference]).toEqual([3, 0]);
      expect([...bins.current]).toEqual([0, 2]);
      expect(computePsi(bins)).toBeGreaterThan(10);
    }
  });

  it('counts every row in one bin and puts a value equal to an edge left of it', () => {
    fc.assert(
      fc.property(filled, filled, fc.integer({ min: 2, max: 12 }), fc.nat(3), (x, y, wanted, missing) => {
        const bins = binByReference(sample([...x], missing), sample([...y]), wanted);
        const sum = (all: Float64Array) => all.reduce((total, count) => total + count, 0);
        expect(sum(bins.reference)).toBe(x.length + missing);
        expect(sum(bins.current)).toBe(y.length);
        expect(bins.reference.length).toBe(bins.current.length);
        if (bins.edges.length > 0) {
          expect(bins.reference[0]).toBe(x.filter((value) => value <= (bins.edges[0] ?? 0)).length);
        }
      }),
    );
    expect(() => binByReference(sample([]), sample([1]), 10)).toThrow(refusal('STATISTICS_EMPTY'));
    expect(() => binByReference(sample([1]), sample([]), 10)).toThrow(refusal('STATISTICS_EMPTY'));
    expect(() => binByReference(sample([], 5), sample([1]), 10)).toThrow(refusal('STATISTICS_EMPTY'));
    expect(
      computePsi(binByReference(sample([1]), sample([], 5), 10), { kind: 'laplace', alpha: 0.5 }),
    ).toBeGreaterThan(1);
  });

  it('expects (B - 1)(1/n + 1/m) of chance once every bin has rows', () => {
    for (const rows of [1_000, 100_000, 30_000_000]) {
      const even = new Float64Array(10).fill(rows);
      const first = 9 * (2 / (10 * rows));
      expect(expectPsi(even, even) / first).toBeCloseTo(1, rows === 1_000 ? 1 : 3);
    }
    expect(expectPsi(Float64Array.of(5, 0), Float64Array.of(7, 0))).toBe(0);
  });

  it.each([
    [30, 0.9, 0.05],
    [100, 0.3, 0.05],
    [200, 0.02, 0.05],
  ])(
    'at %i rows without drift, plain PSI above 0.1 in more than %d of runs, decided drift in at most %d',
    (rows, plainShare, allowed) => {
      const next = seedGenerator(31);
      const runs = 400;
      let [plain, alarms, expected, found] = [0, 0, 0, 0];
      for (let run = 0; run < runs; run += 1) {
        const bins = binByReference(sample([...draw(next, 1000)]), sample([...draw(next, rows)]), 10);
        const psi = computeCorrectedPsi(bins);
        expected += psi.bias / runs;
        found += psi.plain / runs;
        if (psi.plain > 0.1) plain += 1;
        if (psi.corrected > 0.1 && testHomogeneity([bins.reference, bins.current]).p < 0.05) alarms += 1;
      }
      expect(plain / runs).toBeGreaterThan(plainShare);
      expect(alarms / runs).toBeLessThanOrEqual(allowed);
      // What is subtracted is what chance gives.
      expect(Math.abs(expected / found - 1)).toBeLessThan(0.12);
    },
  );

  it('still finds real drift: half a standard deviation', () => {
    const next = seedGenerator(32);
    let found = 0;
    for (let run = 0; run < 100; run += 1) {
      const moved = draw(next, 500).map((value) => value + 0.5);
      const bins = binByReference(sample([...draw(next, 2000)]), sample([...moved]), 10);
      const { corrected } = computeCorrectedPsi(bins);
      if (corrected > 0.1 && testHomogeneity([bins.reference, bins.current]).p < 0.05) found += 1;
    }
    expect(found).toBeGreaterThanOrEqual(99);
  });
});
