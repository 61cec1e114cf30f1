import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { commitInput, commitMutation, type DenyBench, refused, repo, startDenyBench } from './deny-bench.ts';
import { signToken } from './testing.ts';

/** Whom the hub refuses, as GitHub does: job tokens, fork tokens, apps, pushers, forged credentials. */
let deny: DenyBench;
let work = '';
let bench: DenyBench['bench'];
let token: DenyBench['token'];
let appId: DenyBench['appId'];
let installation: DenyBench['installation'];
let privateKey: DenyBench['privateKey'];

beforeAll(async () => {
  deny = await startDenyBench();
  ({ bench, token, appId, installation, privateKey } = deny);
  work = await bench.clone('acme/flights', 'ada', token.ada);
});

afterAll(async () => {
  const { violations } = bench.hub;
  await bench.close();
  expect(violations).toEqual([]);
});

beforeEach(() => bench.hub.protect('acme/flights', 'main', {}));

test('a job token has the scopes it was given, and a fork token only reads', async () => {
  const { number, head } = await deny.propose();
  const repositoryId = bench.hub.repository('acme/flights').id;
  const job = (permissions: Record<string, 'read' | 'write'>, fork = false) =>
    bench.hub.issueToken({ kind: 'job', repositoryId, permissions, fork });
  const say = (who: string) =>
    bench.call(who, 'POST', `${repo}/issues/${number}/comments`, { body: 'hello' });
  const mute = 'Resource not accessible by integration';
  refused(await say(job({})), 403, mute);
  refused(await say(job({ issues: 'read' })), 403, mute);
  refused(await say(job({ issues: 'write' }, true)), 403, mute);
  expect((await say(job({ issues: 'write' }))).status).toBe(201);
  expect((await say(job({ 'pull-requests': 'write' }))).status).toBe(201);
  const check = { name: 'gatehouse', head_sha: head };
  refused(await bench.call(job({ contents: 'write' }), 'POST', `${repo}/check-runs`, check), 403, mute);
  refused(await bench.call(job({}), 'GET', `${repo}/contents/README.md`), 403, mute);
  refused(await bench.call(job({ contents: 'write' }), 'GET', '/repos/acme/secret'), 404, 'Not Found');
  expect(bench.hub.callerOf(job({ 'id-token': 'write' }, true))).toMatchObject({
    permissions: { metadata: 'read' },
  });
  expect(bench.hub.callerOf(job({ 'id-token': 'write' }, true))).not.toHaveProperty('permissions.id_token');
});

test('an app writes only where its permissions and its installation reach', async () => {
  const { number, head, branch } = await deny.propose();
  const mute = 'Resource not accessible by integration';
  refused(
    await bench.call(token.narrow, 'POST', `${repo}/check-runs`, { name: 'c', head_sha: head }),
    403,
    mute,
  );
  refused(
    await bench.call(token.other, 'POST', `${repo}/issues/${number}/comments`, { body: 'x' }),
    403,
    mute,
  );
  refused(await bench.call(token.gatehouse, 'GET', '/orgs/acme/teams'), 403, mute);
  refused(await bench.call(token.gatehouse, 'GET', '/repos/acme/secret'), 404, 'Not Found');
  const denied = await bench.graphql(token.other, commitMutation, commitInput(branch, head));
  expect(denied).toMatchObject({ status: 200, body: { errors: [{ type: 'FORBIDDEN', message: mute }] } });
});

