import { Octokit } from '@octokit/rest';
import { describe, expect, it } from 'vitest';
import { withConditionalReads } from './conditional-reads.ts';
import { ReaderMemory } from './reader-memory.ts';

interface Served {
  body: unknown;
  etag?: string;
  status?: number;
}

/** A GitHub with one answer; as there, a tag that still holds is answered 304 without a body. */
function clientOver(served: Served) {
  const asked: (string | null)[] = [];
  const fetch = async (_: string, init: RequestInit): Promise<Response> => {
    const known = new Headers(init.headers).get('if-none-match');
    asked.push(known);
    const { body, etag, status = 200 } = served;
    const headers = { 'content-type': 'application/json', ...(etag === undefined ? {} : { etag }) };
    if (known !== null && known === etag) return new Response(null, { status: 304, headers });
    return new Response(status === 304 ? null : JSON.stringify(body), { status, headers });
  };
  const silent = () => undefined;
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  const client = withConditionalReads(new Octokit({ request: { fetch }, log }), new ReaderMemory());
  const read = async (page = 1) => {
    const answer = await client.request('GET /repos/{owner}/{repo}/pulls', { owner: 'a', repo: 'b', page });
    return answer.data as unknown;
  };
  return { client, asked, read };
}

describe('withConditionalReads', () => {
  it('asks whether an answer still holds, and gives the one of before when it does', async () => {
    const { asked, read } = clientOver({ body: [{ number: 1 }], etag: 'W/"1"' });
    expect(await read()).toEqual([{ number: 1 }]);
    expect(await read()).toEqual([{ number: 1 }]);
    expect(asked).toEqual([null, 'W/"1"']);
  });

  it('gives the new answer when it changed, and asks with the new tag from then on', async () => {
    const served: Served = { body: [1], etag: '"1"' };
    const { asked, read } = clientOver(served);
    await read();
    Object.assign(served, { body: [2], etag: '"2"' });
    expect(await read()).toEqual([2]);
    expect(await read()).toEqual([2]);
    expect(asked).toEqual([null, '"1"', '"2"']);
  });

  it('keeps one answer for each question, and none without a tag', async () => {
    const tagged = clientOver({ body: [1], etag: '"1"' });
    await tagged.read(1);
    await tagged.read(2);
    expect(tagged.asked).toEqual([null, null]);
    const plain = clientOver({ body: [1] });
    await plain.read();
    await plain.read();
    expect(plain.asked).toEqual([null, null]);
  });

  it('hides no refusal behind an answer of before', async () => {
    const served: Served = { body: [1], etag: '"1"' };
    const { read } = clientOver(served);
    await read();
    Object.assign(served, { body: { message: 'gone' }, etag: undefined, status: 403 });
    await expect(read()).rejects.toMatchObject({ status: 403 });
  });

  it('takes a 304 that nobody asked for as the failure it is', async () => {
    const { read } = clientOver({ body: null, status: 304 });
    await expect(read()).rejects.toMatchObject({ status: 304 });
  });

  it('never asks so for a write', async () => {
    const { client, asked } = clientOver({ body: {}, etag: '"1"' });
    const write = () =>
      client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        ...{ owner: 'a', repo: 'b', issue_number: 1, body: 'x' },
      });
    await write();
    await write();
    expect(asked).toEqual([null, null]);
  });
});
