import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeHits } from './accuracy.ts';
import { computeAuc } from './auc.ts';
import { bootstrap } from './bootstrap.ts';
import { compareAucs, computeAucComponents, computeAucCovariance } from './delong.ts';
import { computeLogLosses } from './log-loss.ts';
import { countDiscordant, testMcNemar } from './mcnemar.ts';
import { computeMean } from './mean.ts';
import { estimateMean, subtractRows } from './mean-interval.ts';
import { seedGenerator } from './mulberry32.ts';
import { testNonInferiority } from './non-inferiority.ts';
import { normalCdf, normalDensity, normalQuantile, normalSf } from './normal.ts';
import { computeQuantile } from './quantile.ts';

/** Rows of both classes, with many ties. */
const rows = fc
  .array(fc.record({ label: fc.integer({ min: 0, max: 1 }), score: fc.integer({ min: 0, max: 6 }) }), {
    minLength: 2,
    maxLength: 40,
  })
  .filter((all) => new Set(all.map((row) => row.label)).size === 2)
  .map((all) => ({
    labels: Uint8Array.from(all, (row) => row.label),
    scores: Float64Array.from(all, (row) => row.score / 6),
  }));

function aucByPairs(labels: Uint8Array, scores: Float64Array): number {
  let won = 0;
  let pairs = 0;
  for (let p = 0; p < labels.length; p++) {
    for (let n = 0; n < labels.length; n++) {
      if (labels[p] !== 1 || labels[n] !== 0) continue;
      pairs++;
      const gap = (scores[p] as number) - (scores[n] as number);
      won += gap > 0 ? 1 : gap === 0 ? 0.5 : 0;
    }
  }
  return won / pairs;
}

