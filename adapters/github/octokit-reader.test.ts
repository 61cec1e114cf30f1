import { Octokit } from '@octokit/rest';
import { describe, expect, it } from 'vitest';
import { createReader } from './octokit-reader.ts';

type Answer = { readonly status?: number; readonly body?: unknown; readonly link?: string };

/** A GitHub that answers by path and query; what it does not know is 404. */
function readerOver(answer: (url: URL) => Answer | undefined) {
  const asked: string[] = [];
  const fetch = async (input: string): Promise<Response> => {
    const url = new URL(input);
    asked.push(url.pathname + url.search);
    const { status = 200, body = {}, link } = answer(url) ?? { status: 404 };
    return new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json', ...(link === undefined ? {} : { link }) },
    });
  };
  const client = new Octokit({
    request: { fetch },
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  return { reader: createReader(client, { owner: 'acme', repo: 'flights' }, 5), asked };
}

const page = (url: URL) => Number(url.searchParams.get('page') ?? '1');
const user = { id: 7, login: 'rita', type: 'User' };
const review = (id: number) => ({
  id,
  user,
  state: 'APPROVED',
  commit_id: 'c',
  submitted_at: '2026-01-01T00:00:00Z',
});
const many = (count: number, make: (id: number) => unknown) =>
  Array.from({ length: count }, (_, id) => make(id));

describe('a reader gives the whole answer or none', () => {
  it('reads every page of reviews', async () => {
    const { reader } = readerOver((url) => ({ body: many(page(url) === 1 ? 100 : 3, review) }));
    expect(await reader.reviews(1)).toHaveLength(103);
  });

  it('throws when the second page fails', async () => {
    const { reader } = readerOver((url) => (page(url) === 1 ? { body: many(100, review) } : { status: 502 }));
    await expect(reader.reviews(1)).rejects.toMatchObject({ code: 'GITHUB_READ_FAILED', kind: 'service' });
  });

  it('follows the link header even when a page is short', async () => {
    const { reader } = readerOver((url) =>
      page(url) === 1
        ? { body: [review(1)], link: '<https://x/?page=2>; rel="next"' }
        : { body: [review(2)] },
    );
    expect(await reader.reviews(1)).toHaveLength(2);
  });

  it('says in its own words that GitHub does not show a commit or a pull request yet', async () => {
    const { reader } = readerOver(() => undefined);
    for (const read of [() => reader.pullsOfCommit('a'.repeat(40)), () => reader.pullCommits(1)])
      await expect(read()).rejects.toMatchObject({ code: 'GITHUB_READ_FAILED', kind: 'service' });
  });

  it('throws when fewer came than GitHub counts', async () => {
    const { reader } = readerOver(() => ({ body: { total_count: 3, workflow_runs: [] } }));
    await expect(reader.runsFor('a')).rejects.toMatchObject({ code: 'GITHUB_ANSWER_INCOMPLETE' });
  });

  it('throws for a review in a state that we do not know, and leaves drafts out', async () => {
    const strange = readerOver(() => ({ body: [{ ...review(1), state: 'BLESSED' }] }));
    await expect(strange.reader.reviews(1)).rejects.toMatchObject({ code: 'GITHUB_ANSWER_INCOMPLETE' });
    const draft = readerOver(() => ({ body: [{ ...review(1), state: 'PENDING', submitted_at: null }] }));
    expect(await draft.reader.reviews(1)).toEqual([]);
  });

  it('throws for a tree that GitHub cut', async () => {
    const { reader } = readerOver(() => ({ body: { truncated: true, tree: [] } }));
    await expect(reader.tree('a'.repeat(40))).rejects.toMatchObject({ code: 'GITHUB_ANSWER_INCOMPLETE' });
  });

  it('throws for content that is not that of the id', async () => {
    const { reader } = readerOver(() => ({ body: { encoding: 'base64', content: 'aGk=' } }));
    await expect(reader.blob('b'.repeat(40))).rejects.toMatchObject({ code: 'GITHUB_ANSWER_INCOMPLETE' });
    // printf hi | git hash-object --stdin
    expect(await reader.blob('32f95c0d1244a78b2be1bab8de17906fabb2c4a8')).toEqual(new Uint8Array([104, 105]));
  });

  it('refuses a pull request with as many commits as GitHub lists', async () => {
    const commit = {
      sha: 'c',
      parents: [],
      commit: { tree: { sha: 't' }, message: '', author: null, committer: null },
    };
    const { reader } = readerOver((url) => ({ body: many(page(url) < 3 ? 100 : 50, () => commit) }));
    await expect(reader.pullCommits(1)).rejects.toMatchObject({
      code: 'PULL_REQUEST_TOO_LARGE',
      kind: 'input',
    });
  });

  it('keeps only check runs of our own app', async () => {
    const run = (id: number, app: number) => ({
      ...{
        id,
        name: 'gatehouse',
        app: { id: app },
        head_sha: 'a',
        status: 'completed',
        conclusion: 'success',
      },
      ...{ external_id: 'x', started_at: null, completed_at: null },
      output: { title: null, summary: null, text: null },
    });
    const { reader } = readerOver(() => ({ body: { total_count: 2, check_runs: [run(1, 9), run(2, 5)] } }));
    expect((await reader.checkRuns('a', 'gatehouse')).map(({ id }) => id)).toEqual([2]);
  });

  it('stops a download at the cap, whatever the listing says', async () => {
    const { reader } = readerOver(() => ({ body: 'x'.repeat(1000) }));
    await expect(reader.artifactZip(1, 100)).rejects.toMatchObject({ code: 'ARTIFACT_TOO_LARGE' });
  });
});

describe('people', () => {
  it('are unknown pushers where GitHub does not tell, and a failure where it does not answer', async () => {
    expect(await readerOver(() => ({ status: 404 })).reader.pushes('b')).toBeNull();
    expect(await readerOver(() => ({ status: 403 })).reader.pushes('b')).toBeNull();
    expect(await readerOver(() => ({ body: [] })).reader.pushes('b')).toBeNull();
    expect(await readerOver(() => ({ body: [{ actor: null, after: 'c' }] })).reader.pushes('b')).toBeNull();
    await expect(readerOver(() => ({ status: 500 })).reader.pushes('b')).rejects.toMatchObject({
      kind: 'service',
    });
  });

  it('follows the cursor of pushes', async () => {
    const { reader } = readerOver((url) =>
      url.searchParams.get('after') === 'x'
        ? { body: [{ actor: { ...user, id: 8 }, after: 'd' }] }
        : { body: [{ actor: user, after: 'c' }], link: '<https://x/?after=x>; rel="next"' },
    );
    expect(await reader.pushes('b')).toMatchObject([{ by: { id: 7 } }, { by: { id: 8 } }]);
  });

  it('in a role are read by id, each once; an unknown user or team is an error, not nobody', async () => {
    const { reader } = readerOver((url) => {
      if (url.pathname === '/users/rita') return { body: user };
      if (url.pathname === '/orgs/acme/teams/ml') return { body: { id: 3 } };
      if (url.pathname === '/orgs/acme/teams/ml/members')
        return { body: [user, { ...user, id: 9, login: 'omar' }] };
      return undefined;
    });
    const role = { users: ['rita'], teams: ['acme/ml'] };
    expect((await reader.membersOf(role)).map(({ id }) => id)).toEqual([7, 9]);
    for (const unknown of [
      { users: ['nobody'], teams: [] },
      { users: [], teams: ['acme/none'] },
    ])
      await expect(reader.membersOf(unknown)).rejects.toMatchObject({ code: 'ROLE_UNKNOWN' });
  });

  it('of a team that was swapped while it was read are nobody', async () => {
    let id = 1;
    const { reader } = readerOver((url) => {
      if (url.pathname.endsWith('/members')) return { body: [user] };
      id += 1;
      return { body: { id } };
    });
    await expect(reader.membersOf({ users: [], teams: ['acme/ml'] })).rejects.toMatchObject({
      code: 'ROLE_UNKNOWN',
    });
  });

  it('that deleted their account approve as a ghost who holds no role', async () => {
    const { reader } = readerOver(() => ({ body: [{ ...review(1), user: null }] }));
    expect(await reader.reviews(1)).toMatchObject([{ reviewer: { login: 'ghost' } }]);
  });
});

it('reads content by id once, and moving names every time', async () => {
  const { reader, asked } = readerOver((url) =>
    url.pathname.includes('/git/trees/') ? { body: { tree: [] } } : undefined,
  );
  await reader.tree('a'.repeat(40));
  await reader.tree('a'.repeat(40));
  await reader.tree('main');
  await reader.tree('main');
  expect(asked).toHaveLength(3);
});

it('reads a commit once when all is known of it, and again while an account or a signature may come', async () => {
  const sha = 'a'.repeat(40);
  const answer = { author: user as object | null, verified: true };
  const { reader, asked } = readerOver(() => ({
    body: {
      ...{ sha, parents: [], author: answer.author, committer: user },
      commit: {
        ...{ tree: { sha }, message: '', author: null, committer: null },
        verification: { verified: answer.verified },
      },
    },
  }));
  answer.verified = false;
  expect((await reader.commit(sha)).verified).toBe(false);
  Object.assign(answer, { verified: true, author: null });
  expect((await reader.commit(sha)).author).toBeNull();
  answer.author = user;
  expect((await reader.commit(sha)).author?.id).toBe(7);
  await reader.commit(sha);
  expect(asked).toHaveLength(3);
});

it('reads the tree of a commit and of its tree once, and an attempt until it has ended', async () => {
  const file = { path: 'a', mode: '100644', type: 'blob', sha: 'b'.repeat(40) };
  const run = {
    id: 1,
    event: 'push',
    status: 'in_progress',
    conclusion: null,
    path: 'x',
    repository: { id: 1 },
  };
  const { reader, asked } = readerOver((url) =>
    url.pathname.includes('/git/trees/')
      ? { body: { tree: [file], truncated: false } }
      : { body: { ...run, head_sha: 'c', head_branch: null, head_repository: null, html_url: 'u' } },
  );
  const [both] = await Promise.all([reader.tree('a'.repeat(40)), reader.tree('a'.repeat(40))]);
  expect([...both.keys()]).toEqual(['a']);
  expect(asked).toHaveLength(1);
  await reader.runAttempt(1, 1);
  run.status = 'completed';
  await reader.runAttempt(1, 1);
  await reader.runAttempt(1, 1);
  expect(asked).toHaveLength(3);
});
