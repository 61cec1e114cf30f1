import { parentPort, workerData } from 'node:worker_threads';
import type { ComparedModels, PartPlan } from '../../core/evaluation/comparison-input.ts';
import { resampleRange } from '../../core/evaluation/resample.ts';

/** What one thread does of a comparison. */
export interface ResampleTask {
  readonly models: ComparedModels;
  readonly plans: readonly PartPlan[];
  readonly from: number;
  readonly to: number;
}

const { models, plans, from, to } = workerData as ResampleTask;
const values = resampleRange(models, plans, from, to);
parentPort?.postMessage(values, [values.buffer as ArrayBuffer]);
