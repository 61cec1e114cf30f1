import { describe, expect, it } from 'vitest';
import type { Move } from '../change/change.ts';
import type { Freeze } from '../config/stage-rule.ts';
import { digest, judgementOf, model, v1AtEu } from '../evidence/evidence.fixture.ts';
import type { BreakGlassUse } from '../registry/break-glass.ts';
import {
  ask,
  breakGlass,
  byGovernors,
  emergency,
  emergencyPolicy,
  emergencyRequest,
  use,
} from './break-glass.fixture.ts';
import { freeAt, overdueUses, recentUses } from './break-glass.ts';
import { decide } from './decide.ts';
import { ada, omar, promotionInput, reviewOf, rita, rosa, stageMove } from './decision.fixture.ts';
import type { DecisionInput } from './decision.ts';
import { breakGlassNoteOf } from './emergency-note.ts';
import { subjectOf } from './subject.ts';

const decided = (fields: Partial<DecisionInput> = {}) => decide(byGovernors(emergency(fields)));
const codes = (fields: Partial<DecisionInput> = {}) =>
  decided(fields)
    .findings.filter(({ severity }) => severity === 'fail')
    .map(({ code }) => code);
const stageIn = (fields: object) => ({
  ...emergencyPolicy,
  stages: { ...emergencyPolicy.stages, production: { ...emergencyPolicy.stages.production, ...fields } },
});

describe('an emergency goes past what the policy declares', () => {
  it('gates that nobody measured, and the quorum of other roles', () => {
    const decision = decided();
    expect(decision.kind).toBe('allowed');
    expect(decision.passedOver).toEqual(['judgement', 'approvals']);
    expect(decision.counted.map(({ reviewer, role }) => [reviewer.login, role])).toEqual([
      ['ada', 'governor'],
      ['rosa', 'governor'],
    ]);
    expect(decide(byGovernors({ ...emergency(), breakGlass: { uses: [] } })).kind).not.toBe('allowed');
  });

  it('gates that fail, soak and freeze', () => {
    const policy = { ...stageIn({ soakHours: 48 }), freeze: [freeze] };
    const failing = judgementOf({ version: 2, auc: 0.55, champions: [v1AtEu] });
    const decision = decided({ policy, judgement: failing });
    // When it came to staging is not known: that is no soak to go past.
    expect(decision.kind).toBe('not evaluated');
    const since = { since: '2026-11-21T10:30:00Z' };
    const { ledger } = emergency();
    const known = { ...ledger, artifacts: ledger.artifacts.map((each) => ({ ...each, ...since })) };
    const soaking = decided({ policy, judgement: failing, ledger: known });
    expect(soaking.kind).toBe('allowed');
    expect(soaking.passedOver).toEqual(['judgement', 'time', 'approvals']);
    expect(soaking.findings.every(({ severity }) => severity !== 'fail')).toBe(true);
    expect(soaking.rules.find(({ rule }) => rule === 'judgement')?.because).toMatch(
      /^Passed over by break-glass/,
    );
  });

  it('is written down with digests, names of rules and times, and no word of people', () => {
    const input = byGovernors(emergency());
    expect(breakGlassNoteOf(input, decide(input))).toEqual({
      by: 'ben',
      reason: digest('eu answers nothing'),
      past: ['judgement', 'approvals'],
      expiresAt: '2026-11-21T13:00:00Z',
      reviewBy: '2026-11-22T11:00:00Z',
    });
    expect(breakGlassNoteOf(promotionInput(), decide(promotionInput()))).toBeNull();
  });

  it('a judgement that arrives later takes no approval away: what was approved is the move', () => {
    const failing = judgementOf({ version: 2, auc: 0.55, champions: [v1AtEu] });
    expect(subjectOf(emergency({ judgement: failing }))).toBe(subjectOf(emergency()));
    expect(
      subjectOf(emergency({ breakGlass: { asked: { ...ask, until: '2026-11-21' }, uses: [] } })),
    ).not.toBe(subjectOf(emergency()));
    expect(
      subjectOf(emergency({ policy: { ...emergencyPolicy, breakGlass: { ...breakGlass, hours: 5 } } })),
    ).not.toBe(subjectOf(emergency()));
  });
});

const freeze: Freeze = {
  ...{ kind: 'dates', from: '2026-11-01', until: '2026-11-30', reason: 'Holidays' },
  to: ['production'],
};

