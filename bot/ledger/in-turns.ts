import type { Steps } from '../../core/registry/steps.ts';

/** GitHub wants a delivery answered within seconds, and whoever looks is to wait less than that. */
const turnMs = 20;

/** Does work that takes seconds, a moment at a time: between two moments whatever else waits has its turn. */
export async function inTurns<Result>(steps: Steps<Result>): Promise<Result> {
  for (;;) {
    const endMs = performance.now() + turnMs;
    do {
      const step = steps.next();
      if (step.done === true) return step.value;
    } while (performance.now() < endMs);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
