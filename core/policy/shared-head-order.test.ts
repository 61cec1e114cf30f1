import { describe, expect, it } from 'vitest';
import { judgementOf, v1AtEu } from '../evidence/evidence.fixture.ts';
import {
  omar,
  promotionInput,
  requestOf,
  reviewOf,
  rita,
  rosa,
  stageMove,
  withReviews,
} from './decision.fixture.ts';
import type { Decision, DecisionInput } from './decision.ts';
import { decideTogether, poolShared } from './shared-head.ts';

const onto = (baseRef: string, fields: Partial<DecisionInput> = {}): DecisionInput => {
  const judgement = judgementOf({ version: 2, champions: [v1AtEu] });
  return promotionInput({
    baseRef,
    judgement: { ...judgement, origin: { ...judgement.origin, baseRef } },
    ...fields,
  });
};
const approved = (input: DecisionInput): DecisionInput =>
  withReviews(input, reviewOf(rita, ['reviewer'], input), reviewOf(omar, ['owner'], input));

/** One input for each answer, onto any base. */
const inputs: Readonly<Record<Decision['kind'], (baseRef: string) => DecisionInput>> = {
  refused: (baseRef) => onto(baseRef, { model: null }),
  'not evaluated': (baseRef) => onto(baseRef, { judgement: null }),
  waiting: (baseRef) => onto(baseRef, { judgement: null, runs: [] }),
  allowed: (baseRef) => approved(onto(baseRef)),
  nothing: (baseRef) => onto(baseRef, { change: { kind: 'nothing', because: '' } }),
};
const kinds = ['refused', 'not evaluated', 'waiting', 'allowed', 'nothing'] as const;
const pairs = kinds.flatMap((one, at) => kinds.slice(at + 1).map((other) => [one, other] as const));

describe('of two answers', () => {
  it.each(pairs)('%s and %s: the better on one base, the worse of two', (worse, better) => {
    for (const [first, second] of [
      [worse, better],
      [better, worse],
    ] as const) {
      const same = decideTogether([inputs[first]('main'), inputs[second]('main')]);
      expect([same.decision.kind, same.at]).toEqual([better, first === better ? 0 : 1]);
      const two = decideTogether([inputs[first]('main'), inputs[second]('dev')]);
      expect([two.decision.kind, two.at]).toEqual([worse, first === worse ? 0 : 1]);
    }
  });

  it.each(kinds)('%s twice: the first', (kind) => {
    expect(decideTogether([inputs[kind]('main'), inputs[kind]('main')]).at).toBe(0);
    expect(decideTogether([inputs[kind]('main'), inputs[kind]('dev')]).at).toBe(0);
  });

  it('a base that only reports holds nobody up', () => {
    const reporting = (input: DecisionInput) => ({
      ...input,
      policy: { ...input.policy, enforce: false as const },
    });
    const of = (kind: Decision['kind'], other: Decision['kind']) =>
      decideTogether([reporting(inputs[kind]('main')), inputs[other]('dev')]).decision.kind;
    expect(of('refused', 'waiting')).toBe('waiting');
    expect(of('waiting', 'not evaluated')).toBe('not evaluated');
    expect(of('refused', 'allowed')).toBe('refused');
    expect(of('allowed', 'refused')).toBe('refused');
  });
});

it('pooled reviews stand once each, by number; a role that one does not name stays as others know it', () => {
  const said = (...ids: readonly number[]) =>
    withReviews(onto('main'), ...ids.map((id) => reviewOf(rosa, ['reviewer'], onto('main'), { id })));
  const knowing = (canApprove: DecisionInput['canApprove']) => ({ ...said(5, 3), canApprove });
  const pooled = poolShared(knowing({ a: ['x', 'y'], b: ['x'], c: ['z'] }), [
    { ...said(9, 3), canApprove: { a: ['x', 'y'] } },
    { ...said(1), canApprove: { a: ['y'], b: [], d: ['x'] }, change: requestOf({ moves: [stageMove()] }) },
  ]);
  expect(pooled.reviews.map(({ id }) => id)).toEqual([1, 3, 5, 9]);
  expect(pooled.canApprove).toEqual({ a: ['y'], b: [], c: ['z'] });
  expect('openedByBot' in pooled).toBe(false);
  expect(poolShared(pooled, [])).toBe(pooled);
});
