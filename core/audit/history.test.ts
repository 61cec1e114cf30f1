import { expect, test } from 'vitest';
import type { LedgerEvent, LedgerEventData } from '../registry/ledger.ts';
import { historyOf } from './history.ts';
import { options, tellStory } from './ledger.fixture.ts';
import type { LedgerVerification } from './verification.ts';
import { verifyLedger } from './verify.ts';

const story = tellStory();
const proven = verifyLedger(story.files, story.anchors, options);

test('every event of one model is a line, in order, and no event of another one', () => {
  const lines = historyOf(proven, 'flight-delay');
  const own = proven.events.filter(({ stream }) => stream === 'model/flight-delay');
  expect(lines.map(({ seq, hash }) => [seq, hash])).toEqual(own.map(({ seq, hash }) => [seq, hash]));
  expect(lines.length).toBeLessThan(proven.events.length);
  expect(lines[0]).toMatchObject({ what: 'registered', version: 1, from: null, to: 'registered' });
  expect(lines.find(({ what }) => what === 'promoted')).toMatchObject({
    endpoint: 'eu',
    because: 'no champion before',
  });
});

const lineOf = (data: object) => {
  const [event] = proven.events;
  const events = [
    { ...(event as LedgerEvent), stream: 'model/flight-delay', data: data as LedgerEventData },
  ] as const;
  return historyOf({ ...proven, events }, 'flight-delay')[0];
};
const moved = { version: 2, from: 'staging', to: 'production' };

test.each([
  [{ ...moved, type: 'VersionPromoted', endpoint: 'eu', replaced: 1 }, 'promoted', 'replaces v1'],
  [
    { ...moved, type: 'VersionRolledBack', endpoint: 'eu', replaced: 3 },
    'rolled back to',
    'replaces v3, not judged again',
  ],
  [{ ...moved, type: 'VersionArchived', endpoint: 'eu', because: 'demoted' }, 'archived', 'demoted'],
  [{ ...moved, type: 'VersionRejected', to: 'rejected' }, 'rejected', 'requested'],
  [{ ...moved, type: 'VersionShortlisted', to: 'candidate' }, 'shortlisted', 'requested'],
  [
    { type: 'HeldOutUsed', heldOut: 'sha256:ab', result: 'sha256:cd', look: 3 },
    'judged',
    'look 3 on the held-out labels sha256:ab',
  ],
  [{ type: 'Correction', ofSeq: 4, reason: 'pushed by hand' }, 'correction', 'of event 4: pushed by hand'],
])('%j is told as %s, %s', (data, what, because) => {
  const endpoint = 'endpoint' in data ? data.endpoint : null;
  expect(lineOf(data)).toMatchObject({ what, because, endpoint });
});

test('a ledger that is not proven, or that does not know the model, has no history', () => {
  const failed: LedgerVerification = { ...proven, verdict: 'fail' };
  expect(() => historyOf(failed, 'flight-delay')).toThrow(
    expect.objectContaining({ code: 'LEDGER_UNVERIFIED' }),
  );
  expect(() => historyOf(proven, 'toString')).toThrow(
    expect.objectContaining({ code: 'LEDGER_UNKNOWN_MODEL' }),
  );
});
