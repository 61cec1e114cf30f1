import { expect, test } from 'vitest';
import type { AnchorFile, AnchorPlace } from '../../adapters/anchor/place.ts';
import { forge, transactionsOf } from '../../core/audit/forgery.fixture.ts';
import { type Story, tellStory } from '../../core/audit/ledger.fixture.ts';
import { emptyHead, extendHead } from '../../core/audit/merkle.ts';
import { anchorWorkflow, expectations, issuer, issuerJwk } from '../../core/audit/signed-anchor.fixture.ts';
import { type AnchorExpectations, audienceOf, parseSignedAnchor } from '../../core/audit/signed-anchor.ts';
import { encode, issuedAt, issuerKeys, signToken } from '../../core/evidence/receipt.fixture.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { ledgerRenderersFor } from '../../core/report/ledger-renderers.ts';
import { run } from './run.ts';

const dayMs = 86_400_000;
const story = tellStory('own', ledgerRenderersFor('own'));

/** A place on a shelf. */
class Shelf implements AnchorPlace {
  readonly files: AnchorFile[] = [];
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
  read = async () => [...this.files].reverse().slice(0, 4);
  put = async (stamp: string, text: string) => {
    this.files.push({ source: `${this.name} ${stamp}`, text });
  };
  get sizes() {
    return this.files.map(({ source, text }) => parseSignedAnchor(text, source).statement.size);
  }
}

interface World {
  readonly told: Pick<Story, 'files' | 'anchors'>;
  readonly places: readonly AnchorPlace[];
  /** Days after the first run. */
  readonly day?: number;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly expected?: AnchorExpectations;
}

/** One run of the workflow, with an issuer that signs for whatever audience the job asks. */
async function anchorOnce({ told, places, day = 0, claims = {}, expected = expectations }: World) {
  const asked: string[] = [];
  const seconds = issuedAt + (day * dayMs) / 1000;
  const outcome = await run({
    source: {
      readLedger: async () => ({
        files: told.files,
        layout: 'own',
        place: { branch: 'gatehouse-ledger', commit: 'c'.repeat(40) },
      }),
      readAnchors: async () => told.anchors,
      now: () => new Date(seconds * 1000),
    },
    places,
    repository: async () => ({ id: 7001, fullName: 'acme/flights' }),
    expectations: async () => expected,
    keys: async () => [issuerJwk],
    idToken: async (aud) => {
      asked.push(aud);
      const said = {
        ...{ iss: issuer, aud, repository_id: '7001', ref: 'refs/heads/main', event_name: 'schedule' },
        ...{ runner_environment: 'github-hosted', job_workflow_ref: `${anchorWorkflow}@refs/tags/v1` },
        ...{ job_workflow_sha: 'b'.repeat(40), iat: seconds, exp: seconds + 300, ...claims },
      };
      const header = encode({ typ: 'JWT', alg: 'RS256', kid: 'key-1' });
      return signToken(header, encode(said), issuerKeys.privateKey);
    },
  });
  return { ...outcome, asked };
}

/** The story as it was after so many transactions. */
const until = (count: number): Pick<Story, 'files' | 'anchors'> => ({
  files: forge(transactionsOf(story.files).slice(0, count), ledgerRenderersFor('own')),
  anchors: story.anchors.slice(0, count),
});

test('a proven ledger is anchored in every place, and each anchor proves that it contains the one before', async () => {
  const [releases, witness] = [new Shelf('releases'), new Shelf('witness')];
  const places = [releases, witness];
  const first = await anchorOnce({ told: until(4), places });
  expect(first).toMatchObject({ verdict: 'pass', size: 7 });
  const signed = parseSignedAnchor(first.file ?? '', 'file');
  expect(first.asked).toEqual([audienceOf(signed.statement)]);
  expect(first.digest).toBe(digestBytes(releases.files[0]?.text ?? ''));
  expect(first.summary).toContain('Left in: releases, witness.');
  const second = await anchorOnce({ told: story, places, day: 7 });
  expect(second).toMatchObject({ verdict: 'pass', size: 11 });
  expect(second.summary).toContain('contains the one of 7 entries before it');
  expect([releases.sizes, witness.sizes]).toEqual([
    [7, 11],
    [7, 11],
  ]);
  const { statement } = parseSignedAnchor(second.file ?? '', 'file');
  expect(statement).toMatchObject({ ...story.anchor, repositoryId: 7001, previous: { size: 7 } });
  expect(releases.files[1]?.source).toBe('releases gatehouse-ledger-000000000011-20261128');
});

