import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../config/policy.ts';
import type { Freeze } from '../config/stage-rule.ts';
import { policy } from '../evidence/evidence.fixture.ts';
import { decide } from './decide.ts';
import { omar, promotionInput, reviewOf, rita } from './decision.fixture.ts';
import type { DecisionInput } from './decision.ts';
import { nextMoment } from './next-moment.ts';
import { anyInput } from './random-input.fixture.ts';

const at = (text: string): number => Date.parse(text);
const show = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
const production = (fields: Partial<Policy['stages']['production']>): Policy => ({
  ...policy,
  stages: { ...policy.stages, production: { ...policy.stages.production, ...fields } },
});
const weekend: Freeze = {
  ...{ kind: 'weekly', from: 'fri 16:00', until: 'mon 08:00', reason: 'weekend' },
  to: ['production'],
};

describe('nextMoment', () => {
  it.each<[string, Partial<DecisionInput>, string | null]>([
    ['nothing that waits', { now: '2026-11-21T10:00:00Z' }, null],
    ['no time of the decision', { policy: { ...policy, freeze: [weekend] } }, null],
    [
      'a window of every week that is open: its end',
      { now: '2026-11-21T10:00:00Z', policy: { ...policy, freeze: [weekend] } },
      '2026-11-23T08:00:00.000Z',
    ],
    [
      'one that is not: its beginning',
      { now: '2026-11-23T08:00:00Z', policy: { ...policy, freeze: [weekend] } },
      '2026-11-27T16:00:00.000Z',
    ],
    [
      'a date lasts to the end of its day',
      {
        now: '2026-12-20T10:00:00Z',
        policy: {
          ...policy,
          freeze: [{ ...weekend, kind: 'dates', from: '2026-12-20', until: '2026-12-31' }],
        },
      },
      '2026-12-21T00:00:00.000Z',
    ],
  ])('%s', (_, fields, expected) => {
    const input = promotionInput(fields);
    const bare = { ...input, reviews: [], ledger: { ...input.ledger, artifacts: [] } };
    const { now, ...timeless } = bare;
    expect(show(nextMoment(fields.now === undefined ? timeless : { ...timeless, now }))).toBe(expected);
  });

  it('a soak ends and an approval gets too old', () => {
    const input = promotionInput({ policy: production({ soakHours: 24, expiresDays: 7 }) });
    const [artifact] = input.ledger.artifacts;
    const since = '2026-11-20T10:00:00Z';
    const soaking = {
      ...input,
      ...{ now: '2026-11-21T09:00:00Z', reviews: [] },
      ledger: { ...input.ledger, artifacts: artifact === undefined ? [] : [{ ...artifact, since }] },
    };
    expect(show(nextMoment(soaking))).toBe('2026-11-21T10:00:00.000Z');
    const approved = { ...input, ledger: { ...input.ledger, artifacts: [] } };
    const reviews = [{ ...reviewOf(rita, ['reviewer'], approved), submittedAt: '2026-11-20T08:30:00Z' }];
    const old = nextMoment({ ...approved, reviews, now: '2026-11-27T08:00:00Z' });
    expect(show(old)).toBe('2026-11-27T08:30:00.000Z');
  });

  it('until then the decision is the same, whatever is asked', () => {
    let waited = 0;
    fc.assert(
      fc.property(anyInput, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (drawn, part) => {
        const input = { ...drawn, reviews: [...drawn.reviews, reviewOf(omar, ['owner', 'governor'], drawn)] };
        if (input.now === undefined) {
          expect(nextMoment(input)).toBeNull();
          return;
        }
        const [now, next] = [at(input.now), nextMoment(input)];
        const end = next ?? now + 4_000 * 86_400_000;
        expect(end).toBeGreaterThan(now);
        const then = Math.floor(now + part * (end - now));
        if (next !== null) waited += 1;
        const kinds = (moment: string) => {
          const { kind, rules, uncounted } = decide({ ...input, now: moment });
          return { kind, states: rules.map(({ rule, state }) => [rule, state]), uncounted: uncounted.length };
        };
        const later = new Date(then).toISOString().replace(/\.\d+Z$/, 'Z');
        if (at(later) >= now) expect(kinds(later)).toEqual(kinds(input.now));
      }),
      { seed: 24, numRuns: 200 },
    );
    expect(waited).toBeGreaterThan(50);
  });
});
