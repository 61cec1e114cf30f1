import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { omar, promotionInput, proposalInput, reviewOf, rita, withReviews } from './decision.fixture.ts';
import type { DecisionInput } from './decision.ts';
import { type BranchGuard, type Protection, protectionGaps } from './protection.ts';

const closed: BranchGuard = {
  requiresCheck: true,
  requiresPullRequest: true,
  blocksForcePush: true,
  blocksDeletion: true,
  restrictsUpdates: true,
};
const decideApproved = (input: DecisionInput) =>
  decide(withReviews(input, reviewOf(rita, ['reviewer'], input), reviewOf(omar, ['owner', 'risk'], input)));
const guards = fc.option(
  fc.record({
    requiresCheck: fc.boolean(),
    requiresPullRequest: fc.boolean(),
    blocksForcePush: fc.boolean(),
    blocksDeletion: fc.boolean(),
    restrictsUpdates: fc.boolean(),
  }),
);

describe('what stood around a promotion', () => {
  it('is told in words when it is open or unknown, and not when it is closed', () => {
    expect(protectionGaps({ base: closed, ledger: closed }, 'main')).toEqual([]);
    expect(protectionGaps({ base: { ...closed, requiresCheck: false }, ledger: null }, 'main')).toEqual([
      'base branch main (the check "gatehouse" of this app is not required)',
      'ledger branch (GitHub does not tell which rules are in force)',
    ]);
    // A base branch is deleted by nobody who wants to get past the gate; the ledger is.
    expect(protectionGaps({ base: { ...closed, blocksDeletion: false }, ledger: closed }, 'main')).toEqual(
      [],
    );
    expect(
      protectionGaps({ base: closed, ledger: { ...closed, blocksDeletion: false } }, 'main'),
    ).toHaveLength(1);
  });

  it('is a note of the decision, and of promotions alone', () => {
    const protection: Protection = { base: null, ledger: closed };
    const notes = (given: Parameters<typeof decide>[0]) =>
      decide(given).findings.filter(({ code }) => code === 'protection/gap');
    expect(notes(promotionInput({ protection }))).toMatchObject([{ severity: 'note' }]);
    expect(notes(promotionInput({ protection: { base: closed, ledger: closed } }))).toEqual([]);
    expect(notes(proposalInput({ protection }))).toEqual([]);
  });

  it('is met only where rulesets keep both branches: what is open is not asked for, and told once', () => {
    const told = (base: BranchGuard | null, ledger: BranchGuard | null) => {
      const { rules, findings } = decideApproved(promotionInput({ protection: { base, ledger } }));
      const line = rules.find(({ rule }) => rule === 'protection');
      return [line?.state, line?.because, findings.filter(({ code }) => code === 'protection/gap').length];
    };
    expect(told(closed, closed)).toEqual(['met', 'Rulesets keep both branches.', 0]);
    expect(told({ ...closed, requiresPullRequest: false, blocksForcePush: false }, null)).toEqual([
      'skipped',
      'Decides nothing, only noted. Not kept by rulesets: base branch main (direct pushes are open, force-pushes are open), ledger branch (GitHub does not tell which rules are in force).',
      1,
    ]);
  });

  it('decides nothing: whatever it says, the decision is the same', () => {
    const without = decideApproved(promotionInput());
    fc.assert(
      fc.property(guards, guards, (base, ledger) => {
        const decided = decideApproved(promotionInput({ protection: { base, ledger } }));
        expect([decided.kind, decided.verdict, decided.subject, decided.moves]).toEqual([
          ...[without.kind, without.verdict, without.subject, without.moves],
        ]);
      }),
      { seed: 19, numRuns: 40 },
    );
  });
});