test('a run again within the week asks for no token and writes nothing; a week later the same ledger is signed anew', async () => {
  const releases = new Shelf('releases');
  await anchorOnce({ told: story, places: [releases] });
  const again = await anchorOnce({ told: story, places: [releases], day: 2 });
  expect([again.asked, again.verdict, releases.sizes]).toEqual([[], 'pass', [11]]);
  expect(again.summary).toContain('nothing was written');
  await anchorOnce({ told: story, places: [releases], day: 7 });
  expect(releases.sizes).toEqual([11, 11]);
});

test('a place that was left out, by a crash or because it is new, gets a copy of the same anchor', async () => {
  const [releases, witness] = [new Shelf('releases'), new Shelf('witness')];
  await anchorOnce({ told: story, places: [releases] });
  const copied = await anchorOnce({ told: story, places: [releases, witness], day: 1 });
  expect([copied.asked, witness.files.map(({ text }) => text)]).toEqual([[], [releases.files[0]?.text]]);
});

test.each<[string, string]>([
  ['the place with the anchors', 'releases'],
  ['the witness alone, because the release was deleted', 'witness'],
])('what the app’s key anchored anew is not anchored: %s tells', async (_, who) => {
  const shelves = [new Shelf('releases'), new Shelf('witness')];
  await anchorOnce({ told: until(4), places: shelves });
  const places = shelves.map((shelf) => (shelf.name === who ? shelf : new Shelf(shelf.name)));
  // Whoever holds the key rewrites the ledger and leaves check runs that agree with it.
  const files = forge(
    transactionsOf(story.files).map((transaction, at) => ({
      ...transaction,
      events: transaction.events.map((event) =>
        at === 1 ? { ...event, actor: { ...event.actor, login: 'eve' } } : event,
      ),
    })),
    ledgerRenderersFor('own'),
  );
  const hashes = transactionsOf(files).flatMap(({ events }) => events.map(({ hash }) => hash));
  const { size, root } = extendHead(emptyHead, hashes);
  const told = { files, anchors: [{ size, root }] };
  const forged = await anchorOnce({ told, places, day: 7 });
  expect(forged).toMatchObject({ verdict: 'fail', file: null, digest: '', asked: [] });
  expect(forged.findings[0]).toMatchObject({ code: 'ledger/rewritten' });
  expect(forged.findings[0]?.allowed).toContain(`${who} gatehouse-ledger-000000000007-20261121`);
  expect(places.flatMap(({ sizes }) => sizes)).toEqual([7]);
  // Without both, nothing is left that could tell: that is what the second place is for.
  expect(await anchorOnce({ told, places: [new Shelf('releases')] })).toMatchObject({ verdict: 'pass' });
});

test('a ledger that was cut is not anchored', async () => {
  const releases = new Shelf('releases');
  await anchorOnce({ told: story, places: [releases] });
  const cut = await anchorOnce({ told: until(5), places: [releases], day: 7 });
  expect(cut.findings[0]).toMatchObject({ code: 'ledger/truncated', found: '9 entries' });
  expect([cut.verdict, releases.sizes]).toEqual(['fail', [11]]);
});

test('entries that the app has not anchored yet are not anchored', async () => {
  const late = { files: story.files, anchors: story.anchors.slice(0, -1) };
  const outcome = await anchorOnce({ told: late, places: [new Shelf('releases')] });
  expect(outcome.findings[0]?.code).toBe('ledger/tail');
  expect(outcome.asked).toEqual([]);
});

test('an empty ledger needs no anchor', async () => {
  const outcome = await anchorOnce({
    told: { files: new Map(), anchors: [] },
    places: [new Shelf('releases')],
  });
  expect(outcome).toMatchObject({ verdict: 'pass', size: 0, file: null, asked: [] });
});

test('a run whose anchor nobody would believe leaves none', async () => {
  const releases = new Shelf('releases');
  for (const claims of [
    { event_name: 'push' },
    { ref: 'refs/heads/feature' },
    { job_workflow_sha: 'd'.repeat(40) },
  ])
    await expect(anchorOnce({ told: story, places: [releases], claims })).rejects.toMatchObject({
      code: 'ANCHOR_NOT_TRUSTED',
    });
  expect(releases.sizes).toEqual([]);
});

test('a file that somebody else left is shown, and neither believed nor a reason to stop', async () => {
  const releases = new Shelf('releases');
  await releases.put('gatehouse-ledger-999999999999-20261121', '{"kind":"x"}');
  const outcome = await anchorOnce({ told: story, places: [releases] });
  expect(outcome.verdict).toBe('pass');
  expect(outcome.summary).toContain('is no anchor of a ledger');
});
