import { readProbabilities } from './class-sample.ts';
import type { Pass, PassWeights } from './metric-pass.ts';
import type { Sample } from './sample.ts';
import { orderByValue } from './score-order.ts';

/** Pairs of rows of two classes, and how many of them the probabilities put in the right order. */
export interface ClassRanking extends Pass {
  readonly classes: number;
  /** Weight of the rows of each class. */
  readonly truth: Float64Array;
  /** At `own * classes + other`: pairs in which the row of `own` has the higher probability of `own`, ties half. */
  readonly won: Float64Array;
}

/** Rows in ascending order of the probability of one class. */
interface ClassOrder {
  readonly own: number;
  readonly rows: Uint32Array;
  readonly truth: Uint16Array;
  /** 1 at the last row of each probability. */
  readonly last: Uint8Array;
}

/**
 * Counts all pairs of classes at once: one walk a class, from which one-vs-rest and one-vs-one both follow.
 * @throws InputError METRIC_UNDEFINED
 */
export function makeClassRanking(sample: Sample): ClassRanking {
  const { columns, truth } = readProbabilities(sample, 'AUC of classes');
  const classes = columns.length;
  const orders = columns.map((column, own) => orderClass(own, column, truth));
  const below = new Float64Array(classes);
  const ranking: ClassRanking = {
    classes,
    truth: new Float64Array(classes),
    won: new Float64Array(classes * classes),
    run: (weights) => {
      ranking.truth.fill(0);
      for (let row = 0; row < truth.length; row++) {
        const own = truth[row] as number;
        ranking.truth[own] = (ranking.truth[own] as number) + (weights[row] as number);
      }
      ranking.won.fill(0);
      for (const order of orders) addPairs(order, weights, below, ranking.won);
    },
  };
  return ranking;
}

function orderClass(own: number, column: Float64Array, truth: Uint16Array): ClassOrder {
  const rows = orderByValue(column);
  const last = Uint8Array.from(rows, (row, at) => {
    const next = rows[at + 1];
    return next === undefined || column[next] !== column[row] ? 1 : 0;
  });
  return { own, rows, truth: Uint16Array.from(rows, (row) => truth[row] as number), last };
}

function addPairs(order: ClassOrder, weights: PassWeights, below: Float64Array, won: Float64Array): void {
  const { own, rows, truth, last } = order;
  const classes = below.length;
  below.fill(0);
  let start = 0;
  let ofOwn = 0;
  for (let at = 0; at < rows.length; at++) {
    const other = truth[at] as number;
    const weight = weights[rows[at] as number] as number;
    // Rows of one probability count half while its own rows are met, and whole after that.
    if (other === own) ofOwn += weight;
    else below[other] = (below[other] as number) + weight / 2;
    if (last[at] === 0) continue;
    if (ofOwn > 0) {
      for (let to = 0; to < classes; to++) {
        won[own * classes + to] = (won[own * classes + to] as number) + ofOwn * (below[to] as number);
      }
    }
    for (; start <= at; start++) {
      const to = truth[start] as number;
      if (to !== own) below[to] = (below[to] as number) + (weights[rows[start] as number] as number) / 2;
    }
    ofOwn = 0;
  }
}
