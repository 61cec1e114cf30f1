import { type Comparison, compareModels } from './compare.ts';

export interface ScoresInput {
  /** 0 or 1, one a held-out row. */
  readonly labels: Uint8Array;
  /** Probability of class 1, aligned with the labels (`alignByKey`). */
  readonly challenger: Float64Array;
  /** Aligned likewise; null when there is no champion. */
  readonly champion: Float64Array | null;
  /** Metrics besides the usual ones, as gates name them. */
  readonly metrics?: readonly string[];
  readonly seed: number;
}

/** What every judgement of two classes shows, whatever its gates name. */
const usual = ['auc', 'log-loss', 'brier', 'accuracy'];

/** Compares two sets of scores of two classes. */
export function compareScores({ labels, challenger, champion, metrics = [], seed }: ScoresInput): Comparison {
  return compareModels({
    truth: { kind: 'binary', values: labels },
    challenger: { kind: 'score', values: challenger },
    champion: champion && { kind: 'score', values: champion },
    metrics: [...usual, ...metrics],
    context: { task: 'binary-classification' },
    seed,
  });
}
