import { expect, test } from 'vitest';
import { judgementOf } from '../evidence/evidence.fixture.ts';
import type { JudgementEvidence } from '../evidence/evidence.ts';
import { evolve } from './evolve.ts';
import { findLook, nextCharge } from './held-out-look.ts';
import type { ModelState } from './ledger.ts';
import { operationId } from './operation.ts';
import { ada, write } from './registry.fixture.ts';
import { emptyState } from './stream.ts';

const judgement = judgementOf();

/** Counts a judgement as the app does. */
function count(state: ModelState, each: JudgementEvidence, at: number): ModelState {
  const found = findLook(each, 7001, state);
  if (found === null || found.counted) return state;
  const { heldOut, result } = found.facts;
  const [event] = write(state, { kind: 'use-held-out', heldOut, result }, at).events;
  return event ? evolve(state, { ...event, operation: operationId(found.facts) }) : state;
}

test('the first result is look 1, and is the same look however often it is found', () => {
  expect(findLook(judgement, 7001, null)).toMatchObject({ number: 1, counted: false });
  const state = count(emptyState('flight-delay'), judgement, 1);
  const again = { ...judgement, origin: { ...judgement.origin, pullRequest: 99, runId: 1, headSha: 'x' } };
  expect(findLook(again, 7001, state)).toMatchObject({ number: 1, counted: true });
  expect(count(state, again, 2)).toBe(state);
});

test('another result is another look, another set of labels is counted by itself', () => {
  let state = emptyState('flight-delay');
  for (const [at, auc] of [0.65, 0.66, 0.67].entries()) state = count(state, judgementOf({ auc }), at + 1);
  expect(findLook(judgementOf({ auc: 0.68 }), 7001, state)).toMatchObject({ number: 4, counted: false });
  expect(findLook(judgementOf({ auc: 0.66 }), 7001, state)).toMatchObject({ number: 2, counted: true });
  const heldOut = { ...judgement.heldOut, labelsDigest: `sha256:${'7'.repeat(64)}` } as const;
  expect(findLook({ ...judgement, heldOut }, 7001, state)).toMatchObject({ number: 1, counted: false });
});

test('what could not be evaluated is no look', () => {
  const failed: JudgementEvidence = { ...judgement, comparisons: [], verdict: 'not evaluated' };
  expect(findLook(failed, 7001, null)).toBeNull();
});

test('what one person reads of one set of labels is summed over all models; other labels are by themselves', () => {
  const labels = judgement.heldOut.labelsDigest;
  const own = count(count(emptyState('flight-delay'), judgement, 1), judgementOf({ auc: 0.66 }), 2);
  const other = count(emptyState('churn'), { ...judgement, model: 'churn' }, 3);
  const states = [own, other];
  expect(nextCharge(states, labels, ada.id)).toEqual({ labels: 4, actor: 4 });
  expect(nextCharge(states, labels, 999)).toEqual({ labels: 4, actor: 1 });
  expect(nextCharge(states, `sha256:${'7'.repeat(64)}`, ada.id)).toEqual({ labels: 1, actor: 1 });
  expect(nextCharge([], labels, ada.id)).toEqual({ labels: 1, actor: 1 });
});