describe('an emergency never goes past', () => {
  const withLedger = (fields: Partial<DecisionInput['ledger']>) => ({ ...emergency().ledger, ...fields });
  const moving = (...moves: readonly Move[]) => emergencyRequest({ moves });
  const moved = withLedger({
    champions: [{ ...v1AtEu, version: 3, previous: 1, artifactDigest: digest('v3') }],
  });

  it.each<[string, Partial<DecisionInput>, string]>([
    [
      'a policy that lets nobody',
      { policy: { ...emergencyPolicy, breakGlass: undefined } as never },
      'break-glass/not-allowed',
    ],
    ['a withdrawn version', { barred: [{ kind: 'withdrawn', version: 2, path: 'w' }] }, 'target/withdrawn'],
    [
      'revoked data',
      { barred: [{ kind: 'revoked', version: 2, dataset: 'flights', path: 'd' }] },
      'target/data-revoked',
    ],
    [
      'a file that may withdraw it',
      { barred: [{ kind: 'unreadable', version: 2, path: 'w', because: '?' }] },
      'target/unreadable',
    ],
    ['bytes that are gone', { stored: [{ version: 2, present: false }] }, 'target/bytes-missing'],
    [
      'evidence that is not believed',
      { refusals: [{ code: 'receipt/signature', severity: 'fail', message: 'forged', fix: 'x' }] },
      'receipt/signature',
    ],
    [
      'a champion that moved',
      { ledger: moved, judgement: judgementOf({ version: 2, champions: [v1AtEu] }) },
      'judgement/champion-moved',
    ],
    [
      'a judgement of other bytes',
      { judgement: judgementOf({ version: 3, champions: [v1AtEu] }) },
      'judgement/other-versions',
    ],
    ['a fork', { fork: true }, 'break-glass/fork'],
    ['a version that is unknown', { ledger: withLedger({ artifacts: [] }) }, 'request/unknown-version'],
    ['an endpoint that is not there', { model: { ...model, endpoints: ['us'] } }, 'request/unknown-endpoint'],
    [
      'registered to production',
      {
        change: moving(stageMove({ from: 'registered' })),
        ledger: withLedger({
          artifacts: [{ version: 2, artifactDigest: digest('v2 bytes'), stage: 'registered' }],
        }),
      },
      'request/registered-to-production',
    ],
    ['the order of stages', { policy: stageIn({ promotesFrom: ['candidate'] }) }, 'request/promotes-from'],
    [
      'other moves than its file names',
      { change: moving(stageMove({ endpoint: 'us' })) },
      'break-glass/other-moves',
    ],
    [
      'one move more',
      { change: moving(stageMove(), stageMove({ endpoint: 'us' })) },
      'break-glass/other-moves',
    ],
    [
      'another file beside it',
      { change: emergencyRequest({ configuration: ['break-glass/outage.yml', '.github/gatehouse.yml'] }) },
      'break-glass/mixed',
    ],
    [
      'code beside it',
      {
        change: emergencyRequest({
          contentPaths: [{ path: 'src/a.py', before: null, after: 'x', mode: '100644' }],
        }),
      },
      'break-glass/mixed',
    ],
    ['its end', { now: '2026-11-21T13:00:00Z' }, 'break-glass/expired'],
    ['a review that is overdue', { breakGlass: { asked: ask, uses: [use] } }, 'break-glass/review-overdue'],
    [
      'one of another model',
      { breakGlass: { asked: ask, uses: [{ ...use, model: 'churn' }] } },
      'break-glass/review-overdue',
    ],
  ])('%s', (_, fields, code) => {
    expect(codes(fields)).toContain(code);
    expect(decided(fields).kind).toBe('refused');
  });

  it('people: author, contributor, who asks, a bot, one governor, none at all', () => {
    const input = emergency();
    const by = (...people: readonly Parameters<typeof reviewOf>[0][]) =>
      decide({ ...input, reviews: people.map((each) => reviewOf(each, ['governor'], input)) }).kind;
    expect(by(ada, rosa)).toBe('allowed');
    expect(by(ada)).toBe('waiting');
    expect(by()).toBe('waiting');
    const excluded = (because: 'author' | 'contributor' | 'pusher') =>
      decide(byGovernors({ ...input, exclusions: [{ person: rosa, because }] })).kind;
    expect(['author', 'contributor', 'pusher'].map((each) => excluded(each as 'author'))).toEqual([
      ...['waiting', 'waiting', 'waiting'],
    ]);
    const asked = { asked: { ...ask, by: 'Rosa' }, uses: [] };
    expect(decided({ breakGlass: asked }).kind).toBe('waiting');
    expect(decided({ pushersKnown: false }).kind).toBe('waiting');
    const others = emergency();
    expect(
      decide({
        ...others,
        reviews: [reviewOf(rita, ['reviewer'], others), reviewOf(omar, ['owner'], others)],
      }).kind,
    ).toBe('waiting');
  });

  it('a change request, and as many governors as the move asks for without it', () => {
    const input = byGovernors(emergency());
    const objects = reviewOf(omar, ['owner'], input, { state: 'CHANGES_REQUESTED' });
    expect(decide({ ...input, reviews: [...input.reviews, objects] }).kind).toBe('refused');
    const three = stageIn({ approvals: [{ role: 'governor', count: 3 }] });
    expect(decided({ policy: three }).missing).toMatchObject([{ role: 'governor', count: 1 }]);
  });
});

