import { expect, test } from 'vitest';
import type { Policy } from '../config/policy.ts';
import { omar, promotionInput, reviewOf, rita, withReviews } from '../policy/decision.fixture.ts';
import { previewDecision } from './policy-preview.ts';

const waiting = promotionInput();
const { policy } = waiting;
const production = (fields: Partial<Policy['stages']['production']>): Policy => ({
  ...policy,
  stages: { ...policy.stages, production: { ...policy.stages.production, ...fields } },
});
const approved = withReviews(
  waiting,
  reviewOf(rita, ['reviewer'], waiting),
  reviewOf(omar, ['owner'], waiting),
);

test('the same policy changes nothing, and nothing stands in the way of what is allowed', () => {
  expect(previewDecision(approved, policy)).toMatchObject({
    before: 'allowed',
    after: 'allowed',
    by: [],
    anew: false,
  });
  expect(previewDecision(waiting, policy)).toMatchObject({
    before: 'waiting',
    after: 'waiting',
    anew: false,
  });
});

test('one more approval: what is allowed would wait, by that rule, and its approvals are asked for again', () => {
  const strict = production({ approvals: [{ role: 'governor', count: 3 }] });
  const preview = previewDecision(approved, strict);
  expect(preview).toMatchObject({ before: 'allowed', after: 'waiting', anew: true });
  expect(preview.by.map(({ rule }) => rule)).toEqual(['approvals / 3 × governor']);
});

test('one approval fewer: what waits would be allowed', () => {
  const half = withReviews(waiting, reviewOf(omar, ['owner'], waiting));
  const open = production({ approvals: [{ role: 'owner', count: 1 }] });
  expect(previewDecision(half, policy).before).not.toBe('refused');
  expect(previewDecision(half, open)).toMatchObject({ after: 'allowed', by: [] });
});

test('rules about something else keep approvals; who is in a role does not void them either', () => {
  const other = { ...policy, store: 'https://elsewhere.example', ledger: { ...policy.ledger, branch: 'b' } };
  expect(previewDecision(approved, other)).toMatchObject({ after: 'allowed', anew: false });
  const roles = { ...policy.roles, governor: { users: ['zoe'], teams: [] } };
  expect(previewDecision(approved, { ...policy, roles })).toMatchObject({ anew: false });
});

test('a condition of time is part of what an approval is about', () => {
  const timed = { ...approved, now: '2026-11-22T00:00:00Z' };
  expect(previewDecision(timed, production({ expiresDays: 400 })).anew).toBe(true);
});
