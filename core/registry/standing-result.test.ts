import { describe, expect, it } from 'vitest';
import { judgementOf, v1AtEu } from '../evidence/evidence.fixture.ts';
import type { JudgementEvidence } from '../evidence/evidence.ts';
import { digestBytes } from '../json/canonical.ts';
import { evolve } from './evolve.ts';
import { findLook } from './held-out-look.ts';
import type { ModelState } from './ledger.ts';
import { operationId } from './operation.ts';
import { write } from './registry.fixture.ts';
import { isSameQuestion, standingResult } from './standing-result.ts';
import { emptyState } from './stream.ts';

/** The ledger after these were counted, in this order. */
function ledgerOf(...judgements: readonly JudgementEvidence[]): ModelState {
  return judgements.reduce((state, each, at) => {
    const look = findLook(each, 7001, state);
    if (look === null) throw new Error('no look');
    const { heldOut, result } = look.facts;
    const [event] = write(state, { kind: 'use-held-out', heldOut, result }, at + 1).events;
    return event ? evolve(state, { ...event, operation: operationId(look.facts) }) : state;
  }, emptyState('flight-delay'));
}

const standing = (judgements: readonly JudgementEvidence[], state: ModelState | null) =>
  standingResult(
    judgements.map((evidence) => ({ evidence })),
    7001,
    state,
  )?.evidence ?? null;

const first = judgementOf({ auc: 0.55 });
const luckier = judgementOf({ auc: 0.66 });
const luckiest = judgementOf({ auc: 0.7 });

describe('standingResult', () => {
  it('lets the first answer that was counted stand, however often the same is asked again', () => {
    expect(first.verdict).toBe('fail');
    expect(luckier.verdict).toBe('pass');
    expect(standing([luckiest, luckier, first], ledgerOf(first))).toBe(first);
    // Also when later answers were seen and counted.
    expect(standing([luckiest, luckier, first], ledgerOf(first, luckier, luckiest))).toBe(first);
  });

  it('takes the newest while nothing was counted, and when what was counted is gone', () => {
    expect(standing([], null)).toBeNull();
    expect(standing([luckier, first], null)).toBe(luckier);
    expect(standing([luckier], ledgerOf(first))).toBe(luckier);
  });

  it('lets nothing stand that came to no verdict: a champion was missing, and may be there now', () => {
    const open: JudgementEvidence = { ...first, verdict: 'not evaluated' };
    expect(standing([luckier, open], ledgerOf(first))).toBe(luckier);
  });

  it.each<readonly [string, JudgementEvidence]>([
    ['other bytes', judgementOf({ auc: 0.66, artifactDigest: digestBytes('other') })],
    ['other rules', { ...luckier, rulesDigest: digestBytes('other') }],
    ['other content', { ...luckier, origin: { ...luckier.origin, contentDigest: digestBytes('other') } }],
    ['other rows', { ...luckier, heldOut: { ...luckier.heldOut, featuresDigest: digestBytes('other') } }],
    ['another champion', judgementOf({ auc: 0.66, champions: [v1AtEu] })],
    ['another version', { ...luckier, version: 7 }],
  ])('asks a new question with %s', (_, other) => {
    expect(isSameQuestion(other, first)).toBe(false);
    expect(standing([other, first], ledgerOf(first))).toBe(other);
  });

  it('asks anew what was measured: latency is no look at labels, and a slow machine no fault of the model', () => {
    const measured = (result: 'pass' | 'fail'): JudgementEvidence => {
      const [comparison] = first.comparisons;
      const [metric] = comparison?.metrics ?? [];
      const [gate] = comparison?.gates ?? [];
      if (comparison === undefined || metric === undefined || gate === undefined) throw new Error('nothing');
      return {
        ...first,
        comparisons: [
          {
            ...comparison,
            metrics: [...comparison.metrics, { ...metric, metric: 'latency-p95', grade: 'measured' }],
            gates: [...comparison.gates, { ...gate, metric: 'latency-p95', result }],
          },
        ],
      };
    };
    expect(isSameQuestion(measured('fail'), measured('fail'))).toBe(true);
    expect(isSameQuestion(measured('fail'), measured('pass'))).toBe(false);
  });
});
