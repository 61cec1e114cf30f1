import { expect, it } from 'vitest';
import type { Transaction } from '../registry/ledger.ts';
import { transactionsOf } from './forgery.fixture.ts';
import { linesOf } from './history.ts';
import { tellStory } from './ledger.fixture.ts';
import { recordedGaps, withGaps } from './recorded-gaps.ts';

const transactions = transactionsOf(tellStory().files).filter(
  ({ stream }) => stream === 'model/flight-delay',
);
const open = {
  requiresCheck: false,
  ...{ requiresPullRequest: true, blocksForcePush: true, blocksDeletion: true, restrictsUpdates: true },
};

const keep = (protection: unknown): readonly Transaction[] =>
  transactions.map((transaction) => ({
    ...transaction,
    decisionInput: { ...(transaction.decisionInput as object), protection },
  }));

it('tells of promotions and rollbacks alone what stood open, from what was kept beside them', () => {
  const kept = keep({ base: open, ledger: null });
  const lines = withGaps(linesOf(kept.flatMap(({ events }) => events)), recordedGaps(kept));
  const told = lines.filter(({ unprotected }) => unprotected !== undefined);
  expect(told.map(({ what }) => what)).toEqual(['promoted', 'promoted', 'rolled back to']);
  expect(told[0]?.unprotected).toEqual([
    'base branch main (the check "gatehouse" of this app is not required)',
    'ledger branch (GitHub does not tell which rules are in force)',
  ]);
});

it('says nothing where nothing was kept, or what is kept is no such thing', () => {
  for (const given of [transactions, keep({ base: open }), keep('open')])
    expect([...recordedGaps(given).values()].flat()).toEqual([]);
});
