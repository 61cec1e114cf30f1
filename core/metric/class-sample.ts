import type { Sample } from './sample.ts';
import { refuseMetric } from './undefined-metric.ts';

/** True and predicted class of each row, as indices into `classes`. */
export interface ClassSample {
  readonly classes: readonly string[];
  readonly truth: Uint16Array;
  readonly predicted: Uint16Array;
}

/** Also with the probability of every class. */
export interface ProbabilitySample extends ClassSample {
  /** One a class. */
  readonly columns: readonly Float64Array[];
}

/**
 * The sample as classes. Of probabilities the highest is predicted; of equal ones the first, as numpy's argmax.
 * @throws InputError METRIC_UNDEFINED when it is something else, or an array is not as long as the rows
 */
export function readClasses(sample: Sample, name: string): ClassSample {
  const { truth, predicted, rows } = sample;
  if (truth.kind !== 'class') throw refuseMetric(name, 'the true class of each row');
  if (predicted.kind === 'probabilities') return readProbabilities(sample, name);
  if (predicted.kind !== 'class')
    throw refuseMetric(name, 'a predicted class, or probabilities of the classes');
  if (truth.values.length !== rows || predicted.values.length !== rows) {
    throw refuseMetric(name, `a true and a predicted class for each of ${rows} rows`);
  }
  return { classes: truth.classes, truth: truth.values, predicted: predicted.values };
}

/** As `readClasses`, for what needs probabilities. @throws InputError METRIC_UNDEFINED */
export function readProbabilities({ truth, predicted, rows }: Sample, name: string): ProbabilitySample {
  if (truth.kind !== 'class' || predicted.kind !== 'probabilities') {
    throw refuseMetric(name, 'the probability of every class');
  }
  const { columns } = predicted;
  const whole = truth.values.length === rows && columns.every((column) => column.length === rows);
  if (!whole || columns.length !== truth.classes.length) {
    throw refuseMetric(name, `${truth.classes.length} probabilities for each of ${rows} rows`);
  }
  return { classes: truth.classes, truth: truth.values, predicted: pickHighest(columns, rows), columns };
}

function pickHighest(columns: readonly Float64Array[], rows: number): Uint16Array {
  const picked = new Uint16Array(rows);
  const best = columns[0]?.slice() ?? new Float64Array(rows);
  for (let at = 1; at < columns.length; at++) {
    const column = columns[at] as Float64Array;
    for (let row = 0; row < rows; row++) {
      if (!((column[row] as number) > (best[row] as number))) continue;
      best[row] = column[row] as number;
      picked[row] = at;
    }
  }
  return picked;
}

/** Probability of the class that was predicted, of each row. */
export function confidenceOf({ columns, predicted }: ProbabilitySample): Float64Array {
  return Float64Array.from(predicted, (own, row) => (columns[own] as Float64Array)[row] as number);
}

/** 1 where the predicted class is the true one. */
export function hitsOf({ truth, predicted }: ClassSample): Uint8Array {
  return Uint8Array.from(predicted, (own, row) => (own === truth[row] ? 1 : 0));
}
