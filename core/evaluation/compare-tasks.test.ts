import { describe, expect, it } from 'vitest';
import type { Predicted, Truth } from '../metric/sample.ts';
import { seedGenerator } from '../statistics/mulberry32.ts';
import { type CompareInput, compareModels } from './compare.ts';

/* Every task by the same engine; and a slice is what its rows alone would be, whatever predictions look like. */

const rows = 1_200;
const next = seedGenerator(11);
const noise = (by: number) => Float64Array.from({ length: rows }, () => by * (next() - 0.5));
const add = (first: Float64Array, second: Float64Array) =>
  first.map((value, row) => value + (second[row] as number));

const numbers = Float64Array.from({ length: rows }, () => 10 * next());
const classes = Uint16Array.from({ length: rows }, () => Math.floor(3 * next()));
const queries = Uint32Array.from({ length: rows }, (_, row) => Math.floor(row / 12));
const relevance = Float64Array.from({ length: rows }, () => Math.floor(3 * next()));

/** Probabilities of three classes that favour the true one. */
function guess(sharpness: number): Predicted {
  const columns = [0, 1, 2].map(() => new Float64Array(rows));
  for (let row = 0; row < rows; row++) {
    const parts = columns.map((_, at) => next() + (classes[row] === at ? sharpness : 0));
    const total = parts.reduce((sum, part) => sum + part, 0);
    columns.forEach((column, at) => {
      column[row] = (parts[at] as number) / total;
    });
  }
  return { kind: 'probabilities', columns };
}

const toNumber = (by: number): Predicted => {
  const values = add(numbers, noise(by));
  return {
    kind: 'number',
    values,
    low: values.map((value) => value - by / 3),
    high: values.map((value) => value + by / 3),
  };
};

interface Case {
  readonly truth: Truth;
  readonly sharp: Predicted;
  readonly dull: Predicted;
  readonly metrics: readonly string[];
  readonly context: CompareInput['context'];
}

const three = { kind: 'class', classes: ['a', 'b', 'c'], values: classes } as const;
const multiclass = { task: 'multiclass-classification' } as const;
const cases: Readonly<Record<string, Case>> = {
  regression: {
    truth: { kind: 'number', values: numbers },
    sharp: toNumber(1),
    dull: toNumber(3),
    metrics: ['rmse', 'mae', 'r2', 'median-ae', 'pinball@0.9', 'interval-width'],
    context: { task: 'regression' },
  },
  'regression without intervals': {
    truth: { kind: 'number', values: numbers },
    sharp: { kind: 'number', values: add(numbers, noise(1)), low: null, high: null },
    dull: { kind: 'number', values: add(numbers, noise(3)), low: null, high: null },
    metrics: ['rmse', 'mae'],
    context: { task: 'regression' },
  },
  'many classes': {
    truth: three,
    sharp: guess(1.5),
    dull: guess(0.5),
    metrics: ['accuracy', 'f1-macro', 'auc-ovr-macro', 'log-loss', 'recall:b'],
    context: multiclass,
  },
  'classes without probabilities': {
    truth: three,
    sharp: { kind: 'class', values: classes.map((of) => (next() < 0.9 ? of : (of + 1) % 3)) },
    dull: { kind: 'class', values: classes.map((of) => (next() < 0.7 ? of : (of + 1) % 3)) },
    metrics: ['accuracy', 'f1-macro', 'kappa'],
    context: multiclass,
  },
  ranking: {
    truth: { kind: 'relevance', values: relevance, queries },
    sharp: { kind: 'score', values: add(relevance, noise(2)) },
    dull: { kind: 'score', values: add(relevance, noise(8)) },
    metrics: ['ndcg@5', 'mrr', 'map'],
    context: { task: 'ranking' },
  },
  'scored examples': {
    truth: { kind: 'none' },
    sharp: {
      kind: 'columns',
      columns: new Map([['helpful', add(new Float64Array(rows).fill(0.6), noise(1))]]),
    },
    dull: {
      kind: 'columns',
      columns: new Map([['helpful', add(new Float64Array(rows).fill(0.4), noise(1))]]),
    },
    metrics: ['score:helpful'],
    context: {
      task: 'scored-examples',
      scorers: [{ name: 'helpful', higherIsBetter: true, range: { min: -1, max: 2 } }],
    },
  },
};

describe.each(Object.entries(cases))('%s', (_, { truth, sharp, dull, metrics, context }) => {
  const slices = [{ name: 'all', rows: Uint32Array.from({ length: rows }, (_, row) => row) }];
  const input = {
    truth,
    challenger: sharp,
    champion: dull,
    metrics,
    context,
    slices,
    seed: 1,
    resamples: 200,
  };
  const { metrics: results, findings } = compareModels(input);

  it('sees the sharper model as better, in every metric, with an interval', () => {
    expect(findings).toEqual([]);
    expect(results.filter(({ slice }) => slice === null).map(({ metric }) => metric)).toEqual(metrics);
    for (const { metric, difference, pBetter, higherIsBetter } of results) {
      expect((difference ?? 0) > 0 === higherIsBetter, metric).toBe(true);
      expect(pBetter, metric).toBeLessThan(0.01);
    }
  });

  it('judges a slice of all rows as all rows', () => {
    const half = results.length / 2;
    expect(results.slice(half)).toEqual(results.slice(0, half).map((one) => ({ ...one, slice: 'all' })));
  });

  it('is no better than itself', () => {
    const same = compareModels({ ...input, champion: sharp, slices: [], resamples: 30 });
    for (const one of same.metrics)
      expect(one).toMatchObject({ difference: 0, differenceInterval: [0, 0], pWorse: 1, pBetter: 1 });
  });
});

describe('a ranking', () => {
  it('draws queries whole, and groups where they are named', () => {
    const { truth, sharp, dull, context } = cases.ranking as Case;
    const input = {
      truth,
      challenger: sharp,
      champion: dull,
      metrics: ['mrr'],
      context,
      seed: 1,
      resamples: 100,
    };
    expect(compareModels(input).metrics[0]?.method).toBe(
      'paired cluster bootstrap (BCa), 100 resamples of 100 queries, seed 1',
    );
    const groups = queries.map((query) => Math.floor(query / 4));
    expect(compareModels({ ...input, groups }).metrics[0]?.method).toContain('25 groups');
  });
});
