import { describe, expect, it } from 'vitest';
import { judgementOf } from '../evidence/evidence.fixture.ts';
import { promotionInput, proposalInput, requestOf, stageMove } from '../policy/decision.fixture.ts';
import type { DecisionInput } from '../policy/decision.ts';
import type { BreakGlassUse } from './break-glass.ts';
import { findLook } from './held-out-look.ts';
import type { ModelState } from './ledger.ts';
import { toLedgerFacts } from './ledger-facts.ts';
import { operationId } from './operation.ts';
import { move, staged, after as stateAfter } from './registry.fixture.ts';
import { requireSameLedger, requireSameUses } from './same-ledger.ts';
import { emptyState } from './stream.ts';

const seen = stateAfter(staged('a'), staged('b'), move({ version: 1 }));
const decided = (change = requestOf({ moves: [stageMove()] }), at: ModelState | null = seen): DecisionInput =>
  promotionInput({ change, judgement: null, ledger: toLedgerFacts(change, at) });

const same = { hint: expect.stringContaining('Read the ledger again'), kind: 'conflict' } as const;
const moved = (code: string, message: string) => expect.objectContaining({ ...same, code, message });

describe('a decision whose ledger is the same', () => {
  it('stands, whatever the ledger learned that it did not look at', () => {
    expect(() => requireSameLedger(decided(), seen)).not.toThrow();
    const later = stateAfter(staged('a'), staged('b'), move({ version: 1 }), staged('c'));
    expect(() => requireSameLedger(decided(), later)).not.toThrow();
    expect(() => requireSameLedger(decided(undefined, null), null)).not.toThrow();
    expect(() => requireSameLedger(decided(undefined, null), emptyState('flight-delay'))).not.toThrow();
  });
});

describe('a decision is sent back', () => {
  it('when another version serves, which is named with who brought it', () => {
    const now = stateAfter(
      ...[staged('a'), staged('b'), move({ version: 1 }), move({ version: 2, endpoint: 'us' })],
    );
    const elsewhere = decided(requestOf({ moves: [stageMove({ version: 9 })] }));
    expect(() => requireSameLedger(elsewhere, now)).toThrow(
      moved(
        'LEDGER_CHAMPION_MOVED',
        'v2 serves us since pull request 4; this was decided when nothing served there',
      ),
    );
    const replaced = stateAfter(staged('a'), staged('b'), move({ version: 1 }), move({ version: 2 }));
    expect(() => requireSameLedger(elsewhere, replaced)).toThrow(
      moved(
        'LEDGER_CHAMPION_MOVED',
        'v2 serves eu since pull request 4; this was decided when v1 served there',
      ),
    );
  });

  it('when nothing serves any more, or what is to be returned to changed alone', () => {
    const left = stateAfter(
      staged('a'),
      staged('b'),
      move({ version: 1 }),
      move({ version: 1, to: 'archived' }),
    );
    expect(() => requireSameLedger(decided(), left)).toThrow(
      moved(
        'LEDGER_CHAMPION_MOVED',
        'nothing serves eu since pull request 4; this was decided when v1 served there',
      ),
    );
    expect(() => requireSameLedger(decided(), null)).toThrow(
      moved('LEDGER_CHAMPION_MOVED', 'nothing serves eu; this was decided when v1 served there'),
    );
    const endpoints = new Map([...seen.endpoints].map(([at, each]) => [at, { ...each, previous: 7 }]));
    expect(() => requireSameLedger(decided(), { ...seen, endpoints })).toThrow(
      moved(
        'LEDGER_CHAMPION_MOVED',
        'v1 serves eu since pull request 3; this was decided when v1 served there',
      ),
    );
  });

  it('when a version that it moves is at another stage', () => {
    const change = requestOf({ moves: [stageMove({ version: 2 }), stageMove({ version: 1 })] });
    const now = stateAfter(
      ...[staged('a'), staged('b'), move({ version: 1 })],
      move({ version: 2, to: 'rejected' }),
    );
    expect(() => requireSameLedger(decided(change), now)).toThrow(
      moved('LEDGER_STAGE_MOVED', 'v2 is rejected now; the decision saw it staging'),
    );
    // The artifacts are the same on both sides but for one that the decision did not know.
    const unseen = decided(change);
    const ledger = { ...unseen.ledger, artifacts: [] };
    expect(() => requireSameLedger({ ...unseen, ledger }, seen)).toThrow(
      moved('LEDGER_STAGE_MOVED', 'v1 is production now; the decision saw it unknown'),
    );
    const versions = new Map([...seen.versions].filter(([version]) => version !== 2));
    expect(() => requireSameLedger(decided(change), { ...seen, versions })).toThrow(
      moved('LEDGER_STAGE_MOVED', 'v2 is unknown now; the decision saw it staging'),
    );
  });

  it('when its look has another number by now, and only then', () => {
    const judgement = judgementOf();
    const input = (fields: Partial<DecisionInput>) =>
      proposalInput({ judgement, ledger: { champions: [], artifacts: [] }, ...fields });
    const look = findLook(judgement, 7001, null);
    if (look === null) throw new Error('no look');
    const labels = judgement.heldOut.labelsDigest;
    const worn = {
      ...emptyState('flight-delay'),
      heldOut: new Map([[labels, { looks: 2, lastAt: 'then' }]]),
    };
    expect(() => requireSameLedger(input({ heldOutLook: 1 }), worn)).toThrow(
      moved('LEDGER_LOOK_MOVED', 'It was decided as look 1 on the held-out set and is look 3 now'),
    );
    const counted = { ...worn, looks: new Map([[operationId(look.facts), 1]]) };
    expect(() => requireSameLedger(input({ heldOutLook: 1 }), counted)).not.toThrow();
    expect(() => requireSameLedger(input({ heldOutLook: 3 }), worn)).not.toThrow();
    expect(() => requireSameLedger(input({}), worn)).not.toThrow();
    expect(() => requireSameLedger(input({ heldOutLook: 1, judgement: null }), worn)).not.toThrow();
    const nothingRead = { ...judgement, comparisons: [] };
    expect(() => requireSameLedger(input({ heldOutLook: 1, judgement: nothingRead }), worn)).not.toThrow();
  });
});

