import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CompareInput } from '../../core/evaluation/compare.ts';
import { seedGenerator } from '../../core/statistics/mulberry32.ts';

/** Every metric of two classes. */
export const binaryMetrics: readonly string[] = [
  'auc',
  'pr-auc',
  'log-loss',
  'brier',
  'accuracy',
  'balanced-accuracy',
  'precision',
  'recall',
  'specificity',
  'f1',
  'f-beta@2',
  'mcc',
  'kappa',
  'ece',
  'mce',
];
/** Five columns of ten values each: 50 slices, and every row in five of them. */
const columns = 5;
const values = 10;

/** Writes labels, scores of two models and columns as plain numbers, which both sides read at no cost. */
export function writeSample(folder: string, rows: number): void {
  const next = seedGenerator(1);
  const labels = new Uint8Array(rows);
  const [challenger, champion] = [new Float64Array(rows), new Float64Array(rows)];
  const codes = new Uint8Array(rows * columns);
  const blur = (truth: number, noise: number) => Math.min(1, Math.max(0, truth + noise * (next() - 0.5)));
  for (let row = 0; row < rows; row++) {
    const truth = 0.05 + 0.9 * next();
    labels[row] = next() < truth ? 1 : 0;
    challenger[row] = blur(truth, 0.4);
    champion[row] = blur(truth, 0.5);
    for (let column = 0; column < columns; column++) codes[column * rows + row] = Math.floor(next() * values);
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'labels.u8'), labels);
  writeFileSync(join(folder, 'challenger.f64'), challenger);
  writeFileSync(join(folder, 'champion.f64'), champion);
  writeFileSync(join(folder, 'columns.u8'), codes);
}

/** The two models of `writeSample`, with every metric and slice. */
export function readSample(folder: string, resamples: number): CompareInput {
  const read = (name: string) => new Uint8Array(readFileSync(join(folder, name)));
  const labels = read('labels.u8');
  const codes = read('columns.u8');
  const rows = labels.length;
  const slices = Array.from({ length: columns * values }, (_, at) => {
    const [column, value] = [Math.floor(at / values), at % values];
    const own: number[] = [];
    for (let row = 0; row < rows; row++) if (codes[column * rows + row] === value) own.push(row);
    return { name: `column${column}=${value}`, rows: Uint32Array.from(own) };
  });
  return {
    truth: { kind: 'binary', values: labels },
    challenger: { kind: 'score', values: new Float64Array(read('challenger.f64').buffer) },
    champion: { kind: 'score', values: new Float64Array(read('champion.f64').buffer) },
    context: { task: 'binary-classification' },
    metrics: binaryMetrics,
    slices,
    seed: 1,
    resamples,
  };
}
