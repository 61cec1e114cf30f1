import { expect, test } from 'vitest';
import { judgementOf } from '../evidence/evidence.fixture.ts';
import { digestBytes } from '../json/canonical.ts';
import type { DecisionInput } from '../policy/decision.ts';
import type { LedgerEvent, LedgerEventData, Transaction } from '../registry/ledger.ts';
import { operationFactsOf, operationId } from '../registry/operation.ts';
import { forge, transactionsOf } from './forgery.fixture.ts';
import { options, Story, tellStory } from './ledger.fixture.ts';
import { verifyLedger } from './verify.ts';

/** Whoever can hash everything anew still cannot make a decision that allows what was not allowed. */

const story = tellStory();
const transactions = transactionsOf(story.files);
// v2 to production, where v1 served.
const target = 4;
const path = 'audit/flight-delay/000/000005.json';

function forged(edit: (transaction: Transaction) => Transaction, at = target) {
  const files = forge(transactions.map((each, index) => (index === at ? edit(each) : each)));
  const result = verifyLedger(files, [], options);
  return result.findings.filter(({ code }) => code.startsWith('ledger/decision'));
}

const withInput = (edit: (input: DecisionInput) => unknown) => (transaction: Transaction) => ({
  ...transaction,
  decisionInput: edit(transaction.decisionInput as DecisionInput),
});
const withEvents = (edit: (event: LedgerEvent) => LedgerEvent) => (transaction: Transaction) => ({
  ...transaction,
  events: transaction.events.map(edit),
});
const withData =
  (edit: (data: LedgerEventData) => LedgerEventData) =>
  (transaction: Transaction): Transaction => {
    const [cause] = transaction.events as readonly [LedgerEvent];
    const model = transaction.stream.slice('model/'.length);
    // The operation's own number is made right again as well.
    const operation = operationId(operationFactsOf(model, edit(cause.data), cause.source));
    const events = transaction.events.map((event) => ({ ...event, operation, data: edit(event.data) }));
    return { ...transaction, events };
  };

test('the forgery that is varied below rests on its decisions as it stands', () => {
  expect(forged((transaction) => transaction)).toEqual([]);
});

type Case = readonly [string, (transaction: Transaction) => Transaction, RegExp, number?];
const cases: readonly Case[] = [
  ['no reviews', withInput((input) => ({ ...input, reviews: [] })), /decided again it is "waiting"/],
  [
    'a time at which nothing was recorded',
    withInput((input) => ({ ...input, now: '2001-01-01T00:00:00Z' })),
    /decided at another time/,
  ],
  [
    'a judgement that failed',
    withInput((input) => ({
      ...input,
      judgement: judgementOf({ version: 2, auc: 0.55, champions: input.judgement?.champions ?? [] }),
    })),
    /decided again it is "refused"/,
  ],
  [
    'no judgement',
    withInput((input) => ({ ...input, judgement: null })),
    /another artifact was judged|decided again/,
  ],
  ['no decision at all', withInput(() => null), /cannot be read/],
  ['a decision of another shape', withInput(() => ({ repositoryId: 'x' })), /cannot be read/],
  [
    'a decision that breaks the evaluator',
    withInput((input) => ({ ...input, change: { kind: 'request' } })),
    /cannot be decided again/,
  ],
  ['another repository', withInput((input) => ({ ...input, repositoryId: 7 })), /another repository/],
  [
    'another champion seen than replaced',
    withInput((input) => ({ ...input, ledger: { ...input.ledger, champions: [] } })),
    /compared with no champion and replaced v1/,
  ],
  [
    'other bytes of the champion',
    withInput((input) => ({
      ...input,
      ledger: {
        ...input.ledger,
        champions: input.ledger.champions.map((each) => ({ ...each, artifactDigest: digestBytes('evil') })),
      },
    })),
    /champion's bytes were others/,
  ],
  [
    'a change that is about something else',
    withInput((input) => ({ ...input, change: { ...input.change, moves: [] } })),
    /about another move/,
  ],
  ['approvals that did not count', withEvents((event) => ({ ...event, approvals: [] })), /other approvals/],
  [
    'nobody who approved',
    withEvents((event) => ({ ...event, approvals: [] })),
    /nobody approved a promotion/,
  ],
  [
    'a record of other bytes than were judged',
    withData((data) =>
      data.type === 'VersionRegistered'
        ? {
            ...data,
            record: { ...data.record, artifact: { ...data.record.artifact, digest: digestBytes('evil') } },
          }
        : data,
    ),
    /another artifact was judged/,
    2,
  ],
  [
    'a record with approvals of its own',
    withData((data) =>
      data.type === 'VersionRegistered' ? { ...data, record: { ...data.record, approvals: [] } } : data,
    ),
    /its record lists other approvals/,
    2,
  ],
  [
    'a version staged on merge though the policy only registers',
    withInput((input) => ({
      ...input,
      policy: { ...input.policy, proposal: { ...input.policy.proposal, onMerge: 'registered' } },
    })),
    /staged, which the policy does not do/,
    2,
  ],
];
const named = cases.map(([name, edit, message, at = target]) => ({ name, edit, message, at }));

test.each(named)('a forged promotion with $name is found without any anchor', ({ edit, message, at }) => {
  const findings = forged(edit, at);
  expect(findings.map((finding) => finding.message).join('\n')).toMatch(message);
  if (at === target) expect(findings[0]?.where?.file).toBe(path);
});

test('an event that rides along in a transaction is found', () => {
  const rider = withEvents((event) => event)(transactions[3] as Transaction);
  const [first] = rider.events;
  const extra: LedgerEventData = { type: 'VersionRejected', version: 2, from: 'staging', to: 'rejected' };
  const events = [...rider.events, { ...(first as LedgerEvent), data: extra }];
  const files = forge([...transactions.slice(0, 3), { ...rider, events }]);
  const { findings } = verifyLedger(files, [], options);
  const illegal = findings.find(({ code }) => code === 'ledger/entry-illegal');
  expect(illegal).toMatchObject({
    found: 'VersionRegistered, VersionStaged, VersionRejected',
    allowed: 'VersionRegistered, VersionStaged',
  });
});

test('a correction needs no decision and moves nothing', () => {
  const corrected = tellStory();
  const before = corrected.state();
  corrected.correct(3, 'pushed by hand, put back');
  const result = verifyLedger(corrected.files, [corrected.anchor], options);
  expect(result.findings).toEqual([]);
  expect(result.states.get('flight-delay')?.endpoints).toEqual(before.endpoints);
});

test('one merge that promotes at two endpoints is two transactions that rest on one decision', () => {
  const both = new Story();
  both.propose();
  both.move([
    { version: 1, endpoint: 'eu' },
    { version: 1, endpoint: 'us' },
  ]);
  both.propose();
  both.move([
    { version: 2, endpoint: 'eu' },
    { version: 2, endpoint: 'us' },
  ]);
  const result = verifyLedger(both.files, both.anchors, options);
  expect(result.findings).toEqual([]);
  expect(result.states.get('flight-delay')?.versions.get(1)?.stage).toBe('archived');
  expect(both.state().endpoints.get('us')).toMatchObject({ champion: 2, previous: 1 });
});
