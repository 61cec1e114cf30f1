import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { digestBytes } from '../../core/json/canonical.ts';
import type { ArtifactFacts, GitHubReader, RunFacts } from '../github/reader.ts';
import { readCandidates } from './candidates.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const zipOf = (text: string): Uint8Array =>
  zipSync({ 'evidence.json': bytesOf(text), 'receipt.jwt': bytesOf('a.b.c') });
const run = { id: 501 } as RunFacts;

/** Artifacts of one run, and the bytes that are served for each. */
async function candidatesOf(
  artifacts: readonly (Partial<ArtifactFacts> & { readonly id: number; readonly zip: Uint8Array })[],
) {
  const reader = {
    artifacts: async () =>
      artifacts.map(({ zip, ...artifact }) => ({
        ...{ name: 'gatehouse-evidence-judgement', sizeBytes: zip.length, expired: false },
        ...{ digest: digestBytes(zip), createdAt: '', runId: run.id },
        ...artifact,
      })),
    artifactZip: async (id: number) => artifacts.find((artifact) => artifact.id === id)?.zip ?? bytesOf(''),
  } as unknown as GitHubReader;
  const found = await readCandidates(reader, run, null);
  return found.map((candidate) =>
    candidate.kind === 'sealed'
      ? [candidate.artifact.id, candidate.sealed.text]
      : [candidate.artifact.id, candidate.kind],
  );
}

describe('evidence artifacts of a run', () => {
  it('are all looked at, newest first: one that took the name hides no other', async () => {
    const three = [
      { id: 1, zip: zipOf('first') },
      { id: 3, zip: bytesOf('no zip') },
      { id: 2, zip: zipOf('second') },
    ];
    expect(await candidatesOf(three)).toEqual([
      [3, 'refused'],
      [2, 'second'],
      [1, 'first'],
    ]);
  });

  it('are refused when the bytes are not those that GitHub names', async () => {
    expect(
      await candidatesOf([{ id: 1, zip: zipOf('other'), digest: digestBytes(zipOf('honest')) }]),
    ).toEqual([[1, 'refused']]);
    expect(await candidatesOf([{ id: 1, zip: zipOf('honest'), digest: null }])).toEqual([[1, 'honest']]);
  });

  it('are not fetched when they say that they are too large, are expired, or have another name', async () => {
    expect(await candidatesOf([{ id: 1, zip: zipOf('large'), sizeBytes: 1e9 }])).toEqual([[1, 'refused']]);
    expect(await candidatesOf([{ id: 1, zip: zipOf('old'), expired: true }])).toEqual([]);
    expect(await candidatesOf([{ id: 1, zip: zipOf('model'), name: 'gatehouse-model' }])).toEqual([]);
  });
});