test('an app without `workflows` cannot touch workflow files by any road', async () => {
  const { branch, head } = await deny.propose();
  const text = 'refusing to allow a GitHub App to create or update workflow without `workflows` permission';
  const path = '.github/workflows/evil.yml';
  const mutation = await bench.graphql(token.gatehouse, commitMutation, commitInput(branch, head, path));
  expect(mutation.body.errors).toMatchObject([{ type: 'FORBIDDEN', message: text }]);
  const clone = await bench.clone('acme/flights', 'gatehouse[bot]', token.gatehouse, `bot-${branch}`);
  await bench.git(clone, 'checkout', '-q', branch);
  const sha = await bench.commit(clone, { [path]: 'on: push\n' }, 'Evil');
  await expect(bench.git(clone, 'push', 'origin', branch)).rejects.toThrow(/refusing to allow a GitHub App/);
  await bench.git(work, 'fetch', '-q', clone, branch);
  await bench.git(work, 'push', '-q', 'origin', `${sha}:refs/heads/carried-${branch}`);
  const patch = await bench.call(token.gatehouse, 'PATCH', `${repo}/git/refs/heads/${branch}`, { sha });
  refused(patch, 403, text);
});

test('a branch that only the app may update refuses people by git and by API', async () => {
  const sha = await deny.mainSha();
  bench.hub.protect('acme/flights', 'gatehouse-ledger', { onlyApps: [appId] });
  const create = (who: string) =>
    bench.call(who, 'POST', `${repo}/git/refs`, { ref: 'refs/heads/gatehouse-ledger', sha });
  refused(await create(token.ada), 422, /^Repository rule violations found/);
  expect((await create(token.gatehouse)).status).toBe(201);
  await bench.git(work, 'fetch', '-q', 'origin');
  await bench.git(work, 'checkout', '-q', '-B', 'forged', sha);
  const forged = await bench.commit(work, { 'audit.json': 'forged' }, 'Forge');
  await expect(bench.git(work, 'push', 'origin', 'forged:gatehouse-ledger')).rejects.toThrow(
    /GH013.*gatehouse-ledger/,
  );
  await expect(bench.git(work, 'push', '--force', 'origin', 'forged:gatehouse-ledger')).rejects.toThrow(
    /GH013/,
  );
  await bench.git(work, 'push', '-q', 'origin', 'forged');
  refused(
    await bench.call(token.ada, 'PATCH', `${repo}/git/refs/heads/gatehouse-ledger`, { sha: forged }),
    422,
    /^Repository rule violations found/,
  );
  const other = await bench.graphql(token.ada, commitMutation, commitInput('gatehouse-ledger', sha));
  expect(other.body.errors).toMatchObject([{ type: 'UNPROCESSABLE' }]);
  const app = await bench.graphql(token.gatehouse, commitMutation, commitInput('gatehouse-ledger', sha));
  expect(app.body.errors).toBeUndefined();
  refused(
    await bench.call(token.ada, 'DELETE', `${repo}/git/refs/heads/gatehouse-ledger`),
    422,
    'Validation Failed',
  );
});

test('a protected branch refuses direct and forced pushes', async () => {
  bench.hub.protect('acme/flights', 'main', { requirePullRequest: true, forbidForcePush: true });
  await bench.git(work, 'fetch', '-q', 'origin');
  await bench.git(work, 'checkout', '-q', '-B', 'direct', 'origin/main');
  await bench.commit(work, { 'direct.txt': 'x' }, 'Direct');
  await expect(bench.git(work, 'push', 'origin', 'direct:main')).rejects.toThrow(/through a pull request/);
  bench.hub.protect('acme/flights', 'main', { forbidForcePush: true });
  await bench.git(work, 'checkout', '-q', '--orphan', 'unrelated');
  await bench.commit(work, { 'other.txt': 'y' }, 'Unrelated');
  await expect(bench.git(work, 'push', '--force', 'origin', 'unrelated:main')).rejects.toThrow(
    /Cannot force-push/,
  );
  await expect(bench.git(work, 'push', 'origin', ':main')).rejects.toThrow(
    /Cannot delete|deletion of the current branch/,
  );
});

