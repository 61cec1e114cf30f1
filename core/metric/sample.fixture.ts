import fc from 'fast-check';
import type { Task } from '../config/model.ts';
import type { RowGroups } from './group-confusion.ts';
import type { Predicted, RowWeights, Sample, Truth } from './sample.ts';

export function makeBinary(labels: readonly number[], scores: readonly number[], threshold = 0.5): Sample {
  return {
    truth: { kind: 'binary', values: Uint8Array.from(labels) },
    predicted: { kind: 'score', values: Float64Array.from(scores) },
    rows: labels.length,
    threshold,
  };
}

export function makeClasses(
  classes: readonly string[],
  truth: readonly number[],
  columns: readonly (readonly number[])[],
): Sample {
  return {
    truth: { kind: 'class', classes, values: Uint16Array.from(truth) },
    predicted: { kind: 'probabilities', columns: columns.map((column) => Float64Array.from(column)) },
    rows: truth.length,
    threshold: 0.5,
  };
}

export function makeNumbers(
  truth: readonly number[],
  predicted: readonly number[],
  halfWidth: number | null = null,
): Sample {
  const end = (side: number) =>
    halfWidth === null ? null : Float64Array.from(predicted, (value) => value + side * halfWidth);
  const values = Float64Array.from(predicted);
  return {
    truth: { kind: 'number', values: Float64Array.from(truth) },
    predicted: { kind: 'number', values, low: end(-1), high: end(1) },
    rows: truth.length,
    threshold: 0.5,
  };
}

export function makeRanking(
  relevance: readonly number[],
  queries: readonly number[],
  scores: readonly number[],
): Sample {
  return {
    truth: { kind: 'relevance', values: Float64Array.from(relevance), queries: Uint32Array.from(queries) },
    predicted: { kind: 'score', values: Float64Array.from(scores) },
    rows: relevance.length,
    threshold: 0.5,
  };
}

/** Names of metrics of each task that hold for the samples of `sampleOf`; the column of groups is `sex`. */
export const names: Readonly<Record<Task, readonly string[]>> = {
  'binary-classification': [
    ...split('accuracy balanced-accuracy precision recall specificity f1 f-beta@2 auc pr-auc log-loss brier'),
    ...split('ece mce mcc kappa'),
    ...['demographic-parity-difference', 'equalized-odds-difference'].map((name) => `${name} by sex`),
    ...['equal-opportunity-difference', 'disparate-impact-ratio'].map((name) => `${name} by sex`),
  ],
  'multiclass-classification': [
    ...split('accuracy balanced-accuracy mcc kappa log-loss brier ece mce precision:c1 recall:c1 f1:c1'),
    ...split('auc-ovr-macro auc-ovr-weighted auc-ovo-macro auc-ovo-weighted'),
    ...['precision', 'recall', 'f1', 'f-beta'].flatMap((base) =>
      ['macro', 'micro', 'weighted'].map((average) => `${base}-${average}${base === 'f-beta' ? '@0.5' : ''}`),
    ),
  ],
  regression: [
    ...split('rmse mse mae mape smape r2 median-ae max-error bias pinball@0.9 explained-variance'),
    ...split('interval-coverage interval-width'),
  ],
  ranking: split('ndcg@1 ndcg@3 ndcg@10 mrr hit-rate@1 hit-rate@3 map'),
  'scored-examples': split('score:help'),
};

function split(text: string): readonly string[] {
  return text.split(' ');
}

/** A sample with many ties, and a group of each row. */
export interface GroupedSample {
  readonly sample: Sample;
  readonly groups: RowGroups;
}

const whole = (max: number) => fc.integer({ min: 0, max });
const rowOf: Readonly<Record<Task, fc.Arbitrary<readonly [truth: number, ...predicted: number[]]>>> = {
  'binary-classification': fc.tuple(whole(1), whole(8)),
  'multiclass-classification': fc.tuple(whole(2), whole(4), whole(4), whole(4)),
  regression: fc.tuple(whole(20), whole(20)),
  ranking: fc.tuple(whole(2), whole(4), whole(3)),
  'scored-examples': fc.tuple(whole(1), whole(9)),
};

/** Any sample of a task, of 1 to `most` rows. */
export function sampleOf(task: Task, most = 30): fc.Arbitrary<GroupedSample> {
  return fc.array(fc.tuple(rowOf[task], whole(2)), { minLength: 1, maxLength: most }).map((rows) => ({
    sample: toSample(
      task,
      rows.map(([row]) => row),
    ),
    groups: { names: ['a', 'b', 'c'], values: Uint16Array.from(rows, ([, group]) => group) },
  }));
}

