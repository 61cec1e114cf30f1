import { expect, test } from 'vitest';
import { headPath, transactionPath, versionPath } from '../registry/layout.ts';
import type { Transaction } from '../registry/ledger.ts';
import { editRehashed, forge, transactionsOf } from './forgery.fixture.ts';
import { options, renderers, tellStory } from './ledger.fixture.ts';
import { emptyRoot } from './merkle.ts';
import { drawFrom, mutations } from './mutation.fixture.ts';
import { renderTransaction } from './transaction.ts';
import { verifyLedger } from './verify.ts';

const story = tellStory();
const transactions = transactionsOf(story.files);
const paths = transactions.map(({ stream, first }) => transactionPath(stream.slice(6), first));
const promoted = 'audit/flight-delay/000/000005.json';

function tampered(edit: (files: Map<string, string>) => void) {
  const files = new Map(story.files);
  edit(files);
  return verifyLedger(files, story.anchors, options);
}

const firstOf = (result: ReturnType<typeof tampered>) => {
  expect(result.verdict).toBe('fail');
  const [first] = result.findings;
  return { code: first?.code, file: first?.where?.file, found: first?.found, allowed: first?.allowed };
};

const replaceIn = (path: string, from: string, to: string) => (files: Map<string, string>) => {
  const text = files.get(path);
  if (!text?.includes(from)) throw new Error(`${path} does not hold ${from}`);
  files.set(path, text.replace(from, to));
};

const put = (transaction: Transaction | undefined) => (files: Map<string, string>) => {
  if (!transaction) throw new Error('no such transaction');
  files.set(transactionPath(transaction.stream.slice(6), transaction.first), renderTransaction(transaction));
};

test('nothing touched, nothing found: the tests below can fail', () => {
  expect(tampered(() => undefined).verdict).toBe('pass');
});

test('an edited field is named by its entry, what it is and what it should be', () => {
  const result = tampered(replaceIn(promoted, '"actor":{"id":1,', '"actor":{"id":5,'));
  expect(firstOf(result)).toMatchObject({ code: 'ledger/entry-hash', file: promoted });
  expect(result.findings[0]?.message).toContain('entry 7 (model/flight-delay 5, VersionPromoted) was edited');
  expect(result.findings[0]?.found).not.toBe(result.findings[0]?.allowed);
});

test('an edited decision or edited evidence beside the events is named: the events hold its digest', () => {
  const judged = tampered(replaceIn(promoted, '"fork":false', '"fork":true'));
  expect(firstOf(judged)).toMatchObject({ code: 'ledger/entry-decision', file: promoted });
  const sealed = tampered(replaceIn(promoted, '"token":"a.b.c"', '"token":"a.b.d"'));
  expect(firstOf(sealed)).toMatchObject({ code: 'ledger/entry-decision', file: promoted });
});

test('an edited event with its own hash made right is named by the link that broke', () => {
  const forged = editRehashed(transactions[1] as Transaction, 0, (event) => ({
    ...event,
    actor: { ...event.actor, login: 'eve' },
  }));
  const result = tampered(put(forged));
  expect(firstOf(result)).toMatchObject({ code: 'ledger/entry-link', file: paths[1] });
  expect(result.findings[0]?.message).toContain('event 2 of model/flight-delay was replaced');
});

test('the last event edited with its own hash made right is told by HEAD.json and the anchor', () => {
  const last = transactions.at(-1) as Transaction;
  const forged = editRehashed(last, 1, (event) => ({ ...event, actor: { ...event.actor, login: 'eve' } }));
  const result = tampered(put(forged));
  expect(firstOf(result)).toMatchObject({ code: 'ledger/rewritten', file: paths.at(-1) });
});

test('a deleted transaction is named by the numbers that are missing', () => {
  const result = tampered((files) => files.delete(paths[2] as string));
  expect(firstOf(result)).toMatchObject({ code: 'ledger/entry-missing', file: paths[3] });
  expect(result.findings[0]?.message).toContain('entry 3 to 4 are missing'.replace('entry', 'entries'));
});

