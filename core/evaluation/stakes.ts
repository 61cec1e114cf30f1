import type { Metric } from '../metric/metric.ts';
import type { Predicted, Sample } from '../metric/sample.ts';
import { orderByValue } from '../metric/score-order.ts';
import type { ComparedPart } from './compared-part.ts';

/** What an interval without any width rests on: rows that might have come out otherwise, and did not. */
export interface Stakes {
  /** Rows or groups, as many of them as count: one that outweighs all others is hardly more than one. */
  readonly units: number;
  /** Rows of the rarer of two true classes; Infinity for other tasks. */
  readonly ofClass: number;
  /** Both models say the same of every row: they differ nowhere, and not by chance. */
  readonly same: boolean;
  /** Units of the rarest class that occurs, or that a model predicts: recall of five rows rests on five. Counted when asked for. */
  countRarest(): number;
  /** Both put all rows in the same order; looked at when it is asked for. */
  isSameOrder(): boolean;
}

/** Counts what the numbers of one part rest on. */
export function countStakes(part: ComparedPart): Stakes {
  const { challenger, champion } = part;
  const units = countUnits(part);
  const same = champion !== null && saySame(challenger, champion);
  const isSameOrder = () =>
    same || (champion !== null && orderSame(challenger.predicted, champion.predicted));
  const countRarest = (): number => {
    const classes = [...classesOf(challenger), ...(champion === null ? [] : predictedClasses(champion))];
    return Math.min(units, ...classes.flatMap((of) => countClasses(of, part)));
  };
  const isBinary = challenger.truth.kind === 'binary';
  const [ofTruth] = classesOf(challenger);
  const ofClass = isBinary && ofTruth ? Math.min(...countClasses(ofTruth, part)) : Number.POSITIVE_INFINITY;
  return { units, ofClass, same, countRarest, isSameOrder };
}

/**
 * How many units of equal weight tell as much as these.
 * @see Kish 1965, Survey Sampling, 8.2
 */
function countUnits({ units, weights, rows, challenger }: ComparedPart): number {
  const { ofRow } = units;
  // Queries count the same, however long they are.
  if (weights === null && (ofRow === null || challenger.truth.kind === 'relevance')) return units.count;
  const sums = new Float64Array(units.count);
  const most = weights === null ? 1 : weights.reduce((one, other) => Math.max(one, other), 0);
  for (let row = 0; row < rows; row++) {
    const unit = ofRow === null ? row : (ofRow[row] as number);
    // Shares of the largest: squares of huge weights are no numbers.
    sums[unit] = (sums[unit] as number) + (weights === null ? 1 : (weights[row] as number) / most);
  }
  let [total, squares] = [0, 0];
  for (const sum of sums) {
    total += sum;
    squares += sum * sum;
  }
  return squares > 0 ? total ** 2 / squares : 0;
}

type Classes = (row: number) => number;

function classesOf(sample: Sample): readonly Classes[] {
  const { truth } = sample;
  if (truth.kind !== 'binary' && truth.kind !== 'class') return [];
  const { values } = truth;
  return [(row) => values[row] as number, ...predictedClasses(sample)];
}

function predictedClasses({ truth, predicted, threshold }: Sample): readonly Classes[] {
  if (predicted.kind === 'class') return [(row) => predicted.values[row] as number];
  // Of probabilities the true classes tell enough: an average over classes has them all.
  if (truth.kind !== 'binary' || predicted.kind !== 'score') return [];
  return [(row) => ((predicted.values[row] as number) >= threshold ? 1 : 0)];
}

function countClasses(classOf: Classes, { rows, weights }: ComparedPart): readonly number[] {
  const counts: number[] = [];
  for (let row = 0; row < rows; row++) {
    if (weights !== null && !((weights[row] as number) > 0)) continue;
    const at = classOf(row);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts.filter((count) => count > 0);
}

function saySame(one: Sample, other: Sample): boolean {
  const [first, second] = [columnsOf(one.predicted), columnsOf(other.predicted)];
  return (
    one.threshold === other.threshold &&
    first.length === second.length &&
    first.every((column, at) => areEqual(column, second[at] as ArrayLike<number>))
  );
}

function orderSame(one: Predicted, other: Predicted): boolean {
  if (one.kind !== 'score' || other.kind !== 'score') return false;
  const order = orderByValue(one.values);
  for (let at = 1; at < order.length; at++) {
    const [row, before] = [order[at] as number, order[at - 1] as number];
    const isTie = one.values[row] === one.values[before];
    const step = (other.values[row] as number) - (other.values[before] as number);
    if (isTie ? step !== 0 : !(step > 0)) return false;
  }
  return true;
}

function columnsOf(predicted: Predicted): readonly ArrayLike<number>[] {
  switch (predicted.kind) {
    case 'probabilities':
      return predicted.columns;
    case 'columns':
      return [...predicted.columns.values()];
    case 'number':
      return [predicted.values, ...[predicted.low, predicted.high].filter((ends) => ends !== null)];
    default:
      return [predicted.values];
  }
}

function areEqual(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

/** Fewer rows, groups or rows of a class than this tell themselves alone: their spread says nothing of others. */
const leastCount = 10;

/**
 * How many rows or groups the spread of a metric is told by; 0 where they are too few for an interval. What is no mean
 * over rows weighs one class against the other, and knows no more than the rarer of them.
 */
export function countSpread({ estimate, leans }: Metric, { units, ofClass }: Stakes): number {
  const count = estimate.kind === 'row-mean' || leans === true ? units : Math.min(units, ofClass);
  // Written so that NaN is too few.
  return count >= leastCount ? count : 0;
}
