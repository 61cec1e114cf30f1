import { describe, expect, it } from 'vitest';
import { InputError } from '../error/error.ts';
import { permutedTable, planPermutation } from '../explanation/permuted-table.ts';
import { findMetric } from '../metric/metric-table.ts';
import { seedGenerator } from '../statistics/mulberry32.ts';
import { parseAttributions } from './attributions.ts';
import { measureImportance, placeSample } from './measure-importance.ts';

function metricOf(name: string) {
  const metric = findMetric(name, { task: 'binary-classification' });
  if (metric === null) throw new Error(name);
  return metric;
}

const rows = 600;
const next = seedGenerator(3);
const strong = Array.from({ length: rows }, () => next());
const weak = Array.from({ length: rows }, () => next());
const idle = Array.from({ length: rows }, () => next());
const keys = strong.map((_, row) => `k${row}`);
const features = {
  keys,
  names: ['strong', 'weak', 'idle'],
  columns: new Map([
    ['strong', strong.map(String)],
    ['weak', weak.map(String)],
    ['idle', idle.map(String)],
  ]),
};
const config = { repeats: 2, rows: 400, seed: 1 };
const score = ([, a = '', b = '']: readonly string[]) => 0.8 * Number(a) + 0.2 * Number(b);
const truth = {
  kind: 'binary',
  values: Uint8Array.from(strong, (value, row) =>
    Number(0.8 * value + 0.2 * (weak[row] ?? 0) + 0.2 * next() > 0.6),
  ),
} as const;

describe('measureImportance', () => {
  const layout = planPermutation(config, rows, features.names);
  const table = permutedTable(features, 'row', config);
  const model = {
    predicted: {
      kind: 'score',
      values: Float64Array.from(keys, (key, row) => score([key, String(strong[row]), String(weak[row])])),
    },
    threshold: 0.5,
    permuted: {
      kind: 'score',
      values: Float64Array.from({ length: table.rows }, (_, at) => score(table.rowAt(at))),
    },
  } as const;
  const placed = placeSample(layout, keys, keys) ?? new Uint32Array(0);
  const measure = (name: string, weights: Float64Array | null = null) =>
    measureImportance({ metric: metricOf(name), truth, weights, layout, rows: placed }, model);

  it.each(['auc', 'log-loss'])(
    'finds by %s what the model leans on, and nothing where there is nothing',
    (name) => {
      const found = measure(name);
      const [a, b, c] = ['strong', 'weak', 'idle'].map((feature) => found.get(feature));
      expect(a?.value).toBeGreaterThan(2 * (b?.value ?? Number.NaN));
      expect(b?.value).toBeGreaterThan(2 * (b?.noise ?? Number.NaN));
      expect(c).toEqual({ value: 0, noise: 0 });
    },
  );

  it('counts weights', () => {
    const even = measure('auc', new Float64Array(rows).fill(2));
    expect(even.get('strong')?.value).toBeCloseTo(measure('auc').get('strong')?.value ?? Number.NaN, 12);
  });

  it('keeps queries together, and knows no noise of few blocks', () => {
    const ranking = findMetric('mrr', { task: 'ranking' });
    if (ranking === null) throw new Error('mrr');
    const queries = Uint32Array.from(strong, (_, row) => row % 4);
    const relevance = { kind: 'relevance', values: Float64Array.from(truth.values), queries } as const;
    const found = measureImportance(
      { metric: ranking, truth: relevance, weights: null, layout, rows: placed },
      model,
    );
    expect(found.get('strong')?.noise).toBeNull();
    expect(Number.isFinite(found.get('strong')?.value)).toBe(true);
  });

  it('needs every sampled row in the truth, in whatever order', () => {
    const turned = [...keys].reverse();
    expect(placeSample(layout, keys, turned)?.[0]).toBe(rows - 1 - (layout.sample[0] ?? 0));
    expect(placeSample(layout, keys, keys.slice(1))).toBeNull();
  });
});

describe('parseAttributions', () => {
  it.each([
    'feature,importance\na,0.5\nb,-1e-3\n',
    '{"feature":"a","importance":0.5}\n{"feature":"b","importance":-0.001}\n',
    '{\n  "a": 0.5,\n  "b": -0.001\n}\n',
  ])('reads %j', (text) => {
    expect([...parseAttributions(text, 'shap.csv')]).toEqual([
      ['a', { value: 0.5, noise: null }],
      ['b', { value: -0.001, noise: null }],
    ]);
  });

  it.each([
    ['', 'evaluation/empty'],
    ['name,importance\na,1\n', 'evaluation/header'],
    ['feature,importance\na,NaN\n', 'evaluation/score-nan'],
    ['feature,importance\na,1\na,2\n', 'explanation/feature-doubled'],
    ['feature,importance\n,1\n', 'explanation/feature-empty'],
    ['{}', 'explanation/features'],
    ['{"a":"1"}', 'explanation/importance'],
    ['{"a":1,"a":2}', 'explanation/unreadable'],
    ['{"a":1e999}', 'explanation/unreadable'],
    ['{"a":{"feature":1}}', 'evaluation/header'],
  ])('refuses %j: %s', (text, code) => {
    try {
      parseAttributions(text, 'shap.csv');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      expect(error).toMatchObject({ code: 'ATTRIBUTIONS_INVALID', findings: [{ code }] });
    }
  });
});
