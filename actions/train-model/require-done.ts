import { InputError, ServiceError } from '../../core/error/error.ts';
import { outcomeHint } from '../../core/report/training-outcome.ts';
import type { Training } from './training.ts';

/**
 * Fails the step of a training that is not done, after its record was written.
 * @throws InputError TRAIN_FAILED when the command said so itself, TRAIN_TIMEOUT at the time limit; ServiceError
 * TRAIN_ENDED for all other ends: they say nothing about the model
 */
export function requireDone({ record }: Training): void {
  const { outcome, attempts } = record;
  if (outcome === 'done') return;
  const last = attempts.at(-1);
  const many = attempts.length > 1 ? ` after ${attempts.length} attempts` : '';
  const what = `The training command ended with ${last?.how ?? 'nothing'}${many}`;
  const hint = outcomeHint(outcome);
  if (outcome === 'failed') throw new InputError('TRAIN_FAILED', what, { hint });
  if (outcome === 'timed-out') {
    throw new InputError('TRAIN_TIMEOUT', `The training did not end within its time limit${many}`, { hint });
  }
  throw new ServiceError('TRAIN_ENDED', `${what} (${outcome})`, { hint });
}
