import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, startBench } from './testing.ts';

/** How pull requests move: forks, merge methods, deleted branches, merges that happen by push. */
let bench: Bench;
let ada = '';
let zoe = '';
let work = '';
const repo = '/repos/acme/flights';

beforeAll(async () => {
  bench = await startBench();
  const { hub } = bench;
  ada = hub.createUser('ada').token;
  zoe = hub.createUser('zoe').token;
  hub.createOrganization('acme');
  await hub.createRepository('acme/flights');
  hub.addCollaborator('acme/flights', 'ada', 'admin');
  work = await bench.clone('acme/flights', 'ada', ada);
  await bench.git(work, 'checkout', '-q', '-b', 'main');
  await bench.commit(work, { 'README.md': 'one\n' }, 'Start');
  await bench.git(work, 'push', '-q', 'origin', 'main');
});

afterAll(async () => {
  const { violations } = bench.hub;
  await bench.close();
  expect(violations).toEqual([]);
});

const bare = (...args: string[]) => bench.git(bench.hub.gitDir('acme/flights'), ...args);

async function propose(branch: string, ...commits: Record<string, string>[]): Promise<number> {
  for (const [index, files] of commits.entries()) {
    await bench.push('acme/flights', 'ada', branch, { ...files, [`${branch}.log`]: `${index}\n` });
  }
  const pull = await bench.call(ada, 'POST', `${repo}/pulls`, {
    title: `Title of ${branch}`,
    head: branch,
    base: 'main',
  });
  return Number(pull.body.number);
}

const merge = (number: number, merge_method: string) =>
  bench.call(ada, 'PUT', `${repo}/pulls/${number}/merge`, { merge_method });

test('refs/pull/N/head and /merge follow, and the test merge has base and head as parents', async () => {
  const number = await propose('followed', { 'f.txt': '1\n' });
  const head = await bench.push('acme/flights', 'ada', 'followed', { 'f.txt': '2\n' });
  expect(await bare('rev-parse', `refs/pull/${number}/head`)).toBe(head);
  expect(await bare('rev-parse', `refs/pull/${number}/merge^2`)).toBe(head);
  expect(await bare('rev-parse', `refs/pull/${number}/merge^1`)).toBe(await bare('rev-parse', 'main'));
  const fetched = await bench.clone('acme/flights', 'zoe', zoe);
  await bench.git(fetched, 'fetch', '-q', 'origin', `refs/pull/${number}/merge`);
  expect(await bench.git(fetched, 'show', 'FETCH_HEAD:f.txt')).toBe('2');
});

