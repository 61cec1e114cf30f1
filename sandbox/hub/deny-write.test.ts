import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openReleases } from '../../adapters/anchor/releases.ts';
import { createQuietClient } from '../../adapters/github/token-client.ts';
import { commitInput, commitMutation, type DenyBench, refused, repo, startDenyBench } from './deny-bench.ts';
import { documentedLimits } from './traffic.ts';

/** What the hub refuses to write, as GitHub does: checks, comments, commits, refs. */
let deny: DenyBench;
let bench: DenyBench['bench'];
let token: DenyBench['token'];
let otherId: DenyBench['otherId'];

beforeAll(async () => {
  deny = await startDenyBench();
  ({ bench, token, otherId } = deny);
});

afterAll(async () => {
  const { violations } = bench.hub;
  await bench.close();
  expect(violations).toEqual([]);
});

beforeEach(() => bench.hub.protect('acme/flights', 'main', {}));

test('a check run is made by apps only and changed by its own app only', async () => {
  const sha = await deny.mainSha();
  const check = { name: 'gatehouse', head_sha: sha };
  refused(
    await bench.call(token.ada, 'POST', `${repo}/check-runs`, check),
    403,
    'You must authenticate via a GitHub App.',
  );
  const made = await bench.call(token.gatehouse, 'POST', `${repo}/check-runs`, check);
  expect(made.status).toBe(201);
  const path = `${repo}/check-runs/${made.body.id}`;
  refused(
    await bench.call(token.other, 'PATCH', path, { conclusion: 'success' }),
    403,
    `Invalid app_id \`${otherId}\` - check run can only be modified by the GitHub App that created it.`,
  );
  const job = bench.hub.issueToken({
    kind: 'job',
    repositoryId: bench.hub.repository('acme/flights').id,
    permissions: { checks: 'write' },
  });
  refused(await bench.call(job, 'PATCH', path, { conclusion: 'success' }), 403, /^Invalid app_id `15368`/);
  expect((await bench.call(token.gatehouse, 'GET', path)).body).toMatchObject({
    status: 'queued',
    conclusion: null,
  });
});

