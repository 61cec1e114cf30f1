import { describe, expect, it } from 'vitest';
import { makeRunRecord } from '../evidence/run-record.fixture.ts';
import type { AttemptOutcome } from '../training/attempt.ts';
import { nextTrials } from './next-trials.ts';
import { makeSearch } from './search.fixture.ts';
import type { PlannedTrial, TrialState } from './trial.ts';
import { endTrial } from './trial-end.ts';

const planned = nextTrials(makeSearch(), []).trials[1] as PlannedTrial;
const end = (own: Parameters<typeof makeRunRecord>[0]) =>
  endTrial(planned, 3, { kind: 'record', record: makeRunRecord(own) }, 'auc');

describe('endTrial', () => {
  it('takes the metric that the search compares, the time and the cost', () => {
    expect(end({ metrics: { loss: 1, auc: 0.7 }, durationMs: 1_800_000 })).toEqual({
      ...{ number: 2, rung: 0, round: 3, parameters: planned.parameters, resource: null },
      ...{ state: 'done', how: 'done', value: 0.7, hours: 0.5, cost: 0.0063 },
    });
    expect(end({ cost: null }).cost).toBeNull();
  });

  it.each<readonly [AttemptOutcome, TrialState]>([
    ['failed', 'failed'],
    ['timed-out', 'failed'],
    ['out-of-memory', 'failed'],
    ['gpu-out-of-memory', 'failed'],
    ['killed', 'lost'],
    ['lost-runner', 'lost'],
    ['out-of-disk', 'lost'],
    ['cancelled', 'lost'],
    ['service', 'lost'],
  ])('an attempt that ended %s is %s, whatever it claims', (outcome, state) => {
    expect(end({ outcome, metrics: { auc: 1 } })).toMatchObject({ state, how: outcome, value: null });
  });

  it('is failed without the metric, or with one that is no number', () => {
    const how = 'did not claim the metric auc';
    expect(end({ metrics: {} })).toMatchObject({ state: 'failed', value: null, how });
    expect(end({ metrics: { auc: Number.NaN } })).toMatchObject({ state: 'failed', value: null, how });
    const inherited = endTrial(planned, 1, { kind: 'record', record: makeRunRecord() }, 'toString');
    expect(inherited).toMatchObject({ state: 'failed', value: null });
  });

  it('is lost where nothing was left, and failed where what was left is no record', () => {
    expect(endTrial(planned, 1, { kind: 'nothing' }, 'auc')).toMatchObject({
      state: 'lost',
      hours: 0,
      cost: null,
    });
    expect(endTrial(planned, 1, { kind: 'unreadable', why: 'a link' }, 'auc')).toMatchObject({
      state: 'failed',
      how: 'a link',
    });
  });
});
