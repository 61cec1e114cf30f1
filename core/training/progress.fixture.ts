import type { Progress, ProgressPoint } from './progress.ts';
import { addPoint, startProgress } from './progress-log.ts';

/** A moment so many seconds after the start of `makeProgress`. */
export const later = (seconds: number): string =>
  new Date(Date.parse('2026-11-21T10:00:00Z') + seconds * 1000).toISOString();

export const makePoint = (own: Partial<ProgressPoint> = {}): ProgressPoint => ({
  ...{ at: later(0), epoch: null, epochs: null, step: null, steps: null, metrics: {} },
  ...own,
});

/** The first attempt of flight-delay in run 8812. */
export const makeProgress = (
  points: readonly ProgressPoint[] = [],
  own: Partial<Progress> = {},
): Progress => ({
  ...points.reduce(
    addPoint,
    startProgress({
      ...{ model: 'flight-delay', commit: 'a'.repeat(40), runId: 8812, runAttempt: 1 },
      ...{ attempt: 1, attempts: 1, startedAt: later(0) },
    }),
  ),
  ...own,
});
