import { refuse } from '../evaluation/refusal.ts';
import type { ClaimedRun, FinishedRun, RunRecord } from './evidence.ts';

/** What evidence and ledger keep of a run, beside the digest of its whole record. */
export function toClaimedRun(run: FinishedRun): ClaimedRun {
  const { grade, model, commit, changedFiles, runId, runAttempt, trigger, command, image, startedAt } = run;
  const { durationMs, runner, machine, seed, parameters, metrics, cost, datasets, artifact } = run;
  return {
    ...{ grade, model, commit, changedFiles, runId, runAttempt, trigger, command, image, startedAt },
    ...{ durationMs, runner, machine, seed, parameters, metrics, cost, datasets, artifact },
    attempts: run.attempts.length,
  };
}

/**
 * Refuses a run that did not end well: there is nothing to store and nothing to judge.
 * @throws InputError JUDGE_RUN_UNFINISHED
 */
export function requireFinished(run: RunRecord): FinishedRun {
  const { artifact, outcome } = run;
  if (artifact !== null) return { ...run, artifact };
  throw refuse(
    'judge/run-unfinished',
    'The training ended without a model file, so there is nothing to judge. This says nothing about the model',
    'Read the summary of the training job: it says how the training ended, and what to change.',
    { found: outcome, allowed: 'done' },
  );
}
