import { expect, test } from 'vitest';
import { canonicalJson } from '../json/canonical.ts';
import { forge, transactionsOf } from './forgery.fixture.ts';
import { options, tellStory } from './ledger.fixture.ts';
import { emptyHead, extendHead } from './merkle.ts';
import { parseRemembered, type RememberedHead, renderRemembered } from './remembered.ts';
import { verifyLedger } from './verify.ts';

const story = tellStory();
const { events } = verifyLedger(story.files, story.anchors, options);
const transactions = transactionsOf(story.files);

const memoryAt = (size: number): RememberedHead => {
  const { root, frontier } = extendHead(
    emptyHead,
    events.slice(0, size).map(({ hash }) => hash),
  );
  return {
    ...{
      kind: 'RememberedLedger',
      v: 1,
      repositoryId: 7001,
      branch: 'gatehouse-ledger',
      size,
      root,
      frontier,
    },
    ...{ commit: 'c'.repeat(40), at: '2026-11-20T10:00:00Z' },
  };
};
/** v1's promotion by somebody else, everything after it hashed anew. */
const forged = forge(
  transactions.map((transaction, at) => ({
    ...transaction,
    events: transaction.events.map((event) =>
      at === 1 ? { ...event, actor: { ...event.actor, login: 'eve' } } : event,
    ),
  })),
);
const anchorOf = (files: ReadonlyMap<string, string>) => {
  const { head } = verifyLedger(files, [], options);
  return [{ size: head.size, root: head.root }];
};
const firstOf = (files: ReadonlyMap<string, string>, remembered: readonly RememberedHead[]) => {
  // Whoever holds the app's key anchors the forgery too: only the memory is left to tell.
  const { verdict, findings } = verifyLedger(files, anchorOf(files), { ...options, remembered });
  const [first] = findings;
  return { verdict, code: first?.code, file: first?.where?.file, message: first?.message };
};

test('a ledger that only grew is what readers remember of it, at every size', () => {
  for (const { size } of [{ size: 0 }, ...story.anchors])
    expect(firstOf(story.files, [memoryAt(size)])).toMatchObject({ verdict: 'pass' });
});

test('a ledger that was put back to an earlier state is told by whoever saw more of it', () => {
  const cut = forge(transactions.slice(0, -1));
  expect(firstOf(cut, [memoryAt(9)])).toMatchObject({ verdict: 'pass' });
  const found = firstOf(cut, [memoryAt(9), memoryAt(11)]);
  expect(found).toMatchObject({ verdict: 'fail', code: 'ledger/rolled-back' });
  expect(found.message).toContain(
    'on 2026-11-20T10:00:00Z it was read here with 11 entries, up to commit cccccccccccc',
  );
  expect(found.message).toContain('entry 9 is the first one missing');
});

test('another ledger, of which the app’s key made anchors too, is told with the place where they part', () => {
  expect(firstOf(forged, [])).toMatchObject({ verdict: 'pass' });
  const found = firstOf(forged, [memoryAt(11), memoryAt(2)]);
  expect(found).toMatchObject({
    verdict: 'fail',
    code: 'ledger/split-view',
    file: 'audit/flight-delay/000/000002.json',
  });
  expect(found.message).toContain('differ between entry 2 and entry 10');
});

test('a memory covers nothing: entries without an anchor stay unproven', () => {
  const remembered = [memoryAt(11)];
  expect(verifyLedger(story.files, [], { ...options, remembered })).toMatchObject({
    verdict: 'fail',
    anchored: 0,
  });
  const [first] = verifyLedger(story.files, [], { ...options, remembered }).findings;
  expect(first?.code).toBe('ledger/anchor-missing');
});

test('is written and read back; anything else is not taken for none', () => {
  const memory = memoryAt(9);
  expect(parseRemembered(renderRemembered(memory), 'm')).toEqual(memory);
  for (const text of [
    '',
    '{}',
    canonicalJson({ ...memory, size: 8 }),
    canonicalJson({ ...memory, root: memoryAt(5).root }),
    canonicalJson({ ...memory, frontier: [] }),
    canonicalJson({ ...memory, at: 'yesterday' }),
    canonicalJson({ ...memory, size: -1 }),
    canonicalJson({ ...memory, more: 1 }),
  ])
    expect(() => parseRemembered(text, 'm')).toThrow(expect.objectContaining({ kind: 'input' }));
});