/** Processor time of this process: other load on the machine does not count. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

describe('AUC', () => {
  it('is the share of pairs won, ties half', () => {
    fc.assert(
      fc.property(rows, ({ labels, scores }) => {
        expect(computeAuc(labels, scores)).toBeCloseTo(aucByPairs(labels, scores), 12);
        expect(computeAucComponents(labels, scores).auc).toBeCloseTo(aucByPairs(labels, scores), 12);
      }),
    );
  });

  it('turns round with the scores and does not look at their scale', () => {
    fc.assert(
      fc.property(rows, ({ labels, scores }) => {
        const auc = computeAuc(labels, scores);
        expect(
          computeAuc(
            labels,
            scores.map((score) => -score),
          ),
        ).toBeCloseTo(1 - auc, 12);
        expect(
          computeAuc(
            labels,
            scores.map((score) => Math.exp(score) * 3),
          ),
        ).toBeCloseTo(auc, 12);
      }),
    );
  });

  it('leaves the scores as they were', () => {
    const scores = Float64Array.of(0.9, 0.1, 0.5);
    computeAuc(Uint8Array.of(1, 0, 0), scores);
    computeAucComponents(Uint8Array.of(1, 0, 0), scores);
    expect([...scores]).toEqual([0.9, 0.1, 0.5]);
  });

  it.each([
    ['no rows', [], 'STATISTICS_EMPTY'],
    ['only positives', [1, 1], 'STATISTICS_SINGLE_CLASS'],
    ['only negatives', [0, 0], 'STATISTICS_SINGLE_CLASS'],
  ] as const)('refuses %s', (_, labels, code) => {
    const scores = new Float64Array(labels.length);
    expect(() => computeAuc(Uint8Array.from(labels), scores)).toThrow(expect.objectContaining({ code }));
    expect(() => computeAucComponents(Uint8Array.from(labels), scores)).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it('takes 500,000 rows in well under a second, DeLong included', () => {
    const next = seedGenerator(1);
    const scores = Float64Array.from({ length: 500_000 }, next);
    const labels = Uint8Array.from(scores, (score) => (next() < score ? 1 : 0));
    const start = cpuMs();
    const auc = computeAuc(labels, scores);
    const alone = cpuMs() - start;
    const first = computeAucComponents(labels, scores);
    const second = computeAucComponents(
      labels,
      scores.map((score) => score + next() / 4),
    );
    expect(compareAucs(first, second).difference).toBeGreaterThan(0);
    expect(first.auc).toBeCloseTo(auc, 12);
    expect(alone).toBeLessThan(1_000);
    expect(cpuMs() - start).toBeLessThan(6_000);
  });
});

describe('DeLong', () => {
  it('is symmetric, never negative, and zero against itself', () => {
    fc.assert(
      fc.property(rows, ({ labels, scores }) => {
        const own = computeAucComponents(labels, scores);
        const turned = computeAucComponents(
          labels,
          scores.map((score) => (score * 7) % 1),
        );
        const variance = computeAucCovariance(own, own);
        if (Number.isNaN(variance)) return;
        expect(variance).toBeGreaterThanOrEqual(0);
        expect(compareAucs(own, turned).difference + compareAucs(turned, own).difference).toBe(0);
        expect(compareAucs(own, own)).toMatchObject({ difference: 0, standardError: 0, p: 1, z: Number.NaN });
      }),
    );
  });

  it('has no variance when a class has one row', () => {
    const one = computeAucComponents(Uint8Array.of(1, 0, 0), Float64Array.of(0.4, 0.5, 0.1));
    expect(computeAucCovariance(one, one)).toBeNaN();
  });
});

describe('normal distribution', () => {
  it('keeps its tails and turns back', () => {
    fc.assert(
      fc.property(fc.double({ min: -37, max: 37, noNaN: true }), (z) => {
        expect(normalCdf(z)).toBe(normalSf(-z));
        if (z > -5)
          expect(Math.abs(normalQuantile(normalCdf(-z)) + z)).toBeLessThan(1e-9 * Math.max(1, Math.abs(z)));
      }),
    );
  });

  it.each([
    [normalSf(Number.POSITIVE_INFINITY), 0],
    [normalSf(3e16), 0],
    [normalSf(-3e16), 1],
    [normalSf(Number.NEGATIVE_INFINITY), 1],
    [normalSf(Number.NaN), Number.NaN],
    [normalDensity(Number.NaN), Number.NaN],
    [normalDensity(Number.NEGATIVE_INFINITY), 0],
    [normalQuantile(0), Number.NEGATIVE_INFINITY],
    [normalQuantile(1), Number.POSITIVE_INFINITY],
    [normalQuantile(-0.1), Number.NaN],
    [normalQuantile(Number.NaN), Number.NaN],
  ])('edge %#', (got, want) => expect(got).toBe(want));

  it('gives a value for the smallest probability', () => {
    expect(normalQuantile(5e-324)).toBeGreaterThan(-39.5);
    expect(normalQuantile(5e-324)).toBeLessThan(-37);
  });
});

describe('bootstrap', () => {
  const mean = (values: Float64Array) => (indices: Uint32Array) =>
    computeMean(Float64Array.from(indices, (row) => values[row] as number));
  const settings = { resamples: 200, seed: 1, confidence: 0.95 };

  it('repeats with its seed and moves with another', () => {
    const values = Float64Array.from({ length: 30 }, seedGenerator(5));
    const draw = (seed: number) => bootstrap({ rows: 30, statistic: mean(values), ...settings, seed });
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3).values).not.toEqual(draw(4).values);
  });

  it('falls back to the percentile interval when all resamples lie on one side', () => {
    const result = bootstrap({
      rows: 3,
      statistic: (all) => (all[0] === 0 && all[1] === 1 && all[2] === 2 ? 9 : 1),
      ...settings,
      resamples: 2,
    });
    expect(result.z0).toBe(Number.POSITIVE_INFINITY);
    expect(result.bca).toEqual(result.percentile);
  });

  it('is a point for constant values, and for one row', () => {
    const constant = bootstrap({ rows: 5, statistic: mean(new Float64Array(5).fill(2)), ...settings });
    expect(constant).toMatchObject({ bca: [2, 2], acceleration: 0, standardError: 0 });
    expect(bootstrap({ rows: 1, statistic: mean(Float64Array.of(4)), ...settings }).bca).toEqual([4, 4]);
    expect(
      bootstrap({ rows: 1, statistic: mean(Float64Array.of(4)), ...settings, resamples: 1 }).standardError,
    ).toBeNaN();
  });

  it('refuses no rows', () => {
    expect(() => bootstrap({ rows: 0, statistic: () => 0, ...settings })).toThrow(
      expect.objectContaining({ code: 'STATISTICS_EMPTY' }),
    );
  });
});

describe('per-row metrics', () => {
  const labels = Uint8Array.of(1, 0, 1);

  it('keep an exactly wrong score finite, and NaN is no hit', () => {
    const losses = computeLogLosses(labels, Float64Array.of(0, 1, 0.5));
    expect(losses[0]).toBeCloseTo(36.04, 1);
    expect(losses[1]).toBeCloseTo(36.04, 1);
    expect([...computeHits(labels, Float64Array.of(0.5, 0.5, Number.NaN), 0.5)]).toEqual([1, 0, 0]);
  });

  it('pair by row: a constant gain has no error', () => {
    const first = Float64Array.of(0.5, 0.75, 1);
    const gain = estimateMean(subtractRows(first, Float64Array.of(0.25, 0.5, 0.75)));
    expect(gain).toEqual({ mean: 0.25, standardError: 0, interval: [0.25, 0.25] });
    expect(estimateMean(Float64Array.of(1)).standardError).toBeNaN();
    expect(() => estimateMean(new Float64Array(0))).toThrow(
      expect.objectContaining({ code: 'STATISTICS_EMPTY' }),
    );
    expect(() => computeQuantile(new Float64Array(0), 0.5)).toThrow(
      expect.objectContaining({ code: 'STATISTICS_EMPTY' }),
    );
  });

  it('count what only one has right', () => {
    const counts = countDiscordant(Float64Array.of(1, 1, 0, 0), Float64Array.of(1, 0, 1, 1));
    expect(counts).toEqual({ championOnly: 1, challengerOnly: 2 });
    expect(testMcNemar(1, 2)).toBe(testMcNemar(2, 1));
    expect(testMcNemar(200_000, 201_000)).toBeGreaterThan(0.1);
  });
});

describe('non-inferiority', () => {
  it.each([
    [0, 0, 0, true],
    [-0.1, 0, 0.05, false],
    [Number.NaN, 0, 0.1, false],
    [Number.NaN, 0.1, 0.1, false],
    [Number.POSITIVE_INFINITY, 0.1, 0.1, false],
    [0.5, -0.1, 0.1, false],
    [0.5, 0.1, Number.NaN, false],
    [0, 0, Number.POSITIVE_INFINITY, false],
    [0.5, 0.1, 0, true],
  ])('difference %d, error %d, margin %d: %s', (difference, error, margin, want) => {
    expect(testNonInferiority(difference, error, margin, 0.05).nonInferior).toBe(want);
  });
});
