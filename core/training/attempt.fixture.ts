import type { Attempt } from './attempt.ts';

/** A first attempt that went well. */
export function makeAttempt(own: Partial<Attempt> = {}): Attempt {
  return {
    number: 1,
    runAttempt: 1,
    runner: 'gpu-1',
    startedAt: '2026-06-01T10:00:00.000Z',
    durationMs: 60_000,
    outcome: 'done',
    how: 'exit code 0',
    resumedFrom: null,
    ...own,
  };
}
