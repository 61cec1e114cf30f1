import { expect, test } from 'vitest';
import {
  checkEntryProof,
  type EntryProof,
  parseEntryProof,
  proveEntry,
  renderEntryProof,
} from './entry-proof.ts';
import { editRehashed, transactionsOf } from './forgery.fixture.ts';
import { options, tellStory } from './ledger.fixture.ts';
import { verifyLedger } from './verify.ts';

const story = tellStory();
const { events } = verifyLedger(story.files, story.anchors, options);
const check = (proof: EntryProof, anchors = story.anchors) =>
  checkEntryProof(proof, anchors, 'entry.json').map(({ code }) => code);

test('every entry is proven by the anchor alone, after it was written and read', () => {
  for (const { gseq } of events) {
    const proof = parseEntryProof(renderEntryProof(proveEntry(events, gseq)), 'entry.json');
    expect(proof.event).toEqual(events[gseq]);
    expect(proof.proof.length).toBeLessThanOrEqual(4);
    expect(check(proof)).toEqual([]);
  }
});

test('an edited entry, one that takes the place of another, and another ledger are refused', () => {
  const proof = proveEntry(events, 4);
  const other = events[5];
  if (other === undefined) throw new Error('no entry 5');
  expect(check({ ...proof, event: { ...proof.event, at: '2020-01-01T00:00:00Z' } })).toEqual([
    'ledger/entry-hash',
  ]);
  expect(check({ ...proof, event: other })).toEqual(['ledger/proof-broken']);
  const [transaction] = transactionsOf(story.files);
  if (transaction === undefined) throw new Error('no transaction');
  const [rehashed] = editRehashed(transaction, 0, (event) => ({
    ...event,
    actor: { ...event.actor, login: 'eve' },
  })).events;
  const first = proveEntry(events, 0);
  expect(check({ ...first, event: rehashed ?? first.event })).toEqual(['ledger/proof-broken']);
  expect(check({ ...proof, proof: proof.proof.slice(1) })).toEqual(['ledger/proof-broken']);
  // A tree of another size may have the same path: there is no anchor of that size.
  expect(check({ ...proof, size: 10 })).toEqual(['ledger/proof-unanchored']);
  expect(check({ ...proof, size: 4 })).toEqual(['ledger/proof-broken']);
  // A ledger that somebody made around an entry proves itself; the anchor is of another one.
  const own = proveEntry(events.slice(0, 9), 4);
  expect(check(own, [{ size: 9, root: proof.root }])).toEqual(['ledger/proof-unanchored']);
  expect(check(own, [])).toEqual(['ledger/proof-unanchored']);
  expect(check(own)).toEqual([]);
});

test('an entry that is not there, and what is no proof, are told', () => {
  for (const gseq of [-1, 11, 0.5]) expect(() => proveEntry(events, gseq)).toThrow('the ledger has no entry');
  expect(() => proveEntry([], 0)).toThrow(expect.objectContaining({ hint: 'It is empty.' }));
  for (const text of ['', '{}', renderEntryProof({ ...proveEntry(events, 0), size: 0 })])
    expect(() => parseEntryProof(text, 'x')).toThrow(expect.objectContaining({ kind: 'input' }));
});