describe('time', () => {
  const at = (now: string | undefined, fields: Partial<DecisionInput> = {}) =>
    decided({ ...(now === undefined ? { now: undefined as never } : { now }), ...fields });

  it('it holds for as many hours before its end as the policy says, to the second', () => {
    expect(at('2026-11-21T12:59:59Z').kind).toBe('allowed');
    expect(at('2026-11-21T13:00:00Z').kind).toBe('refused');
    const early = at('2026-11-21T08:59:59Z');
    expect(early.kind).toBe('waiting');
    expect(JSON.stringify(early.rules)).toContain('from 2026-11-21 09:00 UTC to 2026-11-21 13:00 UTC');
    const { now: _, ...timeless } = emergency();
    expect(decide(byGovernors(timeless)).kind).toBe('not evaluated');
  });

  it('an approval that is older than those hours does not count', () => {
    const input = emergency({ now: '2026-11-21T12:59:59Z', breakGlass: { asked: ask, uses: [] } });
    const given = (submittedAt: string) => {
      const reviews = [ada, rosa].map((each) =>
        reviewOf(each, ['governor'], input, {
          submittedAt,
          evidenceChecks: [{ id: 1, subject: subjectOf(input) ?? '', completedAt: '2026-11-21T08:00:00Z' }],
        }),
      );
      return decide({ ...input, reviews });
    };
    expect(given('2026-11-21T08:59:59Z').kind).toBe('allowed');
    const late = given('2026-11-21T08:59:58Z');
    expect(late.kind).toBe('waiting');
    expect(late.uncounted[0]?.because).toContain('more than 4 hours ago');
  });

  it('so many in 30 days over all models, by pull request, to the second', () => {
    const used = (pullRequest: number, when: string, name = 'churn'): BreakGlassUse => ({
      ...use,
      ...{ model: name, pullRequest, at: when, reviewed: true },
    });
    const two = [used(3, '2026-11-01T11:00:00Z'), used(4, '2026-11-05T11:00:00Z', 'flight-delay')];
    const full = decided({ breakGlass: { asked: ask, uses: two } });
    expect(full.kind).toBe('waiting');
    expect(JSON.stringify(full.rules)).toContain('the next is possible from 2026-12-01 11:00 UTC');
    // Two endpoints of one pull request are one use.
    const one = [used(4, '2026-11-05T11:00:00Z'), { ...used(4, '2026-11-05T11:00:00Z'), endpoint: 'us' }];
    expect(decided({ breakGlass: { asked: ask, uses: one } }).kind).toBe('allowed');
    const now = Date.parse('2026-12-01T11:00:00Z');
    expect(recentUses(two, now)).toHaveLength(1);
    expect(recentUses(two, now - 1000)).toHaveLength(2);
    expect(freeAt([used(1, 'no time')], 1, now)).not.toBeNull();
  });

  it('a review is overdue after its time and not at it; a time that cannot be read is overdue', () => {
    const due = Date.parse(use.reviewBy);
    expect(overdueUses([use], due)).toEqual([]);
    expect(overdueUses([use], due + 1)).toEqual([use]);
    expect(overdueUses([{ ...use, reviewBy: 'soon' }], due)).toHaveLength(1);
    expect(overdueUses([{ ...use, reviewed: true }], due + 1)).toEqual([]);
  });
});
