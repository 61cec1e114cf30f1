import type { Predicted, Truth } from '../metric/sample.ts';

/** The truth of some rows, in their order. */
export function pickTruth(truth: Truth, rows: Uint32Array): Truth {
  switch (truth.kind) {
    case 'binary':
      return { kind: 'binary', values: pick(truth.values, new Uint8Array(rows.length), rows) };
    case 'class':
      return { ...truth, values: pick(truth.values, new Uint16Array(rows.length), rows) };
    case 'number':
      return { kind: 'number', values: pickNumbers(truth.values, rows) };
    case 'relevance': {
      const queries = pick(truth.queries, new Uint32Array(rows.length), rows);
      return {
        kind: 'relevance',
        values: pickNumbers(truth.values, rows),
        queries: numberDensely(queries).numbers,
      };
    }
    case 'none':
      return truth;
  }
}

/** What a model says about some rows, in their order. */
export function pickPredicted(predicted: Predicted, rows: Uint32Array): Predicted {
  switch (predicted.kind) {
    case 'score':
      return { kind: 'score', values: pickNumbers(predicted.values, rows) };
    case 'probabilities':
      return {
        kind: 'probabilities',
        columns: predicted.columns.map((column) => pickNumbers(column, rows)),
      };
    case 'class':
      return { kind: 'class', values: pick(predicted.values, new Uint16Array(rows.length), rows) };
    case 'number':
      return {
        kind: 'number',
        values: pickNumbers(predicted.values, rows),
        low: predicted.low && pickNumbers(predicted.low, rows),
        high: predicted.high && pickNumbers(predicted.high, rows),
      };
    case 'columns':
      return {
        kind: 'columns',
        columns: new Map([...predicted.columns].map(([name, values]) => [name, pickNumbers(values, rows)])),
      };
  }
}

/** Numbers of some rows, in their order. */
export const pickNumbers = (values: Float64Array, rows: Uint32Array): Float64Array =>
  pick(values, new Float64Array(rows.length), rows);

/** Copies the values of some rows into `into`, in their order. */
export function pick<Values extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(
  values: Values,
  into: Values,
  rows: Uint32Array,
): Values {
  for (let at = 0; at < rows.length; at++) into[at] = values[rows[at] as number] as number;
  return into;
}

/** Gives every number that occurs a new one from 0 up, in order of first appearance. */
export function numberDensely(values: Uint32Array): {
  readonly numbers: Uint32Array;
  readonly count: number;
} {
  const known = new Map<number, number>();
  const numbers = values.map((value) => {
    const number = known.get(value) ?? known.size;
    if (number === known.size) known.set(value, number);
    return number;
  });
  return { numbers, count: known.size };
}

/** Rows that the truth is about; scores of a team's own scorers bring their truth along. */
export function countRows(truth: Truth, predicted: Predicted): number {
  if (truth.kind !== 'none') return truth.values.length;
  return predicted.kind === 'columns' ? ([...predicted.columns.values()][0]?.length ?? 0) : 0;
}
