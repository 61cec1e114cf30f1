import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RetryRule, retryCauses } from '../config/train.ts';
import { makeAttempt } from './attempt.fixture.ts';
import type { AttemptOutcome } from './attempt.ts';
import { decideRetry } from './retry.ts';

const rule: RetryRule = { attempts: 3, backoffSeconds: 30, causes: ['lost-runner', 'killed'] };
const hour = 3_600_000;
const ended = (...outcomes: readonly AttemptOutcome[]) =>
  outcomes.map((outcome, at) => makeAttempt({ number: at + 1, outcome }));

describe('decideRetry', () => {
  it('begins, waits twice as long each time, and ends', () => {
    expect(decideRetry(rule, [], 0)).toEqual({ kind: 'again', waitMs: 0 });
    expect(decideRetry(rule, ended('killed'), hour)).toEqual({ kind: 'again', waitMs: 30_000 });
    expect(decideRetry(rule, ended('lost-runner', 'killed'), hour)).toEqual({
      kind: 'again',
      waitMs: 60_000,
    });
    expect(decideRetry(rule, ended('killed', 'killed', 'killed'), hour)).toEqual({
      kind: 'end',
      because: '3 of 3 attempts were made',
    });
  });

  it.each<readonly [AttemptOutcome, string]>([
    ['done', 'it is done'],
    ['failed', 'an attempt that ended "failed" is not tried again'],
    [
      'out-of-memory',
      'an attempt that ended "out-of-memory" is not tried again (train.retry.causes in model.yml)',
    ],
  ])('ends after %s', (outcome, because) => {
    expect(decideRetry(rule, ended('killed', outcome), hour)).toEqual({ kind: 'end', because });
  });

  it('ends where no time is left', () => {
    const because = 'the time limit leaves no room for another attempt';
    for (const leftMs of [0, 30_000, -1, Number.NaN]) {
      expect(decideRetry(rule, ended('killed'), leftMs)).toEqual({ kind: 'end', because });
    }
    expect(decideRetry({ ...rule, attempts: 1 }, ended('killed'), hour)).toMatchObject({
      because: '1 of 1 attempts were made',
    });
  });

  it('never more attempts than allowed, never after an end that is not among the causes, never past the limit', () => {
    const outcomes: readonly AttemptOutcome[] = ['done', 'failed', 'cancelled', 'timed-out', ...retryCauses];
    const rules = fc.record({
      attempts: fc.integer({ min: 1, max: 10 }),
      backoffSeconds: fc.nat(3600),
      causes: fc.subarray([...retryCauses]),
    });
    const times = fc.oneof(fc.integer({ min: -10, max: 10 * hour }), fc.constant(Number.NaN));
    fc.assert(
      fc.property(
        rules,
        fc.array(fc.constantFrom(...outcomes), { minLength: 1, maxLength: 12 }),
        times,
        (some, ends, leftMs) => {
          const decision = decideRetry(some, ended(...ends), leftMs);
          if (decision.kind === 'end') return;
          expect(ends.length).toBeLessThan(some.attempts);
          expect(some.causes).toContain(ends.at(-1));
          expect(decision.waitMs).toBeGreaterThanOrEqual(0);
          expect(decision.waitMs).toBeLessThan(leftMs);
          const next = decideRetry({ ...some, attempts: 20 }, ended(...ends, 'killed'), Number.MAX_VALUE);
          if (next.kind === 'again') expect(next.waitMs).toBe(2 * decision.waitMs);
        },
      ),
    );
  });
});
