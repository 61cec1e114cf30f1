import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../config/policy.ts';
import type { Freeze } from '../config/stage-rule.ts';
import { digest, policy } from '../evidence/evidence.fixture.ts';
import { decide } from './decide.ts';
import {
  omar,
  promotionInput,
  proposalInput,
  requestOf,
  reviewOf,
  rita,
  stageMove,
} from './decision.fixture.ts';
import type { Decision, DecisionInput } from './decision.ts';

const decideApproved = (input: DecisionInput): Decision =>
  decide({
    ...input,
    reviews: [reviewOf(rita, ['reviewer'], input), reviewOf(omar, ['owner', 'governor'], input)],
  });
const timeOf = (decision: Decision) => decision.rules.find(({ rule }) => rule === 'time');
const production = (fields: Partial<Policy['stages']['production']>): Policy => ({
  ...policy,
  stages: { ...policy.stages, production: { ...policy.stages.production, ...fields } },
});
const artifacts = (since?: string) => [
  { version: 1, artifactDigest: digest('v1 bytes'), stage: 'production' as const, wasInProductionAt: ['eu'] },
  {
    version: 2,
    artifactDigest: digest('v2 bytes'),
    stage: 'staging' as const,
    ...(since === undefined ? {} : { since }),
  },
];
const promotion = (fields: Partial<DecisionInput>, since?: string): DecisionInput => {
  const input = promotionInput(fields);
  return { ...input, ledger: { ...input.ledger, artifacts: artifacts(since) } };
};

describe('soak', () => {
  const soaked = (now: string | undefined, since: string | undefined) =>
    decideApproved(
      promotion({ policy: production({ soakHours: 24 }), ...(now === undefined ? {} : { now }) }, since),
    );

  it('waits until the version was long enough in the stage before', () => {
    const early = soaked('2026-11-21T09:59:59Z', '2026-11-20T10:00:00Z');
    expect(early.kind).toBe('waiting');
    expect(timeOf(early)).toMatchObject({
      state: 'waiting',
      because: 'v2 must be in staging for 24 hours before production: it waits until 2026-11-21 10:00 UTC.',
    });
    expect(soaked('2026-11-21T10:00:00Z', '2026-11-20T10:00:00Z').kind).toBe('allowed');
  });

  it.each([
    ['no time of the decision', undefined, '2026-11-20T10:00:00Z'],
    ['no time of the version', '2026-11-21T10:00:00Z', undefined],
    ['a time that is none', '2026-11-21T10:00:00Z', 'yesterday'],
    ['a decision time that is none', 'now', '2026-11-20T10:00:00Z'],
  ])('is not met with %s', (_, now, since) => {
    expect(soaked(now, since).kind).toBe('not evaluated');
  });

  it('says nothing false about a time that no calendar has', () => {
    const policy = production({ soakHours: Number.MAX_VALUE });
    const decision = decideApproved(
      promotion({ policy, now: '2026-11-21T10:00:00Z' }, '2026-11-20T10:00:00Z'),
    );
    expect(timeOf(decision)?.because).toContain('it waits until an unknown time');
  });

  it('asks nothing of a rollback, and has no line where nobody asks for it', () => {
    const rollback = stageMove({ version: 3, from: 'archived', rollback: true });
    const input = promotionInput({
      change: requestOf({ moves: [rollback] }),
      policy: production({ soakHours: 24 }),
    });
    expect(timeOf(decide(input))).toBeUndefined();
    expect(timeOf(decide(promotionInput()))).toBeUndefined();
  });
});

