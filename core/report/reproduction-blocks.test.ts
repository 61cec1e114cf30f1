import { describe, expect, it } from 'vitest';
import type { FinishedRun } from '../evidence/evidence.ts';
import { makeRunRecord } from '../evidence/run-record.fixture.ts';
import { digestBytes } from '../json/canonical.ts';
import { compareReproduction, type Rerun, type ScoreComparison } from '../training/reproduction.ts';
import { terminalWidth } from './columns.ts';
import { renderMarkdown } from './markdown.ts';
import { reproductionBlocks } from './reproduction-blocks.ts';
import { renderText } from './text.ts';

const then: FinishedRun = makeRunRecord({
  image: `ghcr.io/acme/train@sha256:${'1'.repeat(64)}`,
  metrics: { auc: 0.66 },
});
const render = (own: Partial<Rerun>, scores: ScoreComparison | null = null, record = then) => {
  const now: Rerun = { ...record, how: 'exit code 0', ...own };
  const version = {
    model: 'flight-delay',
    version: 7,
    commit: then.commit,
    artifactDigest: then.artifact.digest,
  };
  return reproductionBlocks(compareReproduction(version, record, now, 0.001, scores));
};
const text = (...args: Parameters<typeof render>) => renderText(render(...args), { width: terminalWidth });

describe('the report of a reproduction', () => {
  it('says first whether it is the same, and that nothing differs', () => {
    const lines = text({}).split('\n');
    expect(lines[0]).toBe('✅ Equal: flight-delay v7 was trained again');
    expect(lines).toContain('The model file is the same, byte for byte.');
    expect(text({})).toContain('Nothing that is recorded differs');
    expect(text({}, null, { ...then, metrics: {} })).not.toContain('claims');
  });

  it('shows metrics, scores and causes, no line wider than a terminal', () => {
    const scores = { rows: 12_500, changed: 3, unmatched: 1, largestDifference: 0.25 };
    const page = text(
      {
        artifact: { ...then.artifact, digest: digestBytes('other') },
        ...{ metrics: {}, image: null, seed: 8 },
        datasets: [{ dataset: 'flights', dataDigest: digestBytes('x') }],
      },
      scores,
    );
    expect(page).toMatch(/^❌ Differs: flight-delay v7/);
    expect(page).toMatch(/auc +0\.66 +not claimed +❌ beyond/);
    expect(page).toContain(
      'Scores of 12,500 held-out rows: 3 changed, 1 row on one side only; largest difference 0.25.',
    );
    expect(page).toMatch(/image +ghcr\.io\/acme\/train@sha256:1{12}… +ran without/);
    expect(page).toMatch(/seed +7 +8/);
    expect(page.split('\n').filter((line) => line.length > terminalWidth)).toEqual([]);
  });

  it('names what nothing holds', () => {
    const loose = makeRunRecord({ seed: null });
    const page = text({ artifact: null, how: 'exit code 3' }, null, loose);
    expect(page).toContain('model file now: none');
    expect(page).toContain('seed: none is recorded');
    expect(page).toContain('The training left no model: exit code 3.');
    expect(text({ artifact: { ...then.artifact, digest: digestBytes('o') } })).toMatch(
      /^✅ Within tolerance/,
    );
    const calm = { rows: 2, changed: 0, unmatched: 0, largestDifference: 0 };
    expect(text({ machine: { ...then.machine, cpus: 2 } }, calm)).toContain('made no difference');
  });

  it('escapes what the training says', () => {
    const evil = makeRunRecord({ metrics: { '<img src=x>|`': 1 } });
    expect(renderMarkdown(render({}, null, evil))).not.toContain('<img');
  });
});
