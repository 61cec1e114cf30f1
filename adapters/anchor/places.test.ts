import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { options, tellStory } from '../../core/audit/ledger.fixture.ts';
import { expectations, issuerJwk, signAnchor, statementOf } from '../../core/audit/signed-anchor.fixture.ts';
import { renderSignedAnchor } from '../../core/audit/signed-anchor.ts';
import { verifyLedger } from '../../core/audit/verify.ts';
import { type AnchorServer, acme, startAnchorServer } from './anchor-server.fixture.ts';
import { stampOf } from './place.ts';
import { readSignedAnchors, toAnchors } from './read-signed.ts';
import { openReleases } from './releases.ts';
import { openWitness } from './witness.ts';

const story = tellStory();
const { events } = verifyLedger(story.files, story.anchors, options);
const anchorAt = (size: number) => renderSignedAnchor(signAnchor(statementOf(events.slice(0, size))));

let server: AnchorServer;
beforeEach(async () => {
  server = await startAnchorServer();
});
afterEach(() => server.close());

describe('releases', () => {
  it('take an anchor as a draft and are published with it, never as the latest', async () => {
    const releases = openReleases(server.client, acme);
    expect(await releases.read()).toEqual([]);
    const stamp = stampOf(11, '2026-11-21T09:20:00Z');
    await releases.put(stamp, anchorAt(11));
    expect(server.releases).toMatchObject([
      { tag_name: 'gatehouse-ledger-000000000011-20261121', draft: false },
    ]);
    expect(await releases.read()).toEqual([{ source: `release ${stamp}`, text: anchorAt(11) }]);
  });

  it('are read behind those of people, without drafts, the newest four, and no large file', async () => {
    const releases = openReleases(server.client, acme);
    for (const size of [3, 5, 7, 8, 9, 11])
      await releases.put(stampOf(size, '2026-11-21T09:20:00Z'), anchorAt(size));
    await releases.put('gatehouse-ledger-000000000012-20261121', 'x'.repeat(70_000));
    server.releases.push({ id: 98, tag_name: 'gatehouse-ledger-999', draft: true, assets: [] });
    for (let id = 100; id < 230; id += 1)
      server.releases.push({ id, tag_name: `v${id}`, draft: false, assets: [] });
    const found = await releases.read();
    expect(found.map(({ source }) => Number(source.split('-')[2]))).toEqual([11, 9, 8, 7]);
    expect(server.asked.filter((line) => line.includes('/releases?'))).toHaveLength(2);
  });

  it('that do not answer are no releases without an anchor', async () => {
    server.fail.set('GET /repos/acme/flights/releases', 403);
    await expect(openReleases(server.client, acme).read()).rejects.toMatchObject({ kind: 'service' });
  });

  it('leave a draft behind when the upload fails, which no reader meets', async () => {
    server.fail.set('POST /uploads/', 422);
    const releases = openReleases(server.client, acme);
    await expect(releases.put(stampOf(11, '2026-11-21'), anchorAt(11))).rejects.toMatchObject({
      kind: 'service',
    });
    expect([server.releases.map(({ draft }) => draft), await releases.read()]).toEqual([[true], []]);
  });
});

describe('the witness', () => {
  it('holds the anchors of many repositories, never replaces one, and gives the newest', async () => {
    const witness = openWitness(server.client, 'audit/witness', 7001);
    expect(await witness.read()).toEqual([]);
    for (const size of [9, 2, 11]) await witness.put(stampOf(size, '2026-11-21'), anchorAt(size));
    const found = await witness.read();
    expect(found.map(({ source }) => source)).toEqual(
      [11, 9, 2].map((size) => `audit/witness/gatehouse-anchors/7001/${stampOf(size, '2026-11-21')}.json`),
    );
    expect(found[0]?.text).toBe(anchorAt(11));
    await expect(witness.put(stampOf(9, '2026-11-21'), 'other')).rejects.toMatchObject({ kind: 'service' });
    expect(await openWitness(server.client, 'audit/witness', 8).read()).toEqual([]);
  });

  it.each(['witness', 'a/b/c', 'a b/c', '../x/y'])('%j is no repository', (title) => {
    expect(() => openWitness(server.client, title, 7)).toThrow(
      expect.objectContaining({ code: 'WITNESS_INVALID' }),
    );
  });
});

it('anchors that verify are believed wherever they lie; others are told and asked of nobody twice', async () => {
  const places = [openReleases(server.client, acme), openWitness(server.client, 'audit/witness', 7001)];
  let asked = 0;
  const keys = async () => {
    asked += 1;
    return [issuerJwk];
  };
  expect(await readSignedAnchors(places, async () => expectations, keys)).toEqual({
    believed: [],
    refused: [],
  });
  expect(asked).toBe(0);
  await places[0]?.put(stampOf(11, '2026-11-21'), anchorAt(11));
  await places[0]?.put(stampOf(9, '2026-11-21'), '{}');
  await places[1]?.put(stampOf(5, '2026-11-21'), anchorAt(5));
  const stranger = renderSignedAnchor(signAnchor(statementOf(events.slice(0, 7)), { ref: 'refs/heads/x' }));
  await places[1]?.put(stampOf(7, '2026-11-21'), stranger);
  const { believed, refused } = await readSignedAnchors(places, async () => expectations, keys);
  expect(toAnchors(believed).map(({ size, from }) => [size, from?.split(' ')[0]?.split('/')[0]])).toEqual([
    [5, 'audit'],
    [11, 'release'],
  ]);
  expect(refused.map(({ code, severity }) => [code, severity])).toEqual([
    ['ledger/anchor-invalid', 'warn'],
    ['ledger/anchor-refused', 'warn'],
  ]);
  expect(asked).toBe(1);
});
