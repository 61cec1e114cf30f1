import { describe, expect, it } from 'vitest';
import type { GitHubClient } from './client.ts';
import { MarkBatch } from './mark-batch.ts';

const sha = (at: number): string => String(at).padStart(40, '0');
const whole = { hasNextPage: false };
const run = (databaseId: number, name = 'gatehouse') => ({
  ...{ databaseId, name, status: 'COMPLETED', conclusion: 'NEUTRAL', externalId: `anchor:${databaseId}` },
  ...{ startedAt: null, completedAt: null },
});
const commitOf = (oid: string, nodes: readonly object[], appId = 5, pageInfo = whole) => ({
  oid,
  checkSuites: { pageInfo, nodes: [{ app: { databaseId: appId }, checkRuns: { pageInfo: whole, nodes } }] },
});

/** @param tell what GraphQL says of a commit */
function batchOver(tell: (oid: string) => unknown) {
  const questions: number[] = [];
  const graphql = async (_: string, variables: Readonly<Record<string, unknown>>) => {
    const oids = Object.entries(variables).filter(([name]) => name.startsWith('oid'));
    questions.push(oids.length);
    return {
      repository: Object.fromEntries(
        oids.map(([name, oid]) => [name.replace('oid', 'commit'), tell(String(oid))]),
      ),
    };
  };
  const client = { graphql } as unknown as GitHubClient;
  const batch = new MarkBatch(client, { owner: 'acme', repo: 'flights' }, 5);
  const read = (...shas: readonly string[]) =>
    Promise.all(shas.map(async (each) => (await batch.read(each, 'gatehouse'))?.map(({ id }) => id)));
  return { read, questions, batch };
}

describe('MarkBatch', () => {
  it('asks for many commits at once, forty at a time, and for one or two by themselves', async () => {
    const { read, questions } = batchOver((oid) => commitOf(oid, [run(Number(oid) + 2), run(1)]));
    expect(await read(sha(1), sha(2), sha(3), sha(1))).toEqual([
      [1, 3],
      [1, 4],
      [1, 5],
      [1, 3],
    ]);
    expect(await read(sha(1), sha(2))).toEqual([undefined, undefined]);
    await read(...Array.from({ length: 50 }, (_, at) => sha(at)));
    expect(questions).toEqual([3, 40, 10]);
  });

  it.each<[string, unknown, readonly number[] | undefined]>([
    ['another commit', commitOf(sha(9), [run(1)]), undefined],
    ['a list with a next page', commitOf(sha(1), [run(1)], 5, { hasNextPage: true }), undefined],
    ['nothing', null, undefined],
    ['no commit but a file', {}, undefined],
    ['a check of another app', commitOf(sha(1), [run(1)], 6), []],
    ['a check of another name', commitOf(sha(1), [run(1, 'gatehouse evidence'), run(2)]), [2]],
  ])('%s', async (_, told, marks) => {
    const { read } = batchOver((oid) => (oid === sha(1) ? told : commitOf(oid, [])));
    expect(await read(sha(1), sha(2), sha(3))).toEqual([marks, [], []]);
  });

  it('tells nothing when GitHub does not answer', async () => {
    const { read } = batchOver(() => {
      throw new Error('no');
    });
    expect(await read(sha(1), sha(2), sha(3))).toEqual([undefined, undefined, undefined]);
  });
});
