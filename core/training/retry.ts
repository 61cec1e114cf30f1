import { type RetryRule, retryCauses } from '../config/train.ts';
import type { Attempt } from './attempt.ts';

export type RetryDecision =
  | { readonly kind: 'again'; readonly waitMs: number }
  /** `because` is display text. */
  | { readonly kind: 'end'; readonly because: string };

/**
 * Says whether a training that broke off is tried again.
 * @param attempts all attempts of the run so far, over all its jobs, in order
 * @param leftMs of the time limit
 * @returns `again` with a wait shorter than the time left
 */
export function decideRetry(rule: RetryRule, attempts: readonly Attempt[], leftMs: number): RetryDecision {
  const last = attempts.at(-1);
  if (last === undefined) return { kind: 'again', waitMs: 0 };
  const { outcome } = last;
  if (outcome === 'done') return { kind: 'end', because: 'it is done' };
  if (!rule.causes.some((cause) => cause === outcome)) {
    const hint = retryCauses.some((cause) => cause === outcome) ? ' (train.retry.causes in model.yml)' : '';
    return { kind: 'end', because: `an attempt that ended "${outcome}" is not tried again${hint}` };
  }
  if (!(attempts.length < rule.attempts)) {
    return { kind: 'end', because: `${attempts.length} of ${rule.attempts} attempts were made` };
  }
  const waitMs = rule.backoffSeconds * 1000 * 2 ** (attempts.length - 1);
  // NaN is no time left.
  if (!(leftMs > waitMs)) {
    return { kind: 'end', because: 'the time limit leaves no room for another attempt' };
  }
  return { kind: 'again', waitMs };
}
