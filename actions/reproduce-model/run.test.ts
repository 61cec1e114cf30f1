import { expect, test } from 'vitest';
import type { ReproduceInputs } from '../../adapters/reproduce/reproduce.ts';
import { tellStory } from '../../core/audit/ledger.fixture.ts';
import type { Policy } from '../../core/config/policy.ts';
import { makeRunRecord } from '../../core/evidence/run-record.fixture.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { ledgerRenderersFor } from '../../core/report/ledger-renderers.ts';
import { compareReproduction } from '../../core/training/reproduction.ts';
import { run } from './run.ts';

const story = tellStory('own', ledgerRenderersFor('own'));
const inputs = {
  ...{ model: 'flight-delay', version: 'v1', endpoint: '', tolerance: 0.01, predictions: true },
  ...{ repository: '/clone', env: {} },
};
const then = makeRunRecord();

function start(own: Partial<typeof inputs> = {}, anchors = story.anchors, same = true) {
  const asked: ReproduceInputs[] = [];
  const result = run(
    { ...inputs, ...own },
    {
      ledger: {
        readLedger: async () => ({ files: story.files, layout: 'own' as const }),
        readAnchors: async () => anchors,
        now: () => new Date('2026-11-21T12:00:00Z'),
      },
      policy: async () => ({ store: 'file:///store' }) as Policy,
      reproduce: async (all) => {
        asked.push(all);
        const { model, version, lineage, artifact } = all.record;
        const artifactDigest = same ? then.artifact.digest : digestBytes('other');
        const subject = { model, version, commit: lineage.codeCommit, artifactDigest };
        expect(artifact.digest).toMatch(/^sha256:/);
        return compareReproduction(
          subject,
          { ...then, metrics: {} },
          { ...then, how: 'exit code 0' },
          0.01,
          null,
        );
      },
    },
  );
  return { result, asked };
}

test('a version of the proven ledger is trained again with the policy of now', async () => {
  const { result, asked } = start();
  const { verdict, found, summary } = await result;
  expect(verdict).toBe('pass');
  expect(found).toMatchObject({ outcome: 'equal', version: 1 });
  expect(asked).toMatchObject([
    {
      record: { model: 'flight-delay', version: 1 },
      policy: { store: 'file:///store' },
      tolerance: 0.01,
      predictions: true,
    },
  ]);
  expect(summary).toContain('### Reproduction');
  expect(summary).toContain('Read 2026-11-21T12:');
});

test('without a version it is the one that serves at the endpoint', async () => {
  const { result, asked } = start({ version: '', endpoint: 'eu' });
  await result;
  expect(asked[0]?.record.version).toBe(1);
});

test('one that differs fails', async () => {
  expect((await start({}, story.anchors, false).result).verdict).toBe('fail');
});

test.each([
  ['neither version nor endpoint', { version: '' }, 'REPRODUCE_WHICH'],
  ['both', { endpoint: 'eu' }, 'REPRODUCE_WHICH'],
  ['a version that is not there', { version: 'v9' }, 'LEDGER_UNKNOWN_VERSION'],
  ['an endpoint that is not there', { version: '', endpoint: 'us' }, 'LEDGER_UNKNOWN_ENDPOINT'],
])('nothing runs for %s', async (_, own, code) => {
  const { result, asked } = start(own);
  await expect(result).rejects.toMatchObject({ code });
  expect(asked).toEqual([]);
});

test('nothing runs from a ledger that is not proven', async () => {
  const { result, asked } = start({}, []);
  await expect(result).rejects.toMatchObject({ code: 'LEDGER_UNVERIFIED' });
  expect(asked).toEqual([]);
});
