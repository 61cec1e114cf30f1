import type { Attempt } from '../../core/training/attempt.ts';
import type { Usage } from '../../core/training/machine.ts';
import { decideRetry } from '../../core/training/retry.ts';
import { joinUsage } from '../../core/training/usage.ts';
import { type AttemptEnd, type AttemptPlan, runAttempt } from './run-attempt.ts';
import type { Restored, TrainingDeps, TrainingInputs } from './training.ts';

/** All that the attempts of this job came to. */
export interface Attempts {
  /** Those of earlier jobs of the run included, in order. */
  readonly all: readonly Attempt[];
  readonly last: AttemptEnd;
  /** Of all attempts of this job together. */
  readonly usage: Usage | null;
}

type Common = Omit<AttemptPlan, 'number' | 'resumedFrom' | 'deadlineMs'>;

/** Tries until it is done, until the rule says no, or until the time is over. */
export async function runAttempts(
  plan: Common,
  inputs: TrainingInputs,
  deps: TrainingDeps,
): Promise<Attempts> {
  const { retry, timeoutMinutes } = inputs.model.train;
  const deadline = deps.now().getTime() + timeoutMinutes * 60_000;
  const restored = (await plan.keeper?.restore()) ?? nothing;
  let earlier = restored.attempts;
  let resumedFrom = restored.digest;
  let usage: Usage | null = null;
  for (;;) {
    const number = earlier.length + 1;
    if (number > 1) deps.log(`attempt ${number} of ${Math.max(number, retry.attempts)}${from(resumedFrom)}`);
    const deadlineMs = performance.now() + Math.max(0, deadline - deps.now().getTime());
    const last = await runAttempt({ ...plan, number, resumedFrom, deadlineMs }, inputs, deps);
    usage = joinUsage(usage, last.usage);
    const all = [...earlier, last.attempt];
    const decision = decideRetry(retry, all, deadline - deps.now().getTime());
    if (decision.kind === 'end') {
      if (last.attempt.outcome !== 'done')
        deps.log(`training ended: ${last.attempt.how}; ${decision.because}`);
      return { all, last, usage };
    }
    deps.log(`attempt ${number} ended: ${last.attempt.how}; the next one in ${decision.waitMs / 1000} s`);
    await deps.wait(decision.waitMs);
    if (deps.cancel.aborted) return { all, last, usage };
    earlier = all;
    // The folder is still there: what was kept safe last is what it goes on from.
    resumedFrom = last.progress.checkpoint ?? resumedFrom;
  }
}

const nothing: Restored = { digest: null, attempts: [] };

const from = (digest: string | null): string =>
  digest === null ? '' : `, from the checkpoint ${digest.slice(0, 19)}…`;
