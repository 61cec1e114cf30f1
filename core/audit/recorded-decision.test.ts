import { expect, test } from 'vitest';
import { transactionsOf } from './forgery.fixture.ts';
import { Story, tellStory } from './ledger.fixture.ts';
import { decideAgain, findDecision, recordedDecisions } from './recorded-decision.ts';

const transactions = transactionsOf(tellStory().files);
const decisions = recordedDecisions(transactions);

test('every decision of a ledger is found, and decides again as it did', () => {
  expect(decisions.map(({ cause }) => [cause.gseq, cause.stream, cause.data.type])).toEqual([
    [0, 'model/flight-delay', 'VersionRegistered'],
    [2, 'model/flight-delay', 'VersionPromoted'],
    [3, 'model/churn', 'VersionRegistered'],
    [5, 'model/flight-delay', 'VersionRegistered'],
    [7, 'model/flight-delay', 'VersionPromoted'],
    [9, 'model/flight-delay', 'VersionRolledBack'],
  ]);
  for (const { input, cause } of decisions) {
    const { kind, counted } = decideAgain(input);
    expect({ kind, counted }).toEqual({ kind: 'allowed', counted: cause.approvals });
  }
});

test('a decision is found by its entry, by the entry of a history and by the version', () => {
  const at = (text: string) => findDecision(decisions, text).cause.gseq;
  expect(['7', '8', 'flight-delay#6', 'flight-delay@v2', 'flight-delay@1', 'churn@v1'].map(at)).toEqual([
    ...[7, 7, 7, 7, 2, 3],
  ]);
  for (const text of ['99', 'nope@v1', 'flight-delay@v9', 'flight-delay', '__proto__#0', '-1', ''])
    expect(() => at(text)).toThrow(/the ledger holds no decision/);
});

test('one merge that promotes at two endpoints is one decision; a look and a correction are none', () => {
  const story = new Story();
  story.propose();
  story.move([{ version: 1 }, { version: 1, endpoint: 'us' }]);
  story.correct(2, 'pushed by hand, put back');
  const found = recordedDecisions(transactionsOf(story.files));
  expect(found.map(({ events }) => events.map(({ data }) => data.type))).toEqual([
    ['VersionRegistered', 'VersionStaged'],
    ['VersionPromoted', 'VersionPromoted'],
  ]);
});

test('inputs that were edited after they were hashed are refused, and so are inputs of no shape', () => {
  const edited = transactions.map((each, at) =>
    at === 4 ? { ...each, decisionInput: { reviews: [] } } : each,
  );
  expect(() => recordedDecisions(edited)).toThrow(/beside entry 7 are not those/);
  const broken = { change: { kind: 'request' } } as unknown as Parameters<typeof decideAgain>[0];
  expect(() => decideAgain(broken)).toThrow(/cannot be decided/);
});