test('two transactions that change places are both named', () => {
  const result = tampered((files) => {
    const [a, b] = [files.get(paths[0] as string), files.get(paths[1] as string)];
    files.set(paths[0] as string, b as string);
    files.set(paths[1] as string, a as string);
  });
  expect(firstOf(result)).toMatchObject({ code: 'ledger/entry-misplaced', allowed: paths[0] });
  const misplaced = result.findings.filter(({ code }) => code === 'ledger/entry-misplaced');
  expect(misplaced.map(({ found }) => found).sort()).toEqual([paths[0], paths[1]].sort());
});

test('a doubled transaction is named by the place it does not belong to', () => {
  const copy = 'audit/flight-delay/000/000009.json';
  const result = tampered((files) => files.set(copy, files.get(promoted) as string));
  expect(firstOf(result)).toMatchObject({ code: 'ledger/entry-misplaced', file: copy, allowed: promoted });
});

test('a cut ledger is told by the anchor, though all its own hashes agree', () => {
  const cut = forge(transactions.slice(0, -1));
  const result = verifyLedger(cut, story.anchors, options);
  expect(firstOf(result)).toEqual({
    code: 'ledger/truncated',
    file: headPath,
    found: '9 entries',
    allowed: 'at least 11 entries',
  });
  expect(result.findings[0]?.message).toContain('entry 9 is the first one missing');
  expect(result.findings).toHaveLength(1);
});

/** v1's promotion told with another merger, everything after it hashed anew. */
const rewritten = () =>
  forge(
    transactions.map((transaction, at) => {
      if (at !== 1) return transaction;
      const events = transaction.events.map((event) => ({
        ...event,
        actor: { ...event.actor, login: 'eve' },
      }));
      return { ...transaction, events };
    }),
  );

test('a rewritten suffix is told by the anchors, and between which of them it begins', () => {
  const result = verifyLedger(rewritten(), story.anchors, options);
  expect(firstOf(result)).toMatchObject({ code: 'ledger/rewritten', file: paths[1] });
  expect(result.findings[0]?.message).toContain('between entry 2 and entry 2');
  expect(result.findings).toHaveLength(1);
});

test('a whole forgery of the same length is told by the newest anchor alone', () => {
  const result = verifyLedger(rewritten(), [story.anchor], options);
  expect(firstOf(result)).toEqual({
    code: 'ledger/rewritten',
    file: paths[0],
    found: `11:${result.root}`,
    allowed: `11:${story.anchor.root}`,
  });
});

test('without an anchor the same forgery is not called good', () => {
  const result = verifyLedger(rewritten(), [], options);
  expect(firstOf(result)).toMatchObject({ code: 'ledger/anchor-missing' });
  expect(verifyLedger(story.files, [], options).verdict).toBe('fail');
  const empty = { size: 0, root: emptyRoot };
  for (const anchors of [[], [empty]]) {
    expect(verifyLedger(story.files, anchors, { ...options, tail: 'report' }).verdict).toBe('fail');
  }
});

test('entries after the newest anchor are refused to a reader and told to the app', () => {
  const older = story.anchors.slice(0, -1);
  expect(firstOf(verifyLedger(story.files, older, options))).toMatchObject({
    code: 'ledger/tail',
    file: paths.at(-1),
  });
  const told = verifyLedger(story.files, older, { ...options, tail: 'report' });
  expect(told).toMatchObject({ verdict: 'pass', anchored: 9 });
  expect(told.findings[0]).toMatchObject({ code: 'ledger/tail', severity: 'warn' });
});

test.each([
  ['a version record', versionPath('flight-delay', 1), 'quality: judged', 'quality: claimed', /line \d+/],
  ['an endpoint', 'endpoints/eu/flight-delay.yml', 'champion: 1', 'champion: 2', /line 4/],
  ['a state file', 'models/flight-delay/state.yml', "'2': archived", "'2': production", /line \d+/],
  ['a status file', 'models/flight-delay/status.yml', 'not measured', 'fine', /line \d+/],
  ['a model card', 'models/flight-delay/MODEL_CARD.md', 'v1', 'v9', /line 1/],
  ['the front page', 'README.md', 'churn', 'gone', /line \d+/],
])('%s that was edited by hand is named with its line', (_, path, from, to, line) => {
  const result = tampered(replaceIn(path, from, to));
  expect(firstOf(result)).toMatchObject({ code: 'ledger/file-edited', file: path });
  expect(result.findings[0]?.message).toMatch(line);
  expect(result.findings[0]?.found).toContain(to);
  expect(result.findings[0]?.allowed).toContain(from);
});

