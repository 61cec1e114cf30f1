import type { Progress, ProgressPoint } from './progress.ts';

/** Runs whose time says something about the next one. */
const mostRuns = 5;

/**
 * How long the attempt will still take, from its own pace; where it does not say how far it is, from how long earlier
 * runs took. Claimed, and shown only.
 * @param earlierDurationsMs of earlier runs of the model, newest first
 * @returns milliseconds at the time of `updatedAt`, 0 or more; null when neither tells
 */
export function estimateLeft(progress: Progress, earlierDurationsMs: readonly number[]): number | null {
  return fromPace(progress) ?? fromEarlier(progress, earlierDurationsMs);
}

/** Part of the attempt that is done, 0 to 1; null when it does not say. */
export function partDone({ points }: Progress): number | null {
  const reach = points.map(reachOf).findLast((each) => each !== null);
  return reach == null ? null : reach.done / reach.all;
}

interface Reach {
  readonly kind: 'epoch' | 'step';
  readonly done: number;
  readonly all: number;
}

function reachOf({ epoch, epochs, step, steps }: ProgressPoint): Reach | null {
  if (epoch !== null && epochs !== null) return { kind: 'epoch', done: epoch, all: epochs };
  return step !== null && steps !== null ? { kind: 'step', done: step, all: steps } : null;
}

/** From the first to the last point that say it in the same words: a resumed attempt does not begin at 0. */
function fromPace({ points, attempt, startedAt }: Progress): number | null {
  const told = points.flatMap((point) => {
    const reach = reachOf(point);
    return reach === null ? [] : [{ ...reach, at: Date.parse(point.at) }];
  });
  const last = told.at(-1);
  if (last === undefined) return null;
  const first = told.find(({ kind, done }) => kind === last.kind && done < last.done);
  // One point alone: the way from the start, when there was nothing to go on from.
  const from = first ?? (attempt === 1 ? { done: 0, at: Date.parse(startedAt) } : null);
  if (from === null || last.done <= from.done) return null;
  const left = ((last.at - from.at) / (last.done - from.done)) * (last.all - last.done);
  return Number.isFinite(left) && left >= 0 ? left : null;
}

function fromEarlier({ startedAt, updatedAt }: Progress, durationsMs: readonly number[]): number | null {
  const sorted = durationsMs
    .filter((each) => Number.isFinite(each) && each > 0)
    .slice(0, mostRuns)
    .sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  if (low === undefined || high === undefined) return null;
  const left = (low + high) / 2 - (Date.parse(updatedAt) - Date.parse(startedAt));
  // It takes longer than they did: they tell nothing any more.
  return Number.isFinite(left) && left > 0 ? left : null;
}
