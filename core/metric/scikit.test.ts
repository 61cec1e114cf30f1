import { describe, expect, it } from 'vitest';
import type { Task } from '../config/model.ts';
import { findMetric } from './metric-table.ts';
import { makeBinary, makeClasses, makeNumbers, makeRanking } from './sample.fixture.ts';
import type { RowWeights, Sample } from './sample.ts';
import { scikit } from './scikit-vectors.fixture.ts';

const { binary, multiclass, regression, ranking } = scikit;

interface Case {
  readonly task: Task;
  readonly sample: Sample;
  readonly weights: RowWeights;
  readonly wanted: Readonly<Record<string, number>>;
}

const classes = multiclass.columns.map((_, at) => `c${at}`);
const samples = {
  binary: makeBinary(binary.labels, binary.scores, binary.threshold),
  multiclass: makeClasses(classes, multiclass.truth, multiclass.columns),
  regression: makeNumbers(regression.truth, regression.predicted),
  ranking: makeRanking(ranking.relevance, ranking.queries, ranking.scores),
};
const queryWeights = Float64Array.from(ranking.queries, (query) => ranking.queryWeights[query] ?? Number.NaN);

const cases: readonly Case[] = [
  { task: 'binary-classification', sample: samples.binary, weights: null, wanted: binary.plain },
  {
    task: 'binary-classification',
    sample: samples.binary,
    weights: Float64Array.from(binary.weights),
    wanted: binary.weighted,
  },
  { task: 'multiclass-classification', sample: samples.multiclass, weights: null, wanted: multiclass.plain },
  {
    task: 'multiclass-classification',
    sample: samples.multiclass,
    weights: Float64Array.from(multiclass.weights),
    wanted: multiclass.weighted,
  },
  { task: 'regression', sample: samples.regression, weights: null, wanted: regression.plain },
  {
    task: 'regression',
    sample: samples.regression,
    weights: Float64Array.from(regression.weights),
    wanted: regression.weighted,
  },
  { task: 'ranking', sample: samples.ranking, weights: null, wanted: ranking.plain },
  { task: 'ranking', sample: samples.ranking, weights: queryWeights, wanted: ranking.weighted },
];

describe.each(cases)('scikit-learn on $task, case %#', ({ task, sample, weights, wanted }) => {
  it.each(Object.entries(wanted))('has %s = %d', (name, value) => {
    const metric = findMetric(name, { task });
    expect(metric?.name).toBe(name);
    const got = metric?.prepare(sample)(weights) ?? Number.NaN;
    expect(Math.abs(got - value)).toBeLessThanOrEqual(1e-12 + 1e-10 * Math.abs(value));
  });
});