test('a merge commit has two parents, a squash one, a rebase none of its own', async () => {
  const merged = await merge(await propose('m', { 'm.txt': '1\n' }, { 'm.txt': '2\n' }), 'merge');
  expect(merged.body.merged).toBe(true);
  expect(await bare('log', '-1', '--format=%P %cn %s', 'main')).toMatch(
    /^\w{40} \w{40} GitHub Merge pull request #\d+ from acme\/m$/,
  );
  await merge(await propose('s', { 's.txt': '1\n' }, { 's.txt': '2\n' }), 'squash');
  expect(await bare('log', '-1', '--format=%P|%an|%s', 'main')).toMatch(/^\w{40}\|ada\|Title of s \(#\d+\)$/);
  const number = await propose('r', { 'r.txt': '1\n' }, { 'r.txt': '2\n' });
  await merge(await propose('between', { 'between.txt': '1\n' }), 'squash');
  const rebased = await merge(number, 'rebase');
  expect(rebased.body.merged).toBe(true);
  expect(await bare('log', '-3', '--format=%s', 'main')).toMatch(/^Change r\nChange r\nTitle of between/);
  expect(await bare('show', 'main:between.txt')).toBe('1');
  expect((await bench.call(ada, 'GET', `${repo}/commits/main`)).body).toMatchObject({
    commit: { verification: { verified: false } },
  });
});

test('a fork proposes without any right, its commits arrive, and it can be merged', async () => {
  await bench.hub.fork('acme/flights', 'zoe');
  const clone = await bench.clone('zoe/flights', 'zoe', zoe);
  await bench.git(clone, 'checkout', '-q', '-b', 'gift');
  const head = await bench.commit(clone, { 'gift.txt': 'g\n' }, 'Gift');
  await bench.git(clone, 'push', '-q', 'origin', 'gift');
  const pull = await bench.call(zoe, 'POST', `${repo}/pulls`, {
    title: 'Gift',
    head: 'zoe:gift',
    base: 'main',
  });
  expect(pull).toMatchObject({
    status: 201,
    body: { head: { label: 'zoe:gift', sha: head, repo: { fork: true } } },
  });
  const next = await bench.commit(clone, { 'gift.txt': 'h\n' }, 'Better');
  await bench.git(clone, 'push', '-q', 'origin', 'gift');
  const number = Number(pull.body.number);
  expect(await bare('rev-parse', `refs/pull/${number}/head`)).toBe(next);
  expect((await bench.call(zoe, 'GET', `${repo}/pulls/${number}/commits`)).body).toHaveLength(2);
  expect((await merge(number, 'merge')).status).toBe(200);
});

test('a second pull request for the same branch, a pull request without commits, and unknown branches are refused', async () => {
  await propose('once', { 'once.txt': '1\n' });
  const again = (head: string, base = 'main') =>
    bench.call(ada, 'POST', `${repo}/pulls`, { title: 'T', head, base });
  expect((await again('once')).body.errors).toMatchObject([
    { message: 'A pull request already exists for acme:once.' },
  ]);
  await bench.git(work, 'fetch', '-q', 'origin');
  await bench.git(work, 'push', '-q', 'origin', 'origin/main:refs/heads/empty');
  expect((await again('empty')).body.errors).toMatchObject([
    { message: 'No commits between main and empty' },
  ]);
  expect((await again('nowhere')).body.errors).toMatchObject([{ field: 'head', code: 'invalid' }]);
  expect((await again('once', 'nowhere')).body.errors).toMatchObject([{ field: 'base', code: 'invalid' }]);
});

test('a deleted branch closes its pull request, a pushed merge completes it', async () => {
  const closed = await propose('deleted', { 'd.txt': '1\n' });
  await bench.git(work, 'push', '-q', 'origin', ':deleted');
  expect((await bench.call(ada, 'GET', `${repo}/pulls/${closed}`)).body).toMatchObject({
    state: 'closed',
    merged: false,
  });
  const pushed = await propose('pushed', { 'p.txt': '1\n' });
  await bench.git(work, 'fetch', '-q', 'origin');
  await bench.git(work, 'push', '-q', 'origin', 'origin/pushed:main');
  expect((await bench.call(ada, 'GET', `${repo}/pulls/${pushed}`)).body).toMatchObject({
    state: 'closed',
    merged: true,
  });
});

test('base.sha stays where the head was last pushed, and mergeability follows the base', async () => {
  const number = await propose('stale', { 'shared.txt': 'mine\n' });
  const before = await bare('rev-parse', 'main');
  await merge(await propose('other', { 'shared.txt': 'theirs\n' }), 'squash');
  expect((await bench.call(ada, 'GET', `${repo}/pulls/${number}`)).body).toMatchObject({
    base: { sha: before },
    mergeable: false,
    mergeable_state: 'dirty',
  });
});

test('activity tells who pushed what, newest first, page by cursor', async () => {
  await propose('busy', { 'b.txt': '0\n' });
  for (const text of ['1', '2', '3']) {
    await bench.push('acme/flights', 'ada', 'busy', { 'b.txt': text });
  }
  await bench.git(work, 'fetch', '-q', 'origin');
  await bench.git(work, 'push', '-q', '--force', 'origin', 'origin/busy~2:busy');
  const first = await bench.call(ada, 'GET', `${repo}/activity?ref=refs/heads/busy&per_page=3`);
  expect(first.body).toMatchObject([
    { activity_type: 'force_push' },
    { activity_type: 'push' },
    { activity_type: 'push' },
  ]);
  const next = /<([^>]*)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
  expect(next).toContain('after=');
  const second = await bench.call(ada, 'GET', next.replace(bench.hub.apiUrl, ''));
  expect(second.body).toMatchObject([{ activity_type: 'push' }, { activity_type: 'branch_creation' }]);
  expect(second.headers.get('link')).toBeNull();
});

test('lists come in pages with links', async () => {
  const commits = await bench.call(ada, 'GET', `${repo}/commits?per_page=2&page=2&sha=main`);
  expect(commits.body).toHaveLength(2);
  expect(commits.headers.get('link')).toMatch(
    /page=1&sha=main>; rel="prev".*page=3&sha=main>; rel="next".*rel="last"/,
  );
  const ofPath = await bench.call(ada, 'GET', `${repo}/commits?path=gift.txt`);
  expect(ofPath.body).toMatchObject([{ commit: { message: 'Better' } }, { commit: { message: 'Gift' } }]);
});
