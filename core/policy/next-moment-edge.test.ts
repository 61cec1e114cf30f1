import { expect, it } from 'vitest';
import { policy, validation } from '../evidence/evidence.fixture.ts';
import { promotionInput } from './decision.fixture.ts';
import type { DecisionInput } from './decision.ts';
import { nextMoment } from './next-moment.ts';

const now = '2026-11-21T10:00:00Z';
const { ledger } = promotionInput();
const bare = promotionInput({ now, ledger: { champions: [], artifacts: [] } });
const next = (fields: Partial<DecisionInput>): string | null => {
  const at = nextMoment({ ...bare, ...fields });
  return at === null ? null : new Date(at).toISOString();
};
const since = (text: string) => ({
  ledger: {
    champions: [],
    artifacts: ledger.artifacts.slice(0, 1).map((each) => ({ ...each, since: text })),
  },
});
const production = { ...policy.stages.production, soakHours: 5, expiresDays: 2 };
const spans = { policy: { ...policy, stages: { ...policy.stages, production } } };
const weekly = (from: string, until: string) => ({
  policy: {
    ...policy,
    freeze: [{ kind: 'weekly', from, until, reason: 'weekend', to: ['production'] }] as const,
  },
});
const later = '2026-12-24T10:00:00Z';

it.each<[string, Partial<DecisionInput>, string | null]>([
  ['results and runs do not age', { runs: [{ id: 1, status: later, conclusion: later, url: later }] }, null],
  ['nor does what was validated', { validation: { ...validation, engine: later } }, null],
  ['nor what was judged', { judgement: { model: later } as never }, null],
  ['nothing is counted from now', spans, null],
  ['what is now is over', since(now), null],
  ['what comes in a second is not', since('2026-11-21T10:00:01Z'), '2026-11-21T10:00:01.000Z'],
  [
    'the earlier of a soak and an expiry',
    { ...spans, ...since('2026-11-21T09:00:00Z') },
    '2026-11-21T14:00:00.000Z',
  ],
  ['an expiry after the soak', { ...spans, ...since('2026-11-20T09:00:00Z') }, '2026-11-22T09:00:00.000Z'],
  ['both are over', { ...spans, ...since('2026-11-19T10:00:00Z') }, null],
  ['a window without beginning has an end', weekly('x', 'mon 08:00'), '2026-11-23T08:00:00.000Z'],
  ['a window that begins now begins in a week', weekly('sat 10:00', 'x'), '2026-11-28T10:00:00.000Z'],
  ['a window that begins in a minute', weekly('sat 10:01', 'x'), '2026-11-21T10:01:00.000Z'],
  ['a fact that is not there', { heldOutLook: undefined as never, pushersKnown: true }, null],
  ['no time', { now: 'soon', ...since(later) }, null],
])('%s', (_, fields, expected) => {
  expect(next(fields)).toBe(expected);
});
