import { expect, test } from 'vitest';
import { isTransactionPath } from '../registry/layout.ts';
import type { LedgerEvent, Transaction } from '../registry/ledger.ts';
import { checkStream, eventsUntil } from './check-stream.ts';
import { hashEvent } from './hash.ts';
import { tellStory } from './ledger.fixture.ts';
import { parseTransaction } from './transaction.ts';

const story = tellStory();
const model = 'flight-delay';
const entries = [...story.files]
  .filter(([path]) => isTransactionPath(path) && path.startsWith(`audit/${model}/`))
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([path, text]) => [path, parseTransaction(text, path)] as const);

const editFirst = (
  change: (event: LedgerEvent) => LedgerEvent,
): readonly (readonly [string, Transaction])[] =>
  entries.map(([path, each], at) => {
    const [first, ...rest] = each.events;
    if (at !== 1 || first === undefined) return [path, each];
    return [path, { ...each, events: [change(first), ...rest] }];
  });

test('the entries of one model fold to its state', () => {
  const { state, events } = checkStream(model, entries);
  expect(state).toEqual(story.state(model));
  expect(events).toHaveLength(9);
  expect(eventsUntil(events, Date.parse('2026-11-21T10:04:30Z'))).toHaveLength(5);
  expect(eventsUntil(events, Number.NaN)).toEqual([]);
});

test.each([
  [
    'an entry that was edited',
    () => editFirst((event) => ({ ...event, at: '2020-01-01T00:00:00Z' })),
    /was edited/,
  ],
  [
    'one with its hash made anew',
    () =>
      editFirst((event) => {
        const edited = { ...event, at: '2020-01-01T00:00:00Z' };
        return { ...edited, hash: hashEvent(edited) };
      }),
    /does not follow/,
  ],
  ['one that is missing', () => entries.filter((_, at) => at !== 1), /belongs into/],
  [
    'one that is there twice',
    () => entries.flatMap((each, at) => (at === 1 ? [each, each] : [each])),
    /belongs into/,
  ],
  ['another order', () => [...entries].reverse(), /belongs into/],
  [
    'another decision beside it',
    () => entries.map(([path, each]) => [path, { ...each, decisionInput: {} }] as const),
    /rests on was edited/,
  ],
])('%s is found', (_, forged, message) => {
  expect(() => checkStream(model, forged())).toThrow(message);
});
