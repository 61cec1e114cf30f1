import process from 'node:process';

/** Heard when the job is cancelled. Close it when nothing is left to be ended. */
export interface CancelSignal {
  readonly signal: AbortSignal;
  readonly close: () => void;
}

/**
 * Listens for a cancelled job: the runner sends SIGINT, after 7.5 seconds SIGTERM, after 2.5 more it kills.
 * @see https://docs.github.com/actions/reference/workflow-cancellation-reference
 */
export function openCancelSignal(): CancelSignal {
  const controller = new AbortController();
  const onSignal = (): void => controller.abort();
  const names = ['SIGINT', 'SIGTERM'] as const;
  for (const name of names) process.on(name, onSignal);
  return {
    signal: controller.signal,
    close: () => {
      for (const name of names) process.off(name, onSignal);
    },
  };
}