test('git asks who is there, and refuses strangers, readers and refs/pull', async () => {
  const anonymous = bench.hub.url;
  await expect(bench.git(bench.folder, 'clone', '-q', `${anonymous}/acme/secret.git`, 'x1')).rejects.toThrow(
    /could not read Username|Authentication/,
  );
  await expect(bench.clone('acme/secret', 'zoe', token.zoe, 'x2')).rejects.toThrow(/not found|404/);
  await expect(bench.clone('acme/secret', 'ada', 'ghp_wrong', 'x3')).rejects.toThrow(
    /Authentication failed|401/,
  );
  const zoe = await bench.clone('acme/flights', 'zoe', token.zoe, 'x4');
  await bench.git(zoe, 'checkout', '-q', '-b', 'sneak');
  await bench.commit(zoe, { 'sneak.txt': 'x' }, 'Sneak');
  await expect(bench.git(zoe, 'push', 'origin', 'sneak')).rejects.toThrow(/403/);
  await expect(bench.git(work, 'push', 'origin', 'HEAD:refs/pull/1/head')).rejects.toThrow(/hidden ref/);
});

test('an app is who its key says, for ten minutes, and gives out no more than it has', async () => {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iat: now - 30, exp: now + 300, iss: String(appId) };
  const stranger = bench.hub.createApp({ slug: 'stranger', permissions: {}, events: [] }).privateKey;
  const show = (jwt: string) => bench.call(jwt, 'GET', '/app');
  expect((await show(signToken(claims, privateKey))).body).toMatchObject({ id: appId, slug: 'gatehouse' });
  refused(await show(signToken(claims, stranger)), 401, /could not be decoded/);
  refused(await show(signToken(claims, privateKey, 'none')), 401, /could not be decoded/);
  refused(await show(signToken({ ...claims, exp: now - 1 }, privateKey)), 401, /^'Expiration time' claim/);
  refused(await show(signToken({ ...claims, exp: now + 3600 }, privateKey)), 401, /too far in the future/);
  refused(await show(signToken({ ...claims, iat: now + 3600 }, privateKey)), 401, /^'Issued at' claim/);
  refused(await show(signToken({ ...claims, iss: '1' }, privateKey)), 404, 'Integration not found');
  refused(await show(token.gatehouse), 401, /could not be decoded/);
  refused(await bench.call(signToken(claims, privateKey), 'GET', repo), 401, /could not be decoded/);
  const mint = (body: object) =>
    bench.call(
      signToken(claims, privateKey),
      'POST',
      `/app/installations/${installation}/access_tokens`,
      body,
    );
  refused(await mint({ permissions: { administration: 'write' } }), 422, /not granted to this installation/);
  refused(await mint({ repositories: ['secret'] }), 422, /at least one repository/);
  const narrow = await mint({ repositories: ['flights'], permissions: { contents: 'read' } });
  expect(narrow).toMatchObject({
    status: 201,
    body: { permissions: { contents: 'read', metadata: 'read' } },
  });
  const blob = await bench.call(String(narrow.body.token), 'POST', `${repo}/git/blobs`, { content: 'x' });
  refused(blob, 403, 'Resource not accessible by integration');
});

test('an expired or unknown credential is nobody, not a guest', async () => {
  const expired = bench.hub.issueToken({
    kind: 'installation',
    installationId: installation,
    lifetimeMs: -1,
  });
  refused(await bench.call(expired, 'GET', repo), 401, 'Bad credentials');
  refused(await bench.call('ghp_unknown', 'GET', repo), 401, 'Bad credentials');
  refused(await bench.call('', 'POST', `${repo}/issues`, { title: 'x' }), 401, 'Requires authentication');
  expect((await bench.call('', 'GET', repo)).status).toBe(200);
});

test('what the hub does not serve it says so', async () => {
  expect((await bench.call(token.ada, 'GET', `${repo}/hooks`)).status).toBe(501);
  const unknown = await bench.graphql(token.ada, '{ viewer { login bio } }');
  expect(unknown.body.errors).toMatchObject([{ type: 'NOT_IMPLEMENTED' }]);
  const wrong = await bench.graphql(token.ada, '{ viewer { loginn } }');
  expect(wrong).toMatchObject({
    status: 200,
    body: { errors: [{ message: expect.stringMatching(/Cannot query field/) }] },
  });
});

