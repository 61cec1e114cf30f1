import fc from 'fast-check';
import { expect, test } from 'vitest';
import { issuedAt, jwkOf, strangerKeys } from '../evidence/receipt.fixture.ts';
import { canonicalJson } from '../json/canonical.ts';
import { options, tellStory } from './ledger.fixture.ts';
import { expectations, issuerJwk, signAnchor, statementOf } from './signed-anchor.fixture.ts';
import {
  type AnchorExpectations,
  anchorWorkflowOf,
  parseSignedAnchor,
  renderSignedAnchor,
  verifySignedAnchor,
} from './signed-anchor.ts';
import { verifyLedger } from './verify.ts';

const story = tellStory();
const { events } = verifyLedger(story.files, story.anchors, options);
const statement = statementOf(events, { after: 9 });
const believe = (signed = signAnchor(statement), expected: AnchorExpectations = expectations) =>
  verifySignedAnchor(signed, [issuerJwk], expected, 'release 1');

test('a statement that the trusted workflow signed on the default branch is believed, and written and read back', () => {
  const signed = signAnchor(statement);
  expect(believe(signed)).toBeNull();
  const text = renderSignedAnchor(signed);
  expect(parseSignedAnchor(text, 'a.json')).toEqual(signed);
  expect(believe(parseSignedAnchor(text, 'a.json'))).toBeNull();
  expect(believe(signAnchor(statement, { event_name: 'workflow_dispatch' }))).toBeNull();
  expect(statement).toMatchObject({ size: story.anchor.size, root: story.anchor.root });
});

test.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
  [
    'another branch, which anybody may push',
    { ref: 'refs/heads/feature' },
    /another branch: refs\/heads\/feature/,
  ],
  ['a tag with the name of the branch', { ref: 'refs/tags/main' }, /another branch/],
  ['a pull request', { event_name: 'pull_request' }, /another event: pull_request/],
  ['a push', { event_name: 'push' }, /another event/],
  ['another repository', { repository_id: '7002' }, /another repository/],
  ['a repository id that is no text', { repository_id: 7001 }, /another repository: it does not say/],
  ['evidence with the same digest', { aud: 'gatehouse:sha256:00' }, /other bytes/],
  ['two audiences', { aud: ['x', 'y'] }, /other bytes/],
  ['another issuer', { iss: 'https://evil.test' }, /another issuer/],
  [
    'a workflow of one’s own',
    { job_workflow_ref: 'eve/x/.github/workflows/anchor-ledger.yml@v1' },
    /another workflow/,
  ],
  ['the workflow without a ref', { job_workflow_ref: expectations.workflow?.path }, /another workflow/],
  [
    'another workflow of the same repository',
    { job_workflow_ref: 'acme/gatehouse/.github/workflows/judge-model.yml@v1' },
    /another workflow/,
  ],
  ['a moved tag', { job_workflow_sha: 'd'.repeat(40) }, /trusted\.shas does not list/],
  ['a machine of one’s own', { runner_environment: 'self-hosted' }, /another runner: self-hosted/],
  ['long before', { iat: issuedAt - 3601 }, /3601 seconds away/],
  ['long after', { iat: issuedAt + 3601 }, /3601 seconds away/],
  ['no time', { iat: 'now' }, /no readable time/],
  ['not a number', { iat: null }, /no readable time/],
])('a token for %s is refused', (_, claims, why) => {
  const finding = believe(signAnchor(statement, claims));
  expect(finding).toMatchObject({ code: 'ledger/anchor-refused', severity: 'fail' });
  expect(finding?.message).toMatch(why);
});

test('whoever holds the app’s key has no key of the issuer: another signature, key or algorithm is refused', () => {
  expect(believe(signAnchor(statement, {}, strangerKeys.privateKey))?.message).toContain('does not verify');
  const own = {
    ...signAnchor(statement, {}, strangerKeys.privateKey),
    jwk: jwkOf(strangerKeys.publicKey, 'key-1'),
  };
  expect(believe(own)?.message).toContain('does not verify');
  // Only who takes the file's own key for the issuer's is taken in: where nobody can be asked, and that is said.
  expect(verifySignedAnchor(own, [own.jwk], expectations, 'file')).toBeNull();
  expect(verifySignedAnchor(signAnchor(statement), [], expectations, 'file')?.message).toContain(
    'no key key-1',
  );
});

