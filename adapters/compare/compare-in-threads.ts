import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import {
  type CompareInput,
  type Comparison,
  finishComparison,
  prepareComparison,
} from '../../core/evaluation/compare.ts';
import { type ComparedModels, type PartPlan, widthOf } from '../../core/evaluation/comparison-input.ts';
import { resampleRange } from '../../core/evaluation/resample.ts';
import type { ResampleTask } from './resample-worker.ts';

/** Fewer numbers than this (rows times resamples times values) are drawn sooner than a thread starts. */
const usualLeast = 5e7;

/**
 * Compares two models as `compareModels` does, to the bit, with the resamples split over threads. Where a thread cannot
 * start or dies, its part is made in this one.
 * @param threads this one included; as many as the machine has processors when absent
 * @param leastWork rows times resamples times values from which on threads are started
 */
export async function compareInThreads(
  input: CompareInput,
  threads = availableParallelism(),
  leastWork = usualLeast,
): Promise<Comparison> {
  const prepared = prepareComparison(input);
  const { plans, resamples, parts } = prepared;
  const work =
    parts.reduce((sum, part, at) => sum + part.rows * widthOf(plans[at] as PartPlan), 0) * resamples;
  const count = work < leastWork ? 1 : Math.max(1, Math.min(threads, resamples));
  const models = toModels(input);
  const tasks = Array.from({ length: count }, (_, at): ResampleTask => {
    const from = Math.floor((at * resamples) / count);
    return { models, plans, from, to: Math.floor(((at + 1) * resamples) / count) };
  });
  const [own, ...others] = tasks as [ResampleTask, ...ResampleTask[]];
  // The others first: what this thread does, it does in one go.
  const waiting = others.map(drawInThread);
  const first = draw(own);
  const rest = await Promise.all(waiting);
  const drawn = [first, ...rest.map((values, at) => values ?? draw(others[at] as ResampleTask))];
  return finishComparison(prepared, concatenate(drawn));
}

const draw = ({ models, plans, from, to }: ResampleTask): Float64Array =>
  resampleRange(models, plans, from, to);

/** What a thread needs, and nothing of the shell's that cannot be sent. */
function toModels({
  truth,
  challenger,
  champion,
  thresholds,
  weights,
  groups,
  context,
  slices,
  seed,
}: CompareInput): ComparedModels {
  return {
    truth,
    challenger,
    champion,
    ...(thresholds === undefined ? {} : { thresholds }),
    weights: weights ?? null,
    groups: groups ?? null,
    context,
    ...(slices === undefined ? {} : { slices }),
    seed,
  };
}

/** In `dist` the thread's code lies beside this one, under a name of its own (scripts/build.ts). */
const workerFile = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './resample-worker.ts' : './resample-worker.js', import.meta.url);

/** @returns null when the thread gave no answer: a bundle without its file, or no memory for it */
export function drawInThread(task: ResampleTask): Promise<Float64Array | null> {
  return new Promise((resolve) => {
    const worker = startWorker(task);
    if (worker === null) {
      resolve(null);
      return;
    }
    worker.once('message', (values: Float64Array) => resolve(values));
    worker.once('error', () => resolve(null));
    worker.once('exit', () => resolve(null));
  });
}

function startWorker(workerData: ResampleTask): Worker | null {
  try {
    return new Worker(workerFile(), { workerData });
  } catch {
    // Slower without, and no less right.
    return null;
  }
}

function concatenate(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