function toSample(task: Task, rows: readonly (readonly [number, ...number[]])[]): Sample {
  const truth = rows.map(([value]) => value);
  const at = (index: number, scale: number) => rows.map((row) => (row[index] ?? 0) / scale);
  switch (task) {
    case 'binary-classification':
      return makeBinary(truth, at(1, 8));
    case 'multiclass-classification': {
      const sums = rows.map(([, a = 0, b = 0, c = 0]) => a + b + c + 3);
      const column = (index: number) => rows.map((row, of) => ((row[index] ?? 0) + 1) / (sums[of] ?? 1));
      return makeClasses(['c0', 'c1', 'c2'], truth, [column(1), column(2), column(3)]);
    }
    case 'regression':
      return makeNumbers(truth, at(1, 1), 2);
    case 'ranking': {
      // Numbered from 0 without gaps.
      const ids = [...new Set(at(2, 1))];
      return makeRanking(
        truth,
        at(2, 1).map((id) => ids.indexOf(id)),
        at(1, 4),
      );
    }
    case 'scored-examples': {
      const columns = new Map([['help', Float64Array.from(at(1, 9))]]);
      return {
        truth: { kind: 'none' },
        predicted: { kind: 'columns', columns },
        rows: rows.length,
        threshold: 0.5,
      };
    }
  }
}

/** The sample with every row as often as its weight says; of a ranking, every query: copies of a query are queries of their own. */
export function repeatRows({ sample, groups }: GroupedSample, weights: Uint16Array): GroupedSample {
  const picked: number[] = [];
  const copies: number[] = [];
  weights.forEach((times, row) => {
    for (let copy = 0; copy < times; copy++) {
      picked.push(row);
      copies.push(copy);
    }
  });
  return {
    sample: {
      truth: repeatTruth(sample.truth, picked, copies),
      predicted: repeatPredicted(sample.predicted, picked),
      rows: picked.length,
      threshold: sample.threshold,
    },
    groups: { names: groups.names, values: Uint16Array.from(picked, (row) => groups.values[row] ?? 0) },
  };
}

function repeatTruth(truth: Truth, picked: readonly number[], copies: readonly number[]): Truth {
  switch (truth.kind) {
    case 'none':
      return truth;
    case 'binary':
      return { kind: 'binary', values: Uint8Array.from(picked, (row) => truth.values[row] ?? 0) };
    case 'class':
      return { ...truth, values: Uint16Array.from(picked, (row) => truth.values[row] ?? 0) };
    case 'number':
      return { kind: 'number', values: pick(truth.values, picked) };
    case 'relevance': {
      const keys = picked.map((row, at) => `${truth.queries[row]} ${copies[at]}`);
      const ids = [...new Set(keys)];
      const queries = Uint32Array.from(keys, (key) => ids.indexOf(key));
      return { kind: 'relevance', values: pick(truth.values, picked), queries };
    }
  }
}

function repeatPredicted(predicted: Predicted, picked: readonly number[]): Predicted {
  switch (predicted.kind) {
    case 'score':
      return { kind: 'score', values: pick(predicted.values, picked) };
    case 'probabilities':
      return { kind: 'probabilities', columns: predicted.columns.map((column) => pick(column, picked)) };
    case 'class':
      return { kind: 'class', values: Uint16Array.from(picked, (row) => predicted.values[row] ?? 0) };
    case 'number':
      return {
        kind: 'number',
        values: pick(predicted.values, picked),
        low: predicted.low && pick(predicted.low, picked),
        high: predicted.high && pick(predicted.high, picked),
      };
    case 'columns':
      return {
        kind: 'columns',
        columns: new Map([...predicted.columns].map(([name, values]) => [name, pick(values, picked)])),
      };
  }
}

function pick(values: Float64Array, rows: readonly number[]): Float64Array {
  return Float64Array.from(rows, (row) => values[row] ?? Number.NaN);
}

/** Weights that fit a sample: rows of one query weigh the same, as a resample draws them. */
export function weigh(sample: Sample, seeds: readonly number[]): Uint16Array {
  const { truth } = sample;
  const unit = (row: number) => (truth.kind === 'relevance' ? (truth.queries[row] ?? 0) : row);
  return Uint16Array.from({ length: sample.rows }, (_, row) => seeds[unit(row) % seeds.length] ?? 0);
}

export function scale(weights: Uint16Array, factor: number): RowWeights {
  return Float64Array.from(weights, (weight) => weight * factor);
}
