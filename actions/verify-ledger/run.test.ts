import { expect, test } from 'vitest';
import { tellStory } from '../../core/audit/ledger.fixture.ts';
import { ServiceError } from '../../core/error/error.ts';
import { ledgerRenderersFor } from '../../core/report/ledger-renderers.ts';
import { run } from './run.ts';

const now = () => new Date('2026-11-21T12:00:00Z');

test.each(['own', 'shared'] as const)(
  'a ledger of layout %s passes and says size and root',
  async (layout) => {
    const story = tellStory(layout, ledgerRenderersFor(layout));
    const { files, anchors, anchor } = story;
    const result = await run({
      readLedger: async () => ({ files, layout }),
      readAnchors: async () => anchors,
      now,
    });
    expect(result).toMatchObject({ verdict: 'pass', entries: 11, root: anchor.root });
    expect(result.summary).toContain('✅ Pass');
    expect(result.summary).toContain('Read 2026');
  },
);

test('an edited file fails and the summary names it', async () => {
  const story = tellStory('own', ledgerRenderersFor('own'));
  const files = new Map(story.files).set('README.md', '# Everything is fine\n');
  const readLedger = async () => ({ files, layout: 'own' as const });
  const result = await run({ readLedger, readAnchors: async () => story.anchors, now });
  expect(result.verdict).toBe('fail');
  expect(result.summary).toContain('ledger/file-edited');
});

test('anchors that cannot be read are no verdict at all', async () => {
  const story = tellStory('own', ledgerRenderersFor('own'));
  const readAnchors = async () => {
    throw new ServiceError('GITHUB_DOWN', 'GitHub did not answer', { hint: 'Try again.' });
  };
  const readLedger = async () => ({ files: story.files, layout: 'own' as const });
  await expect(run({ readLedger, readAnchors, now })).rejects.toMatchObject({ kind: 'service' });
});