test('a check run has limits: known commit, conclusion, summary, text, annotations, actions', async () => {
  const sha = await deny.mainSha();
  const post = (extra: object) =>
    bench.call(token.gatehouse, 'POST', `${repo}/check-runs`, { name: 'c', head_sha: sha, ...extra });
  refused(await post({ head_sha: 'a'.repeat(40) }), 422, /^No commit found for SHA/);
  refused(await post({ status: 'completed' }), 422, /"conclusion" wasn't supplied/);
  refused(await post({ conclusion: 'great' }), 422, 'Validation Failed');
  const long = 'x'.repeat(65_536);
  refused(await post({ output: { title: 't', summary: long } }), 422, /Only 65535 characters are allowed/);
  refused(
    await post({ output: { title: 't', summary: 's', text: long } }),
    422,
    /Only 65535 characters are allowed/,
  );
  const annotation = { path: 'a', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'm' };
  const annotations = Array.from({ length: 51 }, () => annotation);
  refused(
    await post({ output: { title: 't', summary: 's', annotations } }),
    422,
    /No more than 50 items are allowed; 51/,
  );
  const action = { label: 'a', description: 'b', identifier: 'c' };
  refused(await post({ actions: [action, action, action, action] }), 422, /No more than 3 items/);
  expect((await post({ output: { title: 't', summary: 'x'.repeat(65_535) } })).status).toBe(201);
});

test('a comment is at most 65,536 characters long and not blank', async () => {
  const { number } = await deny.propose();
  const say = (body: string) =>
    bench.call(token.gatehouse, 'POST', `${repo}/issues/${number}/comments`, { body });
  refused(await say('x'.repeat(65_537)), 422, 'Validation Failed');
  refused(await say(' '), 422, 'Validation Failed');
  const made = await say('x'.repeat(65_536));
  expect(made.status).toBe(201);
  const path = `${repo}/issues/comments/${made.body.id}`;
  refused(
    await bench.call(token.gatehouse, 'PATCH', path, { body: 'x'.repeat(65_537) }),
    422,
    'Validation Failed',
  );
  refused(await bench.call(token.zoe, 'PATCH', path, { body: 'mine' }), 403, /push access/);
});

test('a stale head is an error inside HTTP 200, and nothing is written', async () => {
  const { branch, head } = await deny.propose();
  const before = await bench.graphql(token.gatehouse, commitMutation, commitInput(branch, head));
  expect(before.body).toMatchObject({
    data: { createCommitOnBranch: { commit: { signature: { isValid: true, wasSignedByGitHub: true } } } },
  });
  const stale = await bench.graphql(token.gatehouse, commitMutation, commitInput(branch, head));
  expect(stale.status).toBe(200);
  expect(stale.body).toMatchObject({
    data: { createCommitOnBranch: null },
    errors: [
      {
        type: 'STALE_DATA',
        path: ['createCommitOnBranch'],
        message: `Expected branch to point to "${head}" but it did not. Pull and try again.`,
      },
    ],
  });
});

test('of many writers with the same head exactly one wins', async () => {
  const { branch, head } = await deny.propose();
  const tries = Array.from({ length: 6 }, (_, index) =>
    bench.graphql(token.gatehouse, commitMutation, commitInput(branch, head, `entry-${index}.txt`)),
  );
  const answers = await Promise.all(tries);
  expect(answers.filter(({ body }) => body.errors === undefined)).toHaveLength(1);
});

test('a ref moves forward only, to a commit that is there, once', async () => {
  const { branch, head } = await deny.propose();
  const patch = (body: object) =>
    bench.call(token.gatehouse, 'PATCH', `${repo}/git/refs/heads/${branch}`, body);
  refused(await patch({ sha: await deny.mainSha() }), 422, 'Update is not a fast forward');
  refused(await patch({ sha: 'b'.repeat(40) }), 422, 'Object does not exist');
  const create = (ref: string, sha: string) =>
    bench.call(token.gatehouse, 'POST', `${repo}/git/refs`, { ref, sha });
  refused(await create(`refs/heads/${branch}`, head), 422, 'Reference already exists');
  refused(await create('refs/pull/1/head', head), 422, 'Reference name is not valid');
  refused(await create('refs/heads/x', 'c'.repeat(40)), 422, 'Object does not exist');
  expect((await patch({ sha: await deny.mainSha(), force: true })).status).toBe(200);
});

test('unknown commits, trees and parents are refused', async () => {
  refused(
    await bench.call(token.ada, 'GET', `${repo}/commits/${'d'.repeat(40)}`),
    422,
    /^No commit found for SHA/,
  );
  refused(
    await bench.call(token.ada, 'GET', `${repo}/commits/${'d'.repeat(40)}/check-runs`),
    422,
    /^No commit found/,
  );
  const commit = (body: object) =>
    bench.call(token.gatehouse, 'POST', `${repo}/git/commits`, { message: 'm', ...body });
  refused(await commit({ tree: 'e'.repeat(40) }), 422, 'Tree SHA does not exist');
  const tree = await bench.git(bench.hub.gitDir('acme/flights'), 'rev-parse', 'main^{tree}');
  refused(await commit({ tree, parents: ['e'.repeat(40)] }), 422, /^Parent SHA does not exist/);
  const entry = { path: '../escape', mode: '100644', type: 'blob', content: 'x' };
  refused(
    await bench.call(token.gatehouse, 'POST', `${repo}/git/trees`, { tree: [entry] }),
    422,
    /malformed path/,
  );
});

const secondary = /secondary rate limit/;

test('two writes of an installation within a second, over 80 contents a minute, over 900 points a minute', async () => {
  const { traffic, clock } = bench.hub;
  traffic.set({ limits: documentedLimits });
  const { number } = await deny.propose();
  const comment = () =>
    bench.call(token.gatehouse, 'POST', `${repo}/issues/${number}/comments`, { body: 'seen' });
  expect((await comment()).status).toBe(201);
  const early = await comment();
  refused(early, 403, secondary);
  expect(early.headers.get('retry-after')).toBe('60');
  traffic.set({ limits: { ...documentedLimits, betweenWritesMs: 0, contentAMinute: 3 } });
  for (let each = 0; each < 3; each += 1) expect((await comment()).status).toBe(201);
  refused(await comment(), 403, secondary);
  clock.advance(61);
  expect((await comment()).status).toBe(201);
  traffic.set({ limits: { ...documentedLimits, restPointsAMinute: 2 } });
  const read = () => bench.call(token.gatehouse, 'GET', `${repo}/pulls/${number}`);
  for (let each = 0; each < 2; each += 1) expect((await read()).status).toBe(200);
  refused(await read(), 403, secondary);
  // People have limits of their own.
  expect((await bench.call(token.ben, 'GET', `${repo}/pulls/${number}`)).status).toBe(200);
  traffic.set({});
});

test('more calls an hour than an installation has, by REST with 403 and by GraphQL inside 200', async () => {
  const { traffic, clock } = bench.hub;
  traffic.set({ limits: { ...documentedLimits, requestsAnHour: 2, graphqlPointsAnHour: 1 } });
  const read = () => bench.call(token.gatehouse, 'GET', repo);
  expect((await read()).headers.get('x-ratelimit-remaining')).toBe('1');
  await read();
  const over = await read();
  refused(over, 403, 'API rate limit exceeded for installation.');
  expect(over.headers.get('x-ratelimit-remaining')).toBe('0');
  expect(Number(over.headers.get('x-ratelimit-reset')) * 1000).toBeGreaterThan(clock.nowMs());
  const ask = () =>
    bench.graphql(token.gatehouse, '{ repository(owner: "acme", name: "flights") { databaseId } }');
  expect((await ask()).body).toHaveProperty('data');
  const limited = await ask();
  expect([limited.status, limited.body]).toMatchObject([200, { errors: [{ type: 'RATE_LIMITED' }] }]);
  clock.advance(3_601);
  expect((await read()).status).toBe(200);
  traffic.set({});
});

test('an answer that was lost is no write that was lost', async () => {
  const { traffic } = bench.hub;
  const { number } = await deny.propose();
  const path = `${repo}/issues/${number}/comments`;
  const comment = () => bench.call(token.gatehouse, 'POST', path, { body: 'seen' });
  const count = async () => (await bench.call(token.gatehouse, 'GET', path)).body.length;
  traffic.set({ fault: ({ mutates }) => (mutates ? 'not carried out' : null) });
  expect([(await comment()).status, await count()]).toEqual([502, 0]);
  traffic.set({ fault: ({ mutates }) => (mutates ? 'answer lost' : null) });
  expect([(await comment()).status, await count()]).toEqual([502, 1]);
  traffic.set({});
});

test('a release is written by those who may write contents, and a draft is seen by nobody else', async () => {
  const jobOf = (level: 'read' | 'write') =>
    bench.hub.issueToken({
      kind: 'job',
      repositoryId: bench.hub.repository('acme/flights').id,
      permissions: { contents: level },
    });
  const draft = { tag_name: 'gatehouse-ledger-1', draft: true };
  for (const caller of [token.zoe, token.narrow, jobOf('read')])
    refused(await bench.call(caller, 'POST', `${repo}/releases`, draft), 403, /./);
  const name = { owner: 'acme', repo: 'flights' };
  const placeOf = (caller: string) => openReleases(createQuietClient(bench.hub.apiUrl, caller), name);
  const made = await bench.call(jobOf('write'), 'POST', `${repo}/releases`, draft);
  expect(made.status).toBe(201);
  expect((await bench.call(jobOf('read'), 'GET', `${repo}/releases`)).body).toEqual([]);
  const stamp = 'gatehouse-ledger-000000000002-20261121';
  await placeOf(jobOf('write')).put(stamp, '{"a":1}\n');
  expect(await placeOf(jobOf('read')).read()).toEqual([{ source: `release ${stamp}`, text: '{"a":1}\n' }]);
  const listed = await bench.call(jobOf('read'), 'GET', `${repo}/releases`);
  expect(listed.body).toMatchObject([{ tag_name: stamp, draft: false, prerelease: true }]);
  const again = { tag_name: stamp };
  refused(await bench.call(jobOf('write'), 'POST', `${repo}/releases`, again), 422, 'Validation Failed');
});
