import { seedGenerator } from '../statistics/mulberry32.ts';
import type { CompareInput } from './compare.ts';

/** Every metric of two classes. */
export const binaryNames = [
  'auc',
  'log-loss',
  'brier',
  'accuracy',
  'balanced-accuracy',
  'precision',
  'recall',
  'specificity',
  'f1',
  'f-beta@2',
  'pr-auc',
  'ece',
  'mce',
  'mcc',
  'kappa',
];

/** Rows whose label follows a hidden probability; `noise` blurs what a model sees of it. */
export function drawBinary(rows: number, seed: number) {
  const next = seedGenerator(seed);
  const truth = Float64Array.from({ length: rows }, () => 0.05 + 0.9 * next());
  const labels = Uint8Array.from(truth, (p) => (next() < p ? 1 : 0));
  const see = (noise: number) => truth.map((p) => Math.min(1, Math.max(0, p + noise * (next() - 0.5))));
  return { labels, see };
}

/** Two models of two classes, ready to be compared by all metrics. */
export function toBinary(
  labels: Uint8Array,
  challenger: Float64Array,
  champion: Float64Array | null,
  options: Pick<CompareInput, 'seed' | 'resamples' | 'resampleAll'> & {
    readonly metrics?: readonly string[];
  },
): CompareInput {
  return {
    truth: { kind: 'binary', values: labels },
    challenger: { kind: 'score', values: challenger },
    champion: champion && { kind: 'score', values: champion },
    metrics: binaryNames,
    context: { task: 'binary-classification' },
    ...options,
  };
}
