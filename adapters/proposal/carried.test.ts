import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { contentDigest, digest, judgementOf, rulesDigest } from '../../core/evidence/evidence.fixture.ts';
import type { JudgementEvidence } from '../../core/evidence/evidence.ts';
import { canonicalJson } from '../../core/json/canonical.ts';
import type { GitHubReader } from '../github/reader.ts';
import { findCarried } from './carried.ts';
import type { Proposal } from './read-proposal.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Looks for a judgement of the content `contentDigest` in run 5 of an earlier commit. */
async function carriedFrom(evidence: JudgementEvidence | string, content: string = contentDigest, run = 9) {
  const text = typeof evidence === 'string' ? evidence : canonicalJson(evidence);
  const zip = zipSync({ 'evidence.json': bytesOf(text), 'receipt.jwt': bytesOf('a.b.c') });
  const reader = {
    pullCommits: async () => [{ sha: 'earlier' }, { sha: 'head' }],
    runsFor: async (sha: string) => (sha === 'earlier' ? [{ id: 5 }] : []),
    artifacts: async () => [
      { id: 1, name: 'gatehouse-evidence-judgement', sizeBytes: zip.length, expired: false, digest: null },
    ],
    artifactZip: async () => zip,
  } as unknown as GitHubReader;
  const proposal = {
    change: { kind: 'request', contentDigest: content },
    state: null,
  } as unknown as Proposal;
  return findCarried(reader, 12, proposal, rulesDigest, run);
}

describe('a judgement of an earlier head', () => {
  it('of the same content, rules and champions is carried: nothing is trained or judged again', async () => {
    expect(await carriedFrom(judgementOf())).toEqual({ runId: 5 });
  });

  it.each<[string, JudgementEvidence]>([
    ['rules', { ...judgementOf(), rulesDigest: digest('other rules') }],
    ['champions', judgementOf({ champions: [{ endpoint: 'eu', version: 1, artifactDigest: digest('v1') }] })],
    ['results, none of which could be evaluated,', { ...judgementOf(), verdict: 'not evaluated' }],
  ])('of other %s is not', async (_, evidence) => {
    expect(await carriedFrom(evidence)).toBeNull();
  });

  it('of other content, of this very run, or of no form is not', async () => {
    expect(await carriedFrom(judgementOf(), digest('other content'))).toBeNull();
    expect(await carriedFrom(judgementOf(), contentDigest, 5)).toBeNull();
    expect(await carriedFrom('{"kind":"judgement"}')).toBeNull();
  });
});
