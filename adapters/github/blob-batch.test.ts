import { describe, expect, it } from 'vitest';
import { blobIdOf } from '../../core/change/tree-id.ts';
import { BlobBatch } from './blob-batch.ts';
import type { GitHubClient } from './client.ts';

const idOf = (content: string | Uint8Array): string => blobIdOf(Buffer.from(content));

/** @param tell what GraphQL says of a content by its id */
function batchOver(tell: (oid: string) => unknown, fails = false) {
  const questions: number[] = [];
  const graphql = async (_: string, variables: Readonly<Record<string, unknown>>) => {
    const oids = Object.entries(variables).filter(([name]) => name.startsWith('oid'));
    questions.push(oids.length);
    if (fails) throw new Error('no');
    return {
      repository: Object.fromEntries(
        oids.map(([name, oid]) => [name.replace('oid', 'blob'), tell(String(oid))]),
      ),
    };
  };
  const batch = new BlobBatch({ graphql } as unknown as GitHubClient, { owner: 'acme', repo: 'flights' });
  const read = async (ids: readonly string[]) => {
    const found = await Promise.all(ids.map((id) => batch.read(id)));
    return found.map((bytes) => (bytes === undefined ? null : Buffer.from(bytes).toString()));
  };
  return { read, questions };
}

const texts = ['one\n', 'zwei ü\n', ''];
const whole = (oid: string) => ({
  isTruncated: false,
  text: texts.find((text) => idOf(text) === oid) ?? null,
});

describe('BlobBatch', () => {
  it('asks for all that is wanted at once by one question, forty at a time', async () => {
    const { read, questions } = batchOver(whole);
    expect(await read(texts.map(idOf))).toEqual(texts);
    expect(questions).toEqual([3]);
    await read(Array.from({ length: 85 }, (_, at) => idOf(String(at))));
    expect(questions).toEqual([3, 40, 40, 5]);
  });

  it('asks for one or two by themselves', async () => {
    const { read, questions } = batchOver(whole);
    expect(await read([idOf('one\n'), idOf('')])).toEqual([null, null]);
    expect(questions).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['other text than the id says', { isTruncated: false, text: 'another' }],
    ['text that was cut', { isTruncated: true, text: 'one\n' }],
    ['bytes that are no text', { isTruncated: false, text: null }],
    ['nothing', null],
    ['no content but a commit', {}],
  ])('does not tell what GitHub answers with %s', async (_, told) => {
    const { read } = batchOver((oid) => (oid === idOf('one\n') ? told : whole(oid)));
    expect(await read(texts.map(idOf))).toEqual([null, ...texts.slice(1)]);
  });

  it('tells nothing of bytes that a text cannot hold', async () => {
    const bytes = new Uint8Array([0xff, 0xfe, 0x41]);
    const { read } = batchOver(() => ({ isTruncated: false, text: Buffer.from(bytes).toString('utf8') }));
    expect(await read([idOf(bytes), idOf(bytes), idOf(bytes)])).toEqual([null, null, null]);
  });

  it('tells nothing when GitHub does not answer', async () => {
    expect(await batchOver(whole, true).read(texts.map(idOf))).toEqual([null, null, null]);
  });
});
