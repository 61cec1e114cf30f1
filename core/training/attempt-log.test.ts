import { describe, expect, it } from 'vitest';
import { makeAttempt } from './attempt.fixture.ts';
import {
  type AttemptLog,
  attemptArtifactName,
  closeAttempts,
  newestAttemptLog,
  parseAttemptArtifactName,
  parseAttemptLog,
  renderAttemptLog,
} from './attempt-log.ts';

const first = makeAttempt({ outcome: 'killed', how: 'exit code 137' });
const { durationMs: _, outcome: __, how: ___, ...begun } = makeAttempt({ number: 2 });
const make = (own: Partial<AttemptLog> = {}): AttemptLog => ({
  ...{ v: 1, runId: 5, ended: [first], open: begun, heardAt: '2026-06-01T10:20:00.000Z' },
  ...own,
});

describe('closeAttempts', () => {
  it('takes an attempt without an end for lost with its runner', () => {
    expect(closeAttempts(make())).toEqual([
      first,
      {
        ...{ ...begun, durationMs: 1_200_000, outcome: 'lost-runner' },
        how: 'nothing was heard of it after 2026-06-01T10:20:00.000Z',
      },
    ]);
    expect(closeAttempts(make({ open: null }))).toEqual([first]);
    expect(closeAttempts(make({ heardAt: '2026-06-01T09:00:00.000Z' }))[1]?.durationMs).toBe(0);
  });
});

describe('newestAttemptLog', () => {
  it('takes the last word', () => {
    const later = make({ heardAt: '2026-06-01T10:30:00.000Z' });
    expect(newestAttemptLog([make(), later, null])).toBe(later);
    expect(newestAttemptLog([null])).toBe(null);
  });
});

describe('parseAttemptLog', () => {
  it('reads what was written', () => {
    expect(parseAttemptLog(renderAttemptLog(make()), 5)).toEqual(make());
    expect(parseAttemptLog(renderAttemptLog(make({ open: null, ended: [] })), 5).ended).toEqual([]);
  });

  it.each<readonly [string, string, RegExp]>([
    ['no JSON', '{', /not believed/],
    ['another run', renderAttemptLog(make({ runId: 6 })), /another run/],
    ['no object', '3', /at its top/],
    [
      'a long text',
      renderAttemptLog(make({ ended: [{ ...first, how: 'x'.repeat(201) }] })),
      /at ended\.0\.how/,
    ],
    [
      'an outcome of its own',
      renderAttemptLog(make({ ended: [{ ...first, outcome: 'fine' as 'done' }] })),
      /outcome/,
    ],
    ['too many', renderAttemptLog(make({ ended: Array.from({ length: 201 }, () => first) })), /at ended/],
  ])('refuses %s', (_name, text, message) => {
    expect(() => parseAttemptLog(text, 5)).toThrow(
      expect.objectContaining({ code: 'ATTEMPTS_INVALID', message: expect.stringMatching(message) }),
    );
  });
});

describe('names', () => {
  it('are read back for their own training only', () => {
    const name = attemptArtifactName('churn', { runAttempt: 2, number: 7 });
    expect(name).toBe('gatehouse-attempts-churn-2-7');
    expect(parseAttemptArtifactName('churn', name)).toEqual({ runAttempt: 2, number: 7 });
    for (const other of ['gatehouse-attempts-churn-2-7-1', 'gatehouse-attempts-churn-0-1', 'model']) {
      expect(parseAttemptArtifactName('churn', other)).toBe(null);
    }
    expect(
      parseAttemptArtifactName('churn-2', attemptArtifactName('churn', { runAttempt: 2, number: 7 })),
    ).toBe(null);
  });
});