test.each([
  ['root', /"root":"sha256:..../, '"root":"sha256:0000'],
  ['size', /"size":11/, '"size":10'],
  ['frontier', /"frontier":\["sha256:..../, '"frontier":["sha256:0000'],
])('an edited %s in HEAD.json is named', (_, from, to) => {
  const result = tampered((files) => files.set(headPath, (files.get(headPath) as string).replace(from, to)));
  expect(firstOf(result)).toMatchObject({ code: 'ledger/file-edited', file: headPath });
});

test.each([
  'notes.txt',
  'models/evil/versions/0001.yml',
  'endpoints/us/flight-delay.yml',
  `audit/churn/ops/${'0'.repeat(64)}`,
])('a stray file %s is named', (path) => {
  expect(firstOf(tampered((files) => files.set(path, 'x\n')))).toMatchObject({
    code: 'ledger/file-stray',
    file: path,
  });
});

test('a deleted operation file is named: without it an operation would be done twice', () => {
  const [path] = [...story.files.keys()].filter((each) => each.includes('/ops/'));
  const result = tampered((files) => files.delete(path as string));
  expect(firstOf(result)).toMatchObject({ code: 'ledger/file-missing', file: path });
});

test('a hidden operation cannot be told by another number', () => {
  const forged = forge(
    transactions.map((transaction, at) => {
      if (at !== 1) return transaction;
      return {
        ...transaction,
        events: transaction.events.map((event) => ({ ...event, operation: 'f'.repeat(64) })),
      };
    }),
  );
  expect(firstOf(verifyLedger(forged, [], options))).toMatchObject({
    code: 'ledger/entry-operation',
    file: paths[1],
  });
});

test('unreadable bytes, unknown keys and other spellings of the same JSON are refused', () => {
  const text = story.files.get(promoted) as string;
  const bad = new Map<string, Uint8Array | string>([
    ['not UTF-8', Uint8Array.of(0xff, 0xfe)],
    ['a byte order mark', new TextEncoder().encode(`\uFEFF${text}`)],
    ['no JSON', text.slice(0, -3)],
    ['an unknown key', text.replace('{"decisionInput"', '{"a":1,"decisionInput"')],
    ['spaces', text.replace(':', ': ')],
    ['no line feed', text.trimEnd()],
    ['a stranger type', text.replace('VersionPromoted', 'VersionHidden')],
    ['nothing', ''],
  ]);
  for (const [what, content] of bad) {
    const files = new Map<string, Uint8Array | string>(story.files).set(promoted, content);
    const [first] = verifyLedger(files, story.anchors, options).findings;
    expect([what, first?.code, first?.where?.file]).toEqual([what, 'ledger/entry-unreadable', promoted]);
  }
});

test('an emptied branch is a cut ledger, a repository that never had one is not', () => {
  expect(firstOf(verifyLedger(new Map(), story.anchors, options))).toMatchObject({
    code: 'ledger/truncated',
  });
  expect(verifyLedger(new Map(), [], options)).toMatchObject({
    verdict: 'pass',
    entries: 0,
    transactions: 0,
  });
  expect(verifyLedger(new Map([[headPath, '{}']]), [], options).verdict).toBe('fail');
});

test.each(Object.entries(mutations))('whatever is drawn, it is found and placed: %s', (_, mutation) => {
  for (let seed = 1; seed <= 3; seed += 1) {
    const files = mutation(story.files, drawFrom(seed), renderers);
    const result = verifyLedger(files, [story.anchor], options);
    expect(firstOf(result).file).toBeDefined();
  }
});