describe('uses of break-glass', () => {
  const use = (model: string, pullRequest: number): BreakGlassUse => ({
    ...{ model, version: 1, endpoint: 'eu', pullRequest, at: '2026-11-20T10:00:00Z' },
    ...{ reviewBy: '2026-11-27T10:00:00Z', reviewed: false },
  });
  const statesWith = (...uses: readonly BreakGlassUse[]) =>
    new Map(
      ['flight-delay', 'churn'].map((model) => [
        model,
        { ...emptyState(model), breakGlass: uses.filter((each) => each.model === model) },
      ]),
    );
  const now = '2026-11-21T10:00:00Z';
  const own = use('flight-delay', 1);
  const foreign = use('churn', 2);
  const plain = (uses: readonly BreakGlassUse[]) =>
    promotionInput({ now, breakGlass: { uses, reviews: [] } as never });
  const urgent = (uses: readonly BreakGlassUse[]) =>
    promotionInput({ now, breakGlass: { asked: {}, uses, reviews: [] } as never });
  const sentBack = moved('LEDGER_EMERGENCY_MOVED', 'Another emergency was recorded or reviewed meanwhile');

  it('of its own model send back a plain move; those of others do not', () => {
    expect(() => requireSameUses(plain([]), statesWith())).not.toThrow();
    expect(() => requireSameUses(plain([own]), statesWith(own, foreign))).not.toThrow();
    expect(() => requireSameUses(plain([own, foreign]), statesWith(own))).not.toThrow();
    expect(() => requireSameUses(plain([]), statesWith(own))).toThrow(sentBack);
    expect(() => requireSameUses(plain([own]), statesWith())).toThrow(sentBack);
    expect(() => requireSameUses(promotionInput({ now }), statesWith(own))).toThrow(sentBack);
    expect(() => requireSameUses(promotionInput({ now }), statesWith(foreign))).not.toThrow();
    expect(() => requireSameUses(plain([own]), statesWith({ ...own, reviewed: true }))).toThrow(sentBack);
  });

  it('of every model send back an emergency', () => {
    expect(() => requireSameUses(urgent([own, foreign]), statesWith(foreign, own))).toThrow(sentBack);
    expect(() => requireSameUses(urgent([foreign, own]), statesWith(foreign, own))).not.toThrow();
    expect(() => requireSameUses(urgent([own]), statesWith(own, foreign))).toThrow(sentBack);
    const nothing = { ...urgent([]), change: { kind: 'nothing', because: '' } as const };
    expect(() => requireSameUses(nothing, statesWith(foreign))).toThrow(sentBack);
    const quiet = { ...nothing, breakGlass: undefined };
    expect(() => requireSameUses(quiet as never, statesWith(own))).not.toThrow();
  });

  it('that were reviewed more than 30 days before are counted by nobody, without a time by everybody', () => {
    const old = { ...own, at: '2026-01-01T00:00:00Z', reviewed: true };
    expect(() => requireSameUses(plain([]), statesWith(old))).not.toThrow();
    const { now: _, ...timeless } = plain([]);
    expect(() => requireSameUses(timeless, statesWith(old))).toThrow(sentBack);
  });
});
