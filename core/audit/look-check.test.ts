import { expect, test } from 'vitest';
import { resultDigest } from '../evaluation/result-digest.ts';
import { judgementOf } from '../evidence/evidence.fixture.ts';
import type { JudgementEvidence } from '../evidence/evidence.ts';
import { isLook } from '../evidence/held-out-look.ts';
import { canonicalJson, digestBytes } from '../json/canonical.ts';
import type { Transaction } from '../registry/ledger.ts';
import { forge, transactionsOf } from './forgery.fixture.ts';
import { options, Story } from './ledger.fixture.ts';
import { verifyLedger } from './verify.ts';

const first = judgementOf();
const second = judgementOf({ auc: 0.66 });

function tell(): Story {
  const story = new Story();
  story.look(first);
  story.propose();
  story.look(second);
  story.move([{ version: 1 }]);
  return story;
}

test('looks stand between moves, are counted, and are proven with them', () => {
  const story = tell();
  const result = verifyLedger(story.files, story.anchors, options);
  expect(result.findings).toEqual([]);
  const state = result.states.get('flight-delay');
  expect(state?.heldOut.get(first.heldOut.labelsDigest)).toMatchObject({ looks: 2 });
  expect(state?.endpoints.get('eu')?.champion).toBe(1);
  expect(story.files.get('models/flight-delay/state.yml')).toContain('looks: 2');
});

test('a model of which nothing but looks is known has files that can be rendered again', () => {
  const story = new Story();
  story.look(first);
  expect(verifyLedger(story.files, story.anchors, options).findings).toEqual([]);
});

test('the same result is counted once, whoever finds it', () => {
  const story = tell();
  const elsewhere = { ...second, origin: { ...second.origin, pullRequest: 99, headSha: 'f'.repeat(40) } };
  expect(() => story.look(elsewhere)).toThrow(expect.objectContaining({ code: 'LEDGER_OPERATION_KNOWN' }));
});

test.each([
  ['the look that was counted', 1, []],
  ['another look', 2, ['it was told of look 2 on the held-out set; the ledger counted look 1']],
])('a registration that was told of %s', (_, look, problems) => {
  const story = new Story();
  story.look({ ...judgementOf({ artifactDigest: digestBytes('flight-delay 1 bytes') }) });
  story.propose('flight-delay', 'staging', { heldOutLook: look });
  const { findings } = verifyLedger(story.files, story.anchors, options);
  expect(findings.map(({ message }) => message.replace(/^.*its decision: /, ''))).toEqual(problems);
});

test('a registration that was told of a look which nobody counted is found', () => {
  const story = new Story();
  story.propose('flight-delay', 'staging', { heldOutLook: 1 });
  const { findings } = verifyLedger(story.files, story.anchors, options);
  expect(findings[0]?.message).toContain('the ledger counted none');
});

const transactions = transactionsOf(tell().files);
const sealedAs = (evidence: unknown) => (transaction: Transaction) => ({
  ...transaction,
  sealed: [{ text: canonicalJson(evidence), token: 'a.b.c', jwk: { kty: 'RSA' } }],
});
const failed: JudgementEvidence = { ...first, comparisons: [], verdict: 'not evaluated' };
const emptyResult = resultDigest({
  artifactDigest: failed.artifact.digest,
  heldOut: failed.heldOut,
  comparisons: [],
});

test.each<readonly [string, (transaction: Transaction) => Transaction, RegExp]>([
  ['no evidence', (transaction) => ({ ...transaction, sealed: [] }), /no evidence that can be read/],
  [
    'evidence that is no JSON',
    (transaction) => ({ ...transaction, sealed: [{ text: '{', token: '', jwk: {} }] }),
    /no evidence that can be read/,
  ],
  ['evidence of another kind', sealedAs({ ...first, kind: 'validation' }), /no evidence that can be read/],
  ['another model', sealedAs({ ...first, model: 'churn' }), /another model/],
  ['another repository', sealedAs({ ...first, origin: { ...first.origin, repositoryId: 7 } }), /repository/],
  ['another pull request', sealedAs({ ...first, origin: { ...first.origin, pullRequest: 7 } }), /pull req/],
  [
    'other labels',
    sealedAs({ ...first, heldOut: { ...first.heldOut, labelsDigest: digestBytes('x') } }),
    /other labels/,
  ],
  ['another result', sealedAs(second), /it found another result/],
  ['a judgement that failed', sealedAs(failed), /nothing was computed from the labels/],
  [
    'numbers without canonical form',
    sealedAs({ ...first, comparisons: [{ ...first.comparisons[0], against: 'v1' }] }),
    /another result/,
  ],
])('a forged look with %s is found without any anchor', (_, edit, message) => {
  const files = forge(transactions.map((each, at) => (at === 0 ? edit(each) : each)));
  const { findings } = verifyLedger(files, [], options);
  const own = findings.filter(({ code }) => code === 'ledger/decision');
  expect(own.map((finding) => finding.message).join('\n')).toMatch(message);
  expect(own[0]?.where?.file).toBe('audit/flight-delay/000/000000.json');
});

test('no forger gets a result counted twice, or one left out in between, past the fold', () => {
  const [look, ...rest] = transactions;
  if (look === undefined) throw new Error('the story has no entry');
  const numbered = (transaction: Transaction, number: number): Transaction => ({
    ...transaction,
    events: transaction.events.map((event) => ({ ...event, data: { ...event.data, look: number } as never })),
  });
  expect(() => forge([look, numbered(look, 2), ...rest])).toThrow('this result was counted before');
  expect(() => forge([look, look, ...rest])).toThrow('it is look 1 on these labels; the next is 2');
  expect(() => forge(rest)).toThrow('it is look 2 on these labels; the next is 1');
});

test('what could not be computed is free, whatever else it says', () => {
  expect(isLook(first)).toBe(true);
  expect(isLook(failed)).toBe(false);
  const [comparison] = first.comparisons;
  // Nor is it free when no number came out of the labels: that there is none tells of a row.
  expect(isLook({ comparisons: comparison ? [{ ...comparison, metrics: [] }] : [] })).toBe(true);
  expect(emptyResult).not.toBe(first.resultDigest);
});