test('a tag that holds no more is not answered 304, nor one that another token was given', async () => {
  const { number } = await deny.propose();
  const path = `${repo}/issues/${number}/comments`;
  const ask = async (who: string, tag: string | null) => {
    const answer = await bench.call(
      who,
      'GET',
      path,
      undefined,
      tag === null ? {} : { 'if-none-match': tag },
    );
    return { status: answer.status, tag: answer.headers.get('etag') };
  };
  const first = await ask(token.gatehouse, null);
  expect(first).toMatchObject({ status: 200, tag: expect.stringMatching(/^W\/"/) });
  expect(await ask(token.gatehouse, first.tag)).toEqual({ status: 304, tag: first.tag });
  expect((await ask(token.ben, first.tag)).status).toBe(200);
  await bench.call(token.ben, 'POST', path, { body: 'hello' });
  const second = await ask(token.gatehouse, first.tag);
  expect(second.status).toBe(200);
  expect(second.tag).not.toBe(first.tag);
  // Whoever may not read is refused before anything is compared.
  refused(
    await bench.call('', 'GET', '/user', undefined, { 'if-none-match': '*' }),
    401,
    'Requires authentication',
  );
  expect(
    (await bench.call('nobody', 'GET', path, undefined, { 'if-none-match': second.tag ?? '' })).status,
  ).toBe(401);
});

test('a question by GraphQL shows an app what it was given, and a latest run unless all are asked for', async () => {
  const { number, head } = await deny.propose();
  const check = (external_id: string) =>
    bench.call(token.gatehouse, 'POST', `${repo}/check-runs`, {
      name: 'gatehouse',
      head_sha: head,
      external_id,
    });
  for (const id of ['first', 'second']) await check(id);
  bench.hub.createTeam('acme', `team-${number}`, ['rita']);
  const ask = (who: string, inside: string) =>
    bench.graphql(
      who,
      `{ repository(owner: "acme", name: "flights") { pullRequest(number: ${number}) { ${inside} } } }`,
    );
  const runs = (filter: string) =>
    `commits(last: 1) { nodes { commit { checkSuites(first: 5) { nodes { checkRuns(first: 5${filter}) { nodes { externalId } } } } } } }`;
  const idsOf = (answer: unknown) => JSON.stringify(answer).match(/(?<="externalId":")[^"]+/g);
  expect(idsOf((await ask(token.gatehouse, runs(''))).body)).toEqual(['second']);
  expect(idsOf((await ask(token.gatehouse, runs(', filterBy: { checkType: ALL }'))).body)).toEqual([
    'first',
    'second',
  ]);
  const refusal = [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }];
  // `other` may write checks and read nothing else, `narrow` reads checks alone.
  expect((await ask(token.other, runs(''))).body.errors).toMatchObject(refusal);
  expect((await ask(token.narrow, 'title')).body.errors).toMatchObject(refusal);
  const team = `{ organization(login: "acme") { team(slug: "team-${number}") { members(first: 5) { nodes { login } } } } }`;
  expect((await bench.graphql(token.gatehouse, team)).body.errors).toMatchObject(refusal);
  expect(JSON.stringify((await bench.graphql(token.rita, team)).body)).toContain('"login":"rita"');
  const bot = await bench.graphql(token.gatehouse, '{ user(login: "gatehouse[bot]") { login } }');
  expect(bot.body.errors).toMatchObject([{ type: 'NOT_FOUND' }]);
  const unserved = await ask(token.gatehouse, 'timelineItems(first: 1) { nodes { __typename } }');
  expect(unserved.body.errors).toMatchObject([{ message: expect.stringContaining('only dismissals') }]);
});
