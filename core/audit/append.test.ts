import { expect, test } from 'vitest';
import { belongsToLedger, headPath } from '../registry/layout.ts';
import { propose } from '../registry/propose.ts';
import { register } from '../registry/registry.fixture.ts';
import { emptyState } from '../registry/stream.ts';
import { appendTransaction } from './append.ts';
import { options, Story, tellStory } from './ledger.fixture.ts';
import { emptyHead } from './merkle.ts';
import { verifyLedger } from './verify.ts';

const facts = {
  at: '2026-11-21T10:00:00Z',
  actor: { id: 1, login: 'ada', kind: 'User' },
  source: { repositoryId: 7001, pullRequest: 1, headSha: 'a'.repeat(40), mergeSha: 'b'.repeat(40) },
  approvals: [],
  decisionInput: null,
  sealed: [],
} as const;
const state = emptyState('flight-delay');
const events = propose(register('flight-delay', 'a', 'staging'), state);

test('a transaction is one file, its operation, and the head: nothing else', () => {
  const appended = appendTransaction(emptyHead, state, events, facts);
  const [transaction, operation, head] = [...appended.files.keys()];
  expect(transaction).toBe('audit/flight-delay/000/000000.json');
  expect(operation).toMatch(/^audit\/flight-delay\/ops\/[0-9a-f]{64}$/);
  expect(head).toBe(headPath);
  expect(appended.files.get(operation as string)).toBe(`${transaction}\n`);
  expect(appended.head.size).toBe(2);
  expect(appended.state.lastHash).toBe(appended.events[1]?.hash);
});

test('the same operation is written once, however often it is asked for', () => {
  const { head, state: after } = appendTransaction(emptyHead, state, events, facts);
  const again = propose(register('flight-delay', 'a', 'staging'), after);
  expect(() => appendTransaction(head, after, again, facts)).toThrow(
    expect.objectContaining({ code: 'LEDGER_OPERATION_KNOWN', kind: 'conflict' }),
  );
});

test.each([
  ['a key that a reader refuses', { ...facts, decisionInput: { parameters: { constructor: 1 } } }],
  ['a number that is none', { ...facts, decisionInput: { auc: Number.NaN } }],
  ['a value that JSON drops', { ...facts, decisionInput: { auc: undefined } }],
  ['half a character', { ...facts, decisionInput: { text: '\uD800' } }],
  ['a time that is not UTC', { ...facts, at: '2026-11-21T10:00:00+02:00' }],
  ['a time that is none', { ...facts, at: 'yesterday' }],
])('%s is refused before it is written, not when it is read', (_, bad) => {
  expect(() => appendTransaction(emptyHead, state, events, bad)).toThrow(
    expect.objectContaining({ kind: 'input' }),
  );
});

test('a transaction without events is refused', () => {
  expect(() => appendTransaction(emptyHead, state, [], facts)).toThrow(
    expect.objectContaining({ code: 'LEDGER_EMPTY' }),
  );
});

test('what the caller does to its objects afterwards does not reach the ledger', () => {
  const decisionInput = { reviews: ['rita'] };
  const appended = appendTransaction(emptyHead, state, events, { ...facts, decisionInput });
  decisionInput.reviews.push('eve');
  expect(appended.files.get('audit/flight-delay/000/000000.json')).not.toContain('"eve"');
});

test('a promotion writes the files that it changes and none of the others', () => {
  const story = tellStory();
  const before = new Map(story.files);
  story.propose('churn');
  story.move([{ version: 2 }], 'churn');
  const changed = [...story.files].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
  expect(changed.filter((path) => !path.startsWith('audit/churn/')).sort()).toEqual([
    'README.md',
    'audit/HEAD.json',
    'endpoints/eu/churn.yml',
    'models/churn/MODEL_CARD.md',
    'models/churn/state.yml',
    'models/churn/status.yml',
    'models/churn/versions/0002.yml',
  ]);
  expect(verifyLedger(story.files, [story.anchor], options).findings).toEqual([]);
});

test('on the default branch nothing of people is touched, and nothing of theirs is looked at', () => {
  const story = tellStory('shared');
  expect([...story.files.keys()].filter((path) => !belongsToLedger(path, 'shared'))).toEqual([]);
  const files = new Map(story.files)
    .set('README.md', '# Ours\n')
    .set('models/flight-delay/model.yml', 'version: 1\n')
    .set('models/flight-delay/stages.yml', 'production: { eu: 1 }\n');
  const shared = { ...options, layout: 'shared' } as const;
  expect(verifyLedger(files, [story.anchor], shared).findings).toEqual([]);
  const stray = verifyLedger(
    files.set('endpoints/us/flight-delay.yml', 'champion: 2\n'),
    [story.anchor],
    shared,
  );
  expect(stray.findings[0]).toMatchObject({ code: 'ledger/file-stray' });
});

test('a model in a namespace has its own stream and cannot be taken for another', () => {
  const story = new Story();
  story.propose('growth/churn');
  story.propose('growth');
  expect(story.files.has('audit/growth/churn/000/000000.json')).toBe(true);
  expect(verifyLedger(story.files, story.anchors, options)).toMatchObject({
    verdict: 'pass',
    transactions: 2,
  });
});
