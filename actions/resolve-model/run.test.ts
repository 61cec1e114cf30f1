import { expect, test } from 'vitest';
import type { Anchor } from '../../core/audit/anchor.ts';
import { tellStory } from '../../core/audit/ledger.fixture.ts';
import { ledgerRenderersFor } from '../../core/report/ledger-renderers.ts';
import { run } from './run.ts';

const story = tellStory('own', ledgerRenderersFor('own'));
const depsWith = (files: ReadonlyMap<string, string>, anchors: readonly Anchor[]) => ({
  readLedger: async () => ({ files, layout: 'own' as const }),
  readAnchors: async () => anchors,
  now: () => new Date('2026-11-21T12:00:00Z'),
});

test('the champion is told with its digest, since when and what to return to', async () => {
  const result = await run({ model: 'flight-delay', endpoint: 'eu' }, depsWith(story.files, story.anchors));
  const record = story.state().versions.get(1)?.record;
  expect(result).toMatchObject({
    verdict: 'pass',
    version: 1,
    artifactDigest: record?.artifact.digest,
    since: '2026-11-21T10:06:00Z',
    previous: '',
  });
  expect(result.summary).toContain('serves at eu');
});

test('a newer entry without its anchor does not stop what an anchor covers, and is no answer itself', async () => {
  const grown = tellStory('own', ledgerRenderersFor('own'));
  const { anchors } = grown;
  grown.propose('churn');
  const covered = await run(
    { model: 'flight-delay', endpoint: 'eu' },
    depsWith(grown.files, anchors.slice(0, 6)),
  );
  expect(covered.version).toBe(1);
  const before = depsWith(story.files, story.anchors.slice(0, 5));
  await expect(run({ model: 'flight-delay', endpoint: 'eu' }, before)).rejects.toMatchObject({
    code: 'LEDGER_UNANCHORED',
  });
});

test.each([
  ['nope', 'eu', 'LEDGER_UNKNOWN_MODEL'],
  ['flight-delay', 'us', 'LEDGER_UNKNOWN_ENDPOINT'],
  ['constructor', 'eu', 'LEDGER_UNKNOWN_MODEL'],
])('%s at %s is refused as %s', async (model, endpoint, code) => {
  await expect(run({ model, endpoint }, depsWith(story.files, story.anchors))).rejects.toMatchObject({
    code,
  });
});

test('an endpoint from which the champion was taken has no champion', async () => {
  const emptied = tellStory('own', ledgerRenderersFor('own'));
  emptied.move([{ version: 1, to: 'archived' }]);
  const asked = run({ model: 'flight-delay', endpoint: 'eu' }, depsWith(emptied.files, emptied.anchors));
  await expect(asked).rejects.toMatchObject({ code: 'LEDGER_NO_CHAMPION' });
});

test('no anchor, or an edited ledger, gives no answer', async () => {
  const edited = new Map(story.files).set('README.md', 'x');
  for (const deps of [depsWith(story.files, []), depsWith(edited, story.anchors)]) {
    await expect(run({ model: 'flight-delay', endpoint: 'eu' }, deps)).rejects.toMatchObject({
      code: 'LEDGER_UNVERIFIED',
    });
  }
});