test('a token under another statement is refused, whatever field of it differs', () => {
  const { token, jwk } = signAnchor(statement);
  for (const other of [
    statementOf(events.slice(0, 9)),
    { ...statement, repository: 'acme/other' },
    { ...statement, branch: 'main' },
    { ...statement, commit: 'd'.repeat(40) },
    { ...statement, at: new Date((issuedAt + 1) * 1000).toISOString() },
    { ...statement, previous: null },
  ]) {
    expect(believe({ statement: other, token, jwk })?.message).toContain('other bytes');
  }
  expect(believe(signAnchor({ ...statement, repositoryId: 9 }))?.message).toContain(
    'of repository 9, not 7001',
  );
});

test('what a reader does not know is not asked; what he knows still is', () => {
  const unknown = { issuer: null, repositoryId: null, ref: null, workflow: null, runner: null };
  expect(believe(signAnchor(statement, { ref: 'x', iss: 'y', job_workflow_ref: 'z' }), unknown)).toBeNull();
  expect(believe(signAnchor(statement, { event_name: 'push' }), unknown)).not.toBeNull();
  expect(believe(signAnchor(statement), { ...unknown, ref: 'refs/heads/trunk' })).not.toBeNull();
  expect(believe(signAnchor(statement), { ...expectations, runner: 'judges' })).toBeNull();
  expect(
    believe(signAnchor(statement, { runner_environment: 'x' }), { ...expectations, runner: 'judges' }),
  ).not.toBeNull();
  expect(
    believe(signAnchor(statement, { runner_environment: 'self-hosted' }), {
      ...expectations,
      runner: 'judges',
    }),
  ).toBeNull();
});

test('the workflow that anchors is the one beside the judge, at the commits that the policy lists', () => {
  const trusted = (file: string, sha: string) => ({
    path: `acme/gatehouse/.github/workflows/${file}`,
    shas: [sha],
  });
  expect(
    anchorWorkflowOf({ judge: trusted('judge-model.yml', 'b'.repeat(40)), validate: trusted('v.yml', 'c') }),
  ).toEqual(expectations.workflow);
});

test('a statement must follow from its frontier and contain the one before it', () => {
  const fails = (fields: object) =>
    expect(() =>
      parseSignedAnchor(
        renderSignedAnchor({ ...signAnchor(statement), statement: { ...statement, ...fields } }),
        'a',
      ),
    ).toThrow(expect.objectContaining({ code: 'ANCHOR_INVALID' }));
  fails({ frontier: statement.frontier.slice(1) });
  fails({ frontier: [] });
  fails({ size: 10 });
  fails({ root: statement.frontier[0] });
  fails({ previous: { ...statement.previous, root: statement.root } });
  fails({ previous: { ...statement.previous, size: 8 } });
  fails({ previous: { ...statement.previous, proof: [] } });
  fails({ previous: { size: 12, root: statement.root, proof: [] } });
  fails({ at: '2026-13-01T00:00:00Z' });
  fails({ commit: 'HEAD' });
  fails({ repository: 'a b/c' });
  fails({ more: 1 });
});

test('any statement that follows another is read back, any forged root in it is not', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: events.length }),
      fc.nat(),
      fc.boolean(),
      (size, before, forged) => {
        const made = statementOf(events.slice(0, size), { after: before % size });
        const wrong = { ...made, previous: made.previous && { ...made.previous, root: made.root } };
        const text = renderSignedAnchor(signAnchor(forged ? wrong : made));
        if (forged && made.previous !== null)
          expect(() => parseSignedAnchor(text, 'a')).toThrow('does not contain');
        else expect(parseSignedAnchor(text, 'a').statement).toEqual(made);
      },
    ),
    { numRuns: 40, seed: 7 },
  );
});

test.each([
  ['nothing', ''],
  ['no JSON', 'x'],
  ['two keys of one name', '{"kind":"SignedLedgerAnchor","kind":"x"}'],
  ['another kind', canonicalJson({ kind: 'Anchor' })],
  ['a list', '[]'],
  ['too much', ' '.repeat(70_000)],
  [
    'a key that is no text',
    canonicalJson({ kind: 'SignedLedgerAnchor', v: 1, statement, token: 'a.b.c', jwk: { kty: 1 } }),
  ],
])('%s is no anchor', (_, text) => {
  expect(() => parseSignedAnchor(text, 'a.json')).toThrow(expect.objectContaining({ kind: 'input' }));
});