describe('freeze', () => {
  const frozen = (now: string, fields: Partial<Freeze>, input = promotionInput) => {
    const freeze: Freeze = {
      kind: 'dates',
      from: '2026-12-20',
      until: '2027-01-03',
      to: ['production'],
      reason: 'Holidays',
      ...fields,
    };
    return decideApproved(input({ now, policy: { ...policy, freeze: [freeze] } }));
  };

  it.each([
    ['2026-12-19T23:59:59Z', 'allowed'],
    ['2026-12-20T00:00:00Z', 'waiting'],
    ['2027-01-03T23:59:59Z', 'waiting'],
    ['2027-01-04T00:00:00Z', 'allowed'],
  ])('of dates, at %s: %s', (now, kind) => {
    expect(frozen(now, {}).kind).toBe(kind);
  });

  it.each([
    ['2026-11-20T15:59:59Z', 'allowed'], // a Friday
    ['2026-11-20T16:00:00Z', 'waiting'],
    ['2026-11-22T12:00:00Z', 'waiting'],
    ['2026-11-23T05:59:59Z', 'waiting'],
    ['2026-11-23T06:00:00Z', 'allowed'],
  ])('of every week over its end, at %s: %s', (now, kind) => {
    const decision = frozen(now, { kind: 'weekly', from: 'fri 16:00', until: 'mon 06:00' });
    expect(decision.kind).toBe(kind);
    if (kind === 'waiting')
      expect(timeOf(decision)?.because).toBe(
        'Moves into production wait until 2026-11-23 06:00 UTC: Holidays.',
      );
  });

  it('holds up a proposal only where its merge enters a named stage', () => {
    expect(frozen('2026-12-24T00:00:00Z', {}, proposalInput).kind).toBe('allowed');
    expect(frozen('2026-12-24T00:00:00Z', { to: ['staging'] }, proposalInput).kind).toBe('waiting');
    expect(frozen('2026-12-24T00:00:00Z', { to: ['registered'] }, proposalInput).kind).toBe('waiting');
  });

  it.each([
    ['dates', { from: 'soon' }],
    ['weekly', { kind: 'weekly' as const, from: 'fri 16:00', until: 'later' }],
  ])('that cannot be read lets nothing through (%s)', (_, fields) => {
    expect(frozen('2026-12-24T00:00:00Z', fields).kind).toBe('not evaluated');
  });

  it('is about any moment what a clock of minutes says', () => {
    const day = fc.constantFrom('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun');
    const moment = fc
      .tuple(day, fc.nat(23), fc.nat(59))
      .map(
        ([name, hour, minute]) =>
          `${name} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`,
      );
    const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
    fc.assert(
      fc.property(
        moment,
        moment,
        fc.date({ min: new Date(0), max: new Date('2099-01-01'), noInvalidDate: true }),
        (from, until, date) => {
          if (from === until) return;
          const now = date.toISOString();
          const here = `${names[date.getUTCDay()]} ${now.slice(11, 16)}`;
          const order = (text: string) => `${(names.indexOf(text.slice(0, 3)) + 6) % 7}${text.slice(3)}`;
          const [a, b, at] = [order(from), order(until), order(here)];
          const open = a < b ? a <= at && at < b : at >= a || at < b;
          expect(frozen(now, { kind: 'weekly', from, until }).kind).toBe(open ? 'waiting' : 'allowed');
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('expiry of approvals', () => {
  const given = '2026-11-21T10:00:00Z';
  const expiring = (now: string | undefined) =>
    decideApproved(
      promotionInput({ policy: production({ expiresDays: 7 }), ...(now === undefined ? {} : { now }) }),
    );

  it('does not count what is older than the policy lets it be, and says so', () => {
    expect(expiring('2026-11-28T10:00:00Z').kind).toBe('allowed');
    const late = expiring('2026-11-28T10:00:01Z');
    expect(late.kind).toBe('waiting');
    expect(late.uncounted.map(({ because, submittedAt }) => [submittedAt, because])).toEqual([
      [given, 'It was given more than 7 days ago and has expired: look and approve again.'],
      [given, 'It was given more than 7 days ago and has expired: look and approve again.'],
    ]);
  });

  it('counts none when the time is unknown', () => {
    expect(expiring(undefined).kind).toBe('waiting');
    expect(expiring('today').kind).toBe('waiting');
  });
});

describe('order of stages', () => {
  it.each([
    [['candidate'], 'refused'],
    [['candidate', 'staging'], 'allowed'],
    [[], 'refused'],
  ] as const)('a version comes into production from %j: %s', (promotesFrom, kind) => {
    const decision = decideApproved(promotionInput({ policy: production({ promotesFrom }) }));
    expect(decision.kind).toBe(kind);
    if (kind === 'refused') expect(decision.findings).toMatchObject([{ code: 'request/promotes-from' }]);
  });

  it('never lets in what is no move', () => {
    const change = requestOf({ moves: [stageMove({ from: 'registered' })] });
    const input = promotionInput({ change, policy: production({ promotesFrom: ['registered'] }) });
    expect(
      decide({
        ...input,
        ledger: {
          champions: [],
          artifacts: [{ version: 2, artifactDigest: digest('v2 bytes'), stage: 'registered' }],
        },
      }).findings,
    ).toMatchObject([{ code: 'request/registered-to-production' }]);
  });

  it('leaves a rollback alone', () => {
    const move = stageMove({ version: 3, from: 'archived', rollback: true });
    const input = promotionInput({
      change: requestOf({ moves: [move] }),
      policy: production({ promotesFrom: ['candidate'] }),
      ledger: {
        champions: [{ endpoint: 'eu', version: 1, artifactDigest: digest('v1 bytes'), previous: 3 }],
        artifacts: [
          { version: 3, artifactDigest: digest('v3 bytes'), stage: 'archived', wasInProductionAt: ['eu'] },
        ],
      },
    });
    expect(decide(input).rules[0]).toMatchObject({ rule: 'request', state: 'met' });
  });
});
