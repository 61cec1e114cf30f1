import { expect, test } from 'vitest';
import { judgementOf } from '../evidence/evidence.fixture.ts';
import { digestBytes } from '../json/canonical.ts';
import type { Transaction } from '../registry/ledger.ts';
import type { LookCharge } from '../registry/look.ts';
import { forge, transactionsOf } from './forgery.fixture.ts';
import { options, Story } from './ledger.fixture.ts';
import { verifyLedger } from './verify.ts';

const artifactDigest = digestBytes('flight-delay 1 bytes');
const first = judgementOf({ artifactDigest });
const renamed = { ...judgementOf({ auc: 0.66 }), model: 'churn' };

/** Two models that name the same labels, counted as the app does. */
function tell(): Story {
  const story = new Story();
  story.look(first, { charged: true });
  story.look(renamed, { charged: true });
  story.look(judgementOf({ auc: 0.67 }), { charged: true });
  return story;
}

const chargesOf = (story: Story, model: string) =>
  [...story.state(model).charges.values()].map(({ charged }) => charged);

test('a new model that names the same labels goes on where the others stopped', () => {
  const story = tell();
  expect(chargesOf(story, 'flight-delay')).toEqual([
    { labels: 1, actor: 1 },
    { labels: 3, actor: 3 },
  ]);
  expect(chargesOf(story, 'churn')).toEqual([{ labels: 2, actor: 2 }]);
  expect([...story.state('churn').looks.values()]).toEqual([1]);
  expect(verifyLedger(story.files, story.anchors, options).findings).toEqual([]);
});

test('entries from before this was counted stay readable, and count', () => {
  const story = new Story();
  story.look(first);
  story.look(renamed, { charged: true });
  expect(chargesOf(story, 'flight-delay')).toEqual([null]);
  expect(chargesOf(story, 'churn')).toEqual([{ labels: 2, actor: 2 }]);
  expect(verifyLedger(story.files, story.anchors, options).findings).toEqual([]);
});

test('one who writes himself a smaller number is found without any anchor', () => {
  const as = (charged: LookCharge) => (transaction: Transaction) => ({
    ...transaction,
    events: transaction.events.map((event) => ({ ...event, data: { ...event.data, charged } as never })),
  });
  const transactions = transactionsOf(tell().files);
  const found = (charged: LookCharge) => {
    const files = forge(
      transactions.map((each) => (each.stream === 'model/churn' ? as(charged)(each) : each)),
    );
    return verifyLedger(files, [], options).findings.filter(({ code }) => code === 'ledger/look');
  };
  expect(found({ labels: 2, actor: 2 })).toEqual([]);
  expect(found({ labels: 1, actor: 1 })).toMatchObject([
    { found: '1 on the labels, 1 of its actor', allowed: '2 on the labels, 2 of its actor' },
  ]);
  // Of its own model alone the fold knows: never fewer, and nobody looks more often than all.
  expect(() => found({ labels: 1, actor: 2 })).toThrow(
    'it is charged as look 1 on the labels, 2 of its actor',
  );
});

test('a decision that was told of another charge is found', () => {
  const problems = (heldOutCharge: LookCharge) => {
    const story = new Story();
    story.look(renamed, { charged: true });
    story.look(first, { charged: true });
    story.propose('flight-delay', 'staging', { heldOutLook: 1, heldOutCharge });
    return verifyLedger(story.files, story.anchors, options).findings.map(({ message }) => message);
  };
  expect(problems({ labels: 2, actor: 2 })).toEqual([]);
  expect(problems({ labels: 1, actor: 1 })).toEqual([expect.stringContaining('another charge')]);
});
