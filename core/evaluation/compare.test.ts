import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seedGenerator } from '../statistics/mulberry32.ts';
import { compareModels } from './compare.ts';
import { metrics } from './metric.ts';
import { roundForReport } from './rounding.ts';

/** Rows whose label follows a hidden probability; `noise` blurs what a model sees of it. */
function draw(rows: number, seed: number) {
  const next = seedGenerator(seed);
  const truth = Float64Array.from({ length: rows }, () => 0.05 + 0.9 * next());
  const labels = Uint8Array.from(truth, (p) => (next() < p ? 1 : 0));
  const see = (noise: number) => truth.map((p) => Math.min(1, Math.max(0, p + noise * (next() - 0.5))));
  return { labels, see };
}

const find = (comparison: ReturnType<typeof compareModels>, name: string) => {
  const result = comparison.metrics.find((one) => one.metric === name);
  if (!result) throw new Error(`no ${name}`);
  return result;
};

/** Processor time of this process: other load on the machine does not count. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

describe('compareModels', () => {
  const { labels, see } = draw(5_000, 1);
  const sharp = see(0.1);
  const dull = see(1.5);

  it('sees the sharper model as better in every metric, beyond doubt', () => {
    const comparison = compareModels({ labels, challenger: sharp, champion: dull, seed: 1 });
    expect(comparison.metrics.map((one) => one.metric)).toEqual(['auc', 'log-loss', 'brier', 'accuracy']);
    for (const result of comparison.metrics) {
      const [low, high] = result.differenceInterval as readonly [number, number];
      const sign = result.higherIsBetter ? 1 : -1;
      expect(Math.min(sign * low, sign * high), result.metric).toBeGreaterThan(0);
      expect(result.difference).toBeGreaterThanOrEqual(low);
      expect(result.difference).toBeLessThanOrEqual(high);
      expect(result.grade).toBe('judged');
    }
    expect(find(comparison, 'auc').method).toBe('DeLong');
    expect(find(comparison, 'accuracy').method).toMatch(/^paired mean, normal interval; McNemar exact p \d/);
  });

  it('finds no difference between a model and itself', () => {
    const comparison = compareModels({ labels, challenger: sharp, champion: sharp, seed: 1 });
    for (const result of comparison.metrics) {
      expect(result).toMatchObject({ difference: 0, differenceInterval: [0, 0] });
      expect(result.challenger).toBe(result.champion);
    }
  });

  it('turns signs when challenger and champion change places', () => {
    const there = compareModels({ labels, challenger: sharp, champion: dull, seed: 1 });
    const back = compareModels({ labels, challenger: dull, champion: sharp, seed: 1 });
    for (const { metric, difference } of there.metrics)
      expect(find(back, metric).difference).toBeCloseTo(-(difference ?? 0), 9);
  });

  it('says nothing about a champion that is not there', () => {
    const comparison = compareModels({ labels, challenger: sharp, champion: null, seed: 1 });
    for (const result of comparison.metrics)
      expect(result).toMatchObject({ champion: null, difference: null, differenceInterval: null });
  });

  it('bootstraps small samples with its seed, so that a re-run agrees', () => {
    const small = draw(300, 4);
    const input = { labels: small.labels, challenger: small.see(0.2), champion: small.see(0.9), seed: 7 };
    const first = compareModels(input);
    expect(compareModels(input)).toEqual(first);
    expect(find(first, 'brier').method).toBe('paired bootstrap (BCa), 2000 resamples, seed 7');
  });

  it('leaves out what has no value, and says why', () => {
    const oneClass = compareModels({
      labels: new Uint8Array(4),
      challenger: sharp.slice(0, 4),
      champion: null,
      seed: 1,
    });
    expect(oneClass.metrics.map((one) => one.metric)).not.toContain('auc');
    expect(oneClass.findings).toMatchObject([
      { code: 'evaluation/metric-undefined', message: expect.stringContaining('one class') },
    ]);
    const empty = compareModels({
      labels: new Uint8Array(0),
      challenger: new Float64Array(0),
      champion: null,
      seed: 1,
    });
    expect(empty.metrics).toEqual([]);
    expect(empty.findings).toHaveLength(metrics.length);
    const broken = compareModels({
      labels: Uint8Array.of(0, 1),
      challenger: Float64Array.of(Number.NaN, 0.2),
      champion: null,
      metrics: ['brier', 'nope'],
      seed: 1,
    });
    expect(broken.metrics).toEqual([]);
    expect(broken.findings.map((one) => one.code)).toEqual([
      'evaluation/metric-undefined',
      'evaluation/metric-unknown',
    ]);
  });

  it('has no interval for an AUC with one row in a class', () => {
    const comparison = compareModels({
      labels: Uint8Array.of(1, 0, 0),
      challenger: Float64Array.of(0.9, 0.1, 0.2),
      champion: Float64Array.of(0.1, 0.1, 0.2),
      seed: 1,
    });
    expect(find(comparison, 'auc')).toMatchObject({ challengerInterval: null, differenceInterval: null });
  });

  it('keeps intervals inside what the metric can be', () => {
    const comparison = compareModels({
      labels: Uint8Array.of(1, 1, 0, 0, 0),
      challenger: Float64Array.of(0.9, 0.3, 0.4, 0.1, 0.2),
      champion: null,
      metrics: ['auc'],
      seed: 1,
    });
    expect(find(comparison, 'auc').challengerInterval?.[1]).toBeLessThanOrEqual(1);
  });

  it('judges 500,000 rows against a champion within seconds', () => {
    const large = draw(500_000, 9);
    const [challenger, champion] = [large.see(0.3), large.see(0.6)];
    const start = cpuMs();
    expect(compareModels({ labels: large.labels, challenger, champion, seed: 1 }).metrics).toHaveLength(4);
    expect(cpuMs() - start).toBeLessThan(8_000);
  });
});

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
