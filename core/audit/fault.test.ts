import { expect, test } from 'vitest';
import { digestBytes } from '../json/canonical.ts';
import { headPath, versionPath } from '../registry/layout.ts';
import type { LedgerEvent, Transaction } from '../registry/ledger.ts';
import { editRehashed, forge, transactionsOf } from './forgery.fixture.ts';
import { options, tellStory } from './ledger.fixture.ts';
import { parseHead, renderTransaction } from './transaction.ts';
import { verifyLedger } from './verify.ts';

const story = tellStory();
const transactions = transactionsOf(story.files);
const first = 'audit/flight-delay/000/000000.json';
const promoted = 'audit/flight-delay/000/000005.json';

function codesAfter(path: string, transaction: Transaction): readonly (readonly [string, string])[] {
  const files = new Map(story.files).set(path, renderTransaction(transaction));
  const { verdict, findings } = verifyLedger(files, story.anchors, options);
  expect(verdict).toBe('fail');
  return findings.map(({ code, message }) => [code, message] as const);
}

const edited = (at: number, index: number, edit: (event: LedgerEvent) => LedgerEvent) =>
  editRehashed(transactions[at] as Transaction, index, edit);

test('a stream that does not begin at its beginning is named', () => {
  const [found] = codesAfter(
    first,
    edited(0, 0, (event) => ({ ...event, prev: digestBytes('elsewhere') })),
  );
  expect(found).toEqual(['ledger/entry-link', expect.stringContaining('is not the beginning of its stream')]);
});

test('an event that is numbered out of line is named', () => {
  const [found] = codesAfter(
    promoted,
    edited(4, 1, (event) => ({ ...event, seq: 99 })),
  );
  expect(found).toEqual([
    'ledger/entry-sequence',
    expect.stringContaining('is numbered model/flight-delay 99 (8)'),
  ]);
});

test('a transaction whose own number is out of line is named', () => {
  const moved = { ...(transactions[4] as Transaction), first: 6 };
  const codes = codesAfter(promoted, moved).map(([code]) => code);
  expect(codes.slice(0, 2)).toEqual(['ledger/entry-misplaced', 'ledger/entry-sequence']);
});

test('a move that was never legal is named as such, with every hash right', () => {
  const forged = forge(transactions);
  const files = new Map(forged).set(
    promoted,
    renderTransaction(
      edited(4, 0, (event) => ({
        ...event,
        data: { ...event.data, from: 'registered' } as LedgerEvent['data'],
      })),
    ),
  );
  const { findings } = verifyLedger(files, story.anchors, options);
  expect(findings.map(({ code }) => code)).toContain('ledger/entry-illegal');
  expect(findings.map(({ message }) => message).join()).toContain(
    'it moves v2 from registered; it was staging',
  );
});

test('a transaction that no state could give is named, not thrown', () => {
  const churn = transactions[2] as Transaction;
  const events = [{ ...(churn.events[1] as LedgerEvent), seq: 0, gseq: 3 }];
  const [found] = codesAfter('audit/churn/000/000000.json', { ...churn, events });
  expect(found?.[0]).toMatch(/^ledger\/entry-/);
});

test('a registry that cannot be rendered proves nothing, and is not thrown', () => {
  const broken = {
    ...options.renderers,
    modelCard: () => {
      throw new TypeError('no such field');
    },
  };
  const { findings } = verifyLedger(story.files, story.anchors, { ...options, renderers: broken });
  expect(findings).toMatchObject([
    { code: 'ledger/file-unrendered', message: expect.stringContaining('no such field') },
  ]);
});

test('a file that is not text, and a line as long as a book, are told shortly', () => {
  const path = versionPath('flight-delay', 1);
  const bytes = new Map<string, Uint8Array | string>(story.files).set(path, Uint8Array.of(0xff));
  expect(verifyLedger(bytes, story.anchors, options).findings[0]).toMatchObject({
    code: 'ledger/file-edited',
    message: expect.stringContaining('not UTF-8'),
  });
  const long = new Map(story.files).set('README.md', 'x'.repeat(5000));
  expect(verifyLedger(long, story.anchors, options).findings[0]?.found?.length).toBeLessThan(200);
  const longer = new Map(story.files).set('README.md', `${story.files.get('README.md')}one more\n`);
  expect(verifyLedger(longer, story.anchors, options).verdict).toBe('fail');
});

test('HEAD.json is read as strictly as an entry', () => {
  const text = story.files.get(headPath) as string;
  expect(parseHead(text, headPath)).toEqual(story.snapshot.head);
  for (const bad of [text.trimEnd(), text.replace('11', '-1'), text.replace('{', '{"a":1,'), '[]\n', '']) {
    expect(() => parseHead(bad, headPath)).toThrow(expect.objectContaining({ code: 'LEDGER_ENTRY_INVALID' }));
  }
});
