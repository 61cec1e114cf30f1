import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootstrap } from '../statistics/bootstrap.ts';
import { seedGenerator } from '../statistics/mulberry32.ts';
import { binaryNames, drawBinary, toBinary } from './compare.fixture.ts';
import { compareModels, finishComparison, prepareComparison } from './compare.ts';
import { countDraws } from './draws.ts';
import { resampleRange } from './resample.ts';

const find = (comparison: ReturnType<typeof compareModels>, name: string, slice: string | null = null) => {
  const result = comparison.metrics.find((one) => one.metric === name && one.slice === slice);
  if (!result) throw new Error(`no ${name}`);
  return result;
};

/** Processor time of this process: other load on the machine does not count. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

describe('compareModels', () => {
  const { labels, see } = drawBinary(5_000, 1);
  const sharp = see(0.1);
  const dull = see(1.5);
  const there = compareModels(toBinary(labels, sharp, dull, { seed: 1, resamples: 300 }));

  it('sees the sharper model as better in every metric, beyond doubt', () => {
    expect(there.metrics.map((one) => one.metric)).toEqual(binaryNames);
    for (const result of there.metrics) {
      if (['ece', 'mce'].includes(result.metric)) continue;
      const [low, high] = result.differenceInterval as readonly [number, number];
      const sign = result.higherIsBetter ? 1 : -1;
      expect(Math.min(sign * low, sign * high), result.metric).toBeGreaterThan(0);
      expect(result.difference).toBeGreaterThanOrEqual(low);
      expect(result.difference).toBeLessThanOrEqual(high);
      expect(result.grade).toBe('judged');
      expect(result.pBetter, result.metric).toBeLessThan(0.01);
      expect(result.pWorse, result.metric).toBeGreaterThan(0.99);
      expect(result.standardError).toBeGreaterThan(0);
    }
    expect(find(there, 'auc').method).toBe('DeLong');
    expect(find(there, 'accuracy').method).toMatch(/^paired mean, normal interval; McNemar exact p \d/);
    expect(find(there, 'f1').method).toBe('paired bootstrap (percentile), 300 resamples, seed 1');
  });

  it('finds no difference between a model and itself', () => {
    const same = compareModels(toBinary(labels, sharp, sharp, { seed: 1, resamples: 50 }));
    for (const result of same.metrics) {
      expect(result).toMatchObject({ difference: 0, differenceInterval: [0, 0], pWorse: 1, pBetter: 1 });
      expect(result.challenger).toBe(result.champion);
    }
  });

  it('turns signs when challenger and champion change places', () => {
    const back = compareModels(toBinary(labels, dull, sharp, { seed: 1, resamples: 300 }));
    for (const { metric, difference, pWorse } of there.metrics) {
      expect(find(back, metric).difference).toBeCloseTo(-(difference ?? 0), 9);
      expect(find(back, metric).pBetter).toBe(pWorse);
    }
  });

  it('says nothing about a champion that is not there', () => {
    const alone = compareModels(toBinary(labels, sharp, null, { seed: 1, resamples: 50 }));
    expect(alone.metrics).toHaveLength(binaryNames.length);
    for (const result of alone.metrics)
      expect(result).toMatchObject({
        champion: null,
        difference: null,
        differenceInterval: null,
        pWorse: null,
        pBetter: null,
        standardError: null,
      });
  });

  it('agrees with the bootstrap of the statistics, BCa included, and with itself', () => {
    const small = drawBinary(300, 4);
    const [challenger, champion] = [small.see(0.2), small.see(0.9)];
    const input = toBinary(small.labels, challenger, champion, { seed: 7, metrics: ['brier'] });
    const result = find(compareModels(input), 'brier');
    expect(find(compareModels(input), 'brier')).toEqual(result);
    expect(result.method).toBe('paired bootstrap (BCa), 2000 resamples, seed 7');
    const square = (scores: Float64Array, row: number) =>
      ((scores[row] as number) - (small.labels[row] as number)) ** 2;
    const statistic = (rows: Uint32Array) =>
      rows.reduce((sum, row) => sum + square(challenger, row) - square(champion, row), 0) / rows.length;
    const wanted = bootstrap({ rows: 300, statistic, resamples: 2000, seed: 7, confidence: 0.95 });
    const step = wanted.standardError / 2;
    expect(Math.abs((result.differenceInterval?.[0] ?? 9) - wanted.bca[0])).toBeLessThan(step);
    expect(Math.abs((result.differenceInterval?.[1] ?? 9) - wanted.bca[1])).toBeLessThan(step);
    expect(result.standardError).toBe(Number(wanted.standardError.toPrecision(2)));
  });

  it('says the same by bootstrap and in closed form, about', () => {
    const drawn = compareModels(
      toBinary(labels, sharp, dull, {
        seed: 1,
        resamples: 1000,
        resampleAll: true,
        metrics: ['auc', 'brier'],
      }),
    );
    for (const name of ['auc', 'brier']) {
      const [one, other] = [find(there, name), find(drawn, name)];
      expect(other.method).toContain('bootstrap');
      expect((other.standardError ?? 0) / (one.standardError ?? 1)).toBeCloseTo(1, 0.9);
    }
  });

  it('has no interval for an AUC with one row in a class', () => {
    const tiny = compareModels(
      toBinary(Uint8Array.of(1, 0, 0), Float64Array.of(0.9, 0.1, 0.2), Float64Array.of(0.1, 0.1, 0.2), {
        seed: 1,
        metrics: ['auc'],
      }),
    );
    expect(find(tiny, 'auc')).toMatchObject({
      challengerInterval: null,
      differenceInterval: null,
      pWorse: null,
      standardError: null,
    });
  });

  it('keeps intervals inside what the metric can be', () => {
    const labels = Uint8Array.from({ length: 24 }, (_, row) => row % 2);
    const scores = Float64Array.from(labels, (label, row) => (row < 3 ? 0.5 : 0.2 + 0.6 * label));
    const few = toBinary(labels, scores, null, { seed: 1, metrics: ['auc'] });
    expect(find(compareModels(few), 'auc').challengerInterval?.[1]).toBe(1);
  });

  it('judges 200,000 rows against a champion within seconds', () => {
    const large = drawBinary(200_000, 9);
    const metrics = ['auc', 'log-loss', 'brier', 'accuracy'];
    const input = toBinary(large.labels, large.see(0.3), large.see(0.6), { seed: 1, metrics });
    const start = cpuMs();
    expect(compareModels(input).metrics).toHaveLength(4);
    expect(cpuMs() - start).toBeLessThan(8_000);
  });
});

describe('what has no value is left out, with the reason', () => {
  const four = Float64Array.of(0.1, 0.4, 0.3, 0.9);

  it('one class', () => {
    const oneClass = compareModels(toBinary(new Uint8Array(4), four, null, { seed: 1, metrics: ['auc'] }));
    expect(oneClass.metrics).toEqual([]);
    expect(oneClass.findings).toMatchObject([
      { code: 'evaluation/metric-undefined', message: expect.stringContaining('one class') },
    ]);
  });

  it('one class, resampled', () => {
    const more = compareModels(toBinary(new Uint8Array(4), four, null, { seed: 1, metrics: ['pr-auc'] }));
    expect(more.findings).toMatchObject([
      { code: 'evaluation/metric-undefined', message: expect.stringContaining('one class') },
    ]);
  });

  it('no rows', () => {
    const empty = compareModels(toBinary(new Uint8Array(0), new Float64Array(0), null, { seed: 1 }));
    expect(empty.metrics).toEqual([]);
    expect(empty.findings).toHaveLength(binaryNames.length);
  });

  it('NaN, and a metric that nobody knows', () => {
    const metrics = ['brier', 'nope'];
    const scores = Float64Array.of(Number.NaN, 0.2);
    const broken = compareModels(toBinary(Uint8Array.of(0, 1), scores, null, { seed: 1, metrics }));
    expect(broken.metrics).toEqual([]);
    expect(broken.findings.map((one) => one.code).sort()).toEqual([
      'evaluation/metric-undefined',
      'evaluation/metric-unknown',
    ]);
  });

  it('a champion without the metric takes it from nobody', () => {
    const input = toBinary(Uint8Array.of(0, 1, 1, 0), four, null, { seed: 1, metrics: ['brier', 'f1'] });
    const champion = { kind: 'class', values: Uint16Array.of(0, 1, 1, 0) } as const;
    const comparison = compareModels({ ...input, champion });
    expect(
      comparison.metrics.map(({ metric, champion, difference }) => [metric, champion, difference]),
    ).toEqual([
      ['brier', null, null],
      ['f1', null, null],
    ]);
  });

  it('a resample without a value is no zero: too many of them and there is no interval', () => {
    // A quarter of the resamples misses the only positive row.
    const rows = drawBinary(40, 2);
    const labels = Uint8Array.from({ length: 40 }, (_, row) => (row === 0 ? 1 : 0));
    const comparison = compareModels(
      toBinary(labels, rows.see(0.3), rows.see(0.9), { seed: 1, metrics: ['pr-auc'] }),
    );
    expect(find(comparison, 'pr-auc')).toMatchObject({ differenceInterval: null, pWorse: null });
    expect(find(comparison, 'pr-auc').method).toMatch(/, \d{3} of them without a value/);
  });
});

describe('slices, groups, weights', () => {
  const { labels, see } = drawBinary(3_000, 5);
  const [challenger, champion] = [see(0.3), see(0.6)];
  const even = Uint32Array.from({ length: 1_500 }, (_, at) => 2 * at);

  it('a slice is judged as its rows alone would be', () => {
    const metrics = ['auc', 'brier', 'f1'];
    const slices = [
      { name: 'even', rows: even },
      { name: 'few', rows: even.slice(0, 99) },
    ];
    const options = { seed: 3, metrics, resamples: 200 };
    const sliced = compareModels({ ...toBinary(labels, challenger, champion, options), slices });
    const pick = <V extends Uint8Array | Float64Array>(values: V) =>
      values.filter((_, row) => row % 2 === 0) as V;
    const alone = compareModels(toBinary(pick(labels), pick(challenger), pick(champion), options));
    expect(sliced.metrics.map(({ metric, slice }) => [metric, slice])).toEqual([
      ...metrics.map((name) => [name, null]),
      ...metrics.map((name) => [name, 'even']),
    ]);
    for (const name of metrics)
      expect(find(sliced, name, 'even')).toEqual({ ...find(alone, name), slice: 'even' });
    expect(sliced.findings).toMatchObject([{ code: 'evaluation/slice-small', examples: ['few (99)'] }]);
  });

  it('slices have metrics of their own, and say together what they lack', () => {
    const positives = Uint32Array.from([...labels.keys()].filter((row) => labels[row] === 1));
    const slices = ['a', 'b'].map((name) => ({ name, rows: positives }));
    const input = toBinary(labels, challenger, champion, { seed: 3, metrics: ['brier'], resamples: 50 });
    const comparison = compareModels({ ...input, slices, sliceMetrics: ['pr-auc', 'brier'] });
    expect(comparison.metrics.map(({ metric, slice }) => [metric, slice])).toEqual([
      ['brier', null],
      ['brier', 'a'],
      ['brier', 'b'],
    ]);
    expect(comparison.findings).toMatchObject([
      { code: 'evaluation/slice-undefined', count: 2, examples: ['a', 'b'] },
    ]);
  });

  it('groups of fairness are those of the rows of the slice', () => {
    const name = 'demographic-parity-difference by sex';
    const sexes = Uint16Array.from(labels, (_, row) => (row % 7 < 3 ? 0 : 1));
    const groups = (values: Uint16Array) => new Map([['sex', { names: ['f', 'm'], values }]]);
    const options = { seed: 3, metrics: [name], resamples: 100 };
    const task = 'binary-classification';
    const sliced = compareModels({
      ...toBinary(labels, challenger, champion, options),
      context: { task, groups: groups(sexes) },
      slices: [{ name: 'even', rows: even }],
    });
    const pick = <V extends Uint8Array | Float64Array | Uint16Array>(values: V) =>
      values.filter((_, row) => row % 2 === 0) as V;
    const alone = compareModels({
      ...toBinary(pick(labels), pick(challenger), pick(champion), options),
      context: { task, groups: groups(pick(sexes)) },
    });
    expect(find(sliced, name, 'even')).toEqual({ ...find(alone, name), slice: 'even' });
    expect(find(sliced, name).challenger).not.toBe(find(alone, name).challenger);
  });

  it('rows that are copies of one another count once when they are one group', () => {
    const copies = 10;
    const repeat = <V extends Uint8Array | Float64Array>(values: V, into: V) => {
      values.slice(0, 300).forEach((value, row) => {
        into.fill(value, row * copies, (row + 1) * copies);
      });
      return into;
    };
    const many = toBinary(
      repeat(labels, new Uint8Array(3_000)),
      repeat(challenger, new Float64Array(3_000)),
      repeat(champion, new Float64Array(3_000)),
      { seed: 1, metrics: ['brier', 'auc'], resamples: 500 },
    );
    const groups = Uint32Array.from({ length: 3_000 }, (_, row) => 7 + Math.floor(row / copies));
    const grouped = compareModels({ ...many, groups });
    const apart = compareModels(many);
    expect(find(grouped, 'brier').method).toBe(
      'paired cluster bootstrap (BCa), 500 resamples of 300 groups, seed 1',
    );
    for (const name of ['brier', 'auc']) {
      const ratio = (find(grouped, name).standardError ?? 0) / (find(apart, name).standardError ?? 1);
      expect(ratio).toBeGreaterThan(Math.sqrt(copies) * 0.8);
      expect(ratio).toBeLessThan(Math.sqrt(copies) * 1.2);
    }
  });

  it('a weight counts as that many rows in the value', () => {
    const weights = Float64Array.from(labels, (_, row) => row % 3);
    const rows = [...labels.keys()].flatMap((row) => Array.from({ length: row % 3 }, () => row));
    const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row] as number);
    const metrics = ['auc', 'brier', 'f1', 'accuracy'];
    const options = { seed: 1, metrics, resamples: 50 };
    const weighted = compareModels({ ...toBinary(labels, challenger, champion, options), weights });
    const repeated = compareModels(
      toBinary(
        Uint8Array.from(rows, (row) => labels[row] as number),
        pick(challenger),
        pick(champion),
        options,
      ),
    );
    for (const name of metrics)
      expect(find(weighted, name).challenger).toBeCloseTo(find(repeated, name).challenger, 2);
    expect(find(weighted, 'brier').method).toBe('paired weighted mean, normal interval');
    expect(find(weighted, 'accuracy').method).not.toContain('McNemar');
    expect(find(weighted, 'auc').method).toContain('bootstrap');
  });
});

describe('resampleRange', () => {
  it('is the same whole, whoever makes which part', () => {
    const { labels, see } = drawBinary(1_200, 8);
    const slices = [{ name: 's', rows: Uint32Array.from({ length: 400 }, (_, at) => 3 * at) }];
    const input = {
      ...toBinary(labels, see(0.2), see(0.5), { seed: -5, resamples: 30, metrics: ['f1', 'brier', 'mcc'] }),
      slices,
      resampleAll: true,
    };
    const prepared = prepareComparison(input);
    const range = (from: number, to: number) => resampleRange(input, prepared.plans, from, to);
    const parts = [range(0, 7), range(7, 8), range(8, 30)].flatMap((part) => [...part]);
    expect(range(0, 30)).toEqual(Float64Array.from(parts));
    expect(finishComparison(prepared, Float64Array.from(parts))).toEqual(compareModels(input));
  });

  it('draws the numbers of the generator, resample r from r * n on', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 300 }),
        fc.nat(2_000_000),
        (seed, units, resample) => {
          const next = seedGenerator(seed, units * resample);
          const wanted = new Uint16Array(units);
          for (let draw = 0; draw < units; draw++) {
            const at = Math.floor(next() * units);
            wanted[at] = (wanted[at] as number) + 1;
          }
          const counts = new Uint16Array(units);
          countDraws(counts, seed, resample);
          expect(counts).toEqual(wanted);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('rounding of sums', () => {
  it('is no difference: the same ranks in other numbers', () => {
    const { labels, see } = drawBinary(400, 3);
    const scores = see(0.4);
    const same = scores.map((score) => score ** 2);
    const comparison = compareModels(toBinary(labels, same, scores, { seed: 1, metrics: ['auc', 'pr-auc'] }));
    for (const result of comparison.metrics)
      expect(result).toMatchObject({ difference: 0, differenceInterval: [0, 0], pWorse: 1, pBetter: 1 });
  });

  it('does not hide a metric whose direction is down', () => {
    const { labels, see } = drawBinary(2_000, 3);
    const input = toBinary(labels, see(1.2), see(0.1), { seed: 1, metrics: ['log-loss'] });
    const [result] = compareModels(input).metrics;
    expect(result?.difference).toBeGreaterThan(0);
    expect(result?.pWorse).toBeLessThan(1e-6);
    expect(result?.pBetter).toBeGreaterThan(0.99);
  });
});
