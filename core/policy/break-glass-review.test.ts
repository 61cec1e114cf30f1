import { describe, expect, it } from 'vitest';
import { digest, v1AtEu } from '../evidence/evidence.fixture.ts';
import { emergency, emergencyRequest, use } from './break-glass.fixture.ts';
import { decide } from './decide.ts';
import { ada, omar, promotionInput, reviewOf, rita, stageMove } from './decision.fixture.ts';
import type { DecisionInput } from './decision.ts';

describe('after an emergency that nobody reviewed', () => {
  const usual = (fields: Partial<DecisionInput>) => {
    const input = promotionInput({ now: '2026-11-21T11:00:00Z', breakGlass: { uses: [use] }, ...fields });
    const reviews = [reviewOf(rita, ['reviewer'], input), reviewOf(omar, ['owner', 'governor'], input)];
    return decide({ ...input, reviews });
  };

  it('the model goes nowhere but back, and the text says what to write', () => {
    const late = usual({});
    expect(late.kind).toBe('refused');
    const [finding] = late.findings;
    expect(finding?.code).toBe('break-glass/review-overdue');
    expect(finding?.fix).toContain('break-glass/NAME.review.yml for #7');
    expect(finding?.sample?.lines.slice(0, 3)).toEqual([
      'version: 1',
      'model: flight-delay',
      'pull-request: 7',
    ]);
    expect(usual({ now: '2026-11-21T09:59:59Z' }).kind).toBe('allowed');
    expect(usual({ breakGlass: { uses: [{ ...use, reviewed: true }] } }).kind).toBe('allowed');
    expect(usual({ breakGlass: { uses: [{ ...use, model: 'churn' }] } }).kind).toBe('allowed');
    const { now: _, ...timeless } = promotionInput({ breakGlass: { uses: [use] } });
    expect(decide(timeless).kind).not.toBe('allowed');
  });

  it('a rollback and a way out of production wait for no review', () => {
    const ledger = {
      champions: [{ ...v1AtEu, previous: 3 }],
      artifacts: [
        { version: 1, artifactDigest: digest('v1 bytes'), stage: 'production' as const },
        { version: 3, artifactDigest: digest('v3'), stage: 'archived' as const, wasInProductionAt: ['eu'] },
      ],
    };
    const back = stageMove({ version: 3, from: 'archived', rollback: true });
    expect(
      usual({
        change: { ...emergencyRequest(), configuration: [], contentPaths: [], moves: [back] },
        ledger,
        judgement: null,
      }).kind,
    ).toBe('allowed');
    const out = stageMove({ version: 1, from: 'production', to: 'archived' });
    expect(
      usual({
        change: { ...emergencyRequest(), configuration: [], contentPaths: [], moves: [out] },
        ledger,
        judgement: null,
      }).kind,
    ).toBe('allowed');
  });

  it('a review is of a use that waits, and governors approve it', () => {
    const change = emergencyRequest({ moves: [], configuration: ['break-glass/outage.review.yml'] });
    const review = { name: 'outage', model: 'flight-delay', pullRequest: 7, digest: digest('a bad deploy') };
    const input = (fields: object = {}) =>
      emergency({ change, breakGlass: { reviews: [{ ...review, ...fields }], uses: [use] } });
    const by = (one: DecisionInput, ...people: readonly Parameters<typeof reviewOf>[0][]) =>
      decide({ ...one, reviews: people.map((each) => reviewOf(each, ['governor'], one)) });
    expect(by(input(), ada).kind).toBe('allowed');
    expect(by(input()).kind).toBe('waiting');
    expect(by(input({ pullRequest: 8 }), ada).kind).toBe('refused');
    expect(by(input({ model: 'churn' }), ada).kind).toBe('refused');
    expect(by(input({}), ada).passedOver).toBeUndefined();
  });
});
