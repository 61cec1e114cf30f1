import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Answered, type Bench, signToken, startBench } from './testing.ts';

/** What the hub refuses, as GitHub does. Each line would let an attack or a bug through if it failed. */
let bench: Bench;
const token = { ada: '', ben: '', rita: '', zoe: '', gatehouse: '', other: '', narrow: '' };
let appId = 0;
let otherId = 0;
let installation = 0;
let privateKey = '';
let work = '';
let branches = 0;

const repo = '/repos/acme/flights';

beforeAll(async () => {
  bench = await startBench();
  const { hub } = bench;
  for (const login of ['ada', 'ben', 'rita', 'zoe'] as const) token[login] = hub.createUser(login).token;
  hub.createOrganization('acme');
  await hub.createRepository('acme/flights');
  await hub.createRepository('acme/secret', { private: true });
  for (const name of ['acme/flights', 'acme/secret']) hub.addCollaborator(name, 'ada', 'admin');
  hub.addCollaborator('acme/flights', 'ben', 'write');
  hub.addCollaborator('acme/flights', 'rita', 'write');
  const permissions = {
    checks: 'write',
    contents: 'write',
    pull_requests: 'write',
    issues: 'write',
  } as const;
  const app = hub.createApp({ slug: 'gatehouse', permissions, events: [] });
  const other = hub.createApp({ slug: 'other', permissions: { checks: 'write' }, events: [] });
  [appId, otherId, privateKey] = [app.id, other.id, app.privateKey];
  installation = hub.installApp(appId, 'acme/flights');
  token.gatehouse = hub.issueToken({ kind: 'installation', installationId: installation });
  token.narrow = hub.issueToken({
    kind: 'installation',
    installationId: installation,
    permissions: { checks: 'read' },
  });
  token.other = hub.issueToken({
    kind: 'installation',
    installationId: hub.installApp(otherId, 'acme/flights'),
  });
  work = await bench.clone('acme/flights', 'ada', token.ada);
  await bench.git(work, 'checkout', '-q', '-b', 'main');
  await bench.commit(work, { 'README.md': 'one\n', '.github/workflows/ci.yml': 'on: push\n' }, 'Start');
  await bench.git(work, 'push', '-q', 'origin', 'main');
});

afterAll(async () => {
  const { violations } = bench.hub;
  await bench.close();
  expect(violations).toEqual([]);
});

beforeEach(() => bench.hub.protect('acme/flights', 'main', {}));

/** A branch with one commit of its own, and a pull request by ben. */
async function propose(
  files: Record<string, string> = {},
): Promise<{ number: number; head: string; branch: string }> {
  branches += 1;
  const branch = `branch-${branches}`;
  const head = await bench.push('acme/flights', 'ben', branch, { [`file-${branches}.txt`]: 'x\n', ...files });
  const pull = await bench.call(token.ben, 'POST', `${repo}/pulls`, {
    title: branch,
    head: branch,
    base: 'main',
  });
  expect(pull.status).toBe(201);
  return { number: Number(pull.body.number), head, branch };
}

const mainSha = () => bench.git(bench.hub.gitDir('acme/flights'), 'rev-parse', 'refs/heads/main');

function refused(answer: Answered, status: number, message: string | RegExp): void {
  expect({ status: answer.status, message: answer.body.message }).toEqual({
    status,
    message: typeof message === 'string' ? message : expect.stringMatching(message),
  });
}

test('nobody approves or blocks an own pull request', async () => {
  const { number } = await propose();
  const review = (event: string) =>
    bench.call(token.ben, 'POST', `${repo}/pulls/${number}/reviews`, { event, body: 'x' });
  const approval = await review('APPROVE');
  refused(approval, 422, 'Unprocessable Entity');
  expect(approval.body.errors).toEqual(['Can not approve your own pull request']);
  expect((await review('REQUEST_CHANGES')).status).toBe(422);
  expect((await review('COMMENT')).status).toBe(200);
});

test('a workflow cannot approve', async () => {
  const { number } = await propose();
  const job = bench.hub.issueToken({
    kind: 'job',
    repositoryId: bench.hub.repository('acme/flights').id,
    permissions: { 'pull-requests': 'write' },
  });
  const answer = await bench.call(job, 'POST', `${repo}/pulls/${number}/reviews`, { event: 'APPROVE' });
  expect(answer.body.errors).toEqual(['GitHub Actions is not permitted to approve pull requests.']);
});

test('a closed pull request can still be reviewed, and a stranger cannot review a private one', async () => {
  const { number } = await propose();
  await bench.call(token.ben, 'PATCH', `${repo}/pulls/${number}`, { state: 'closed' });
  expect(
    (await bench.call(token.rita, 'POST', `${repo}/pulls/${number}/reviews`, { event: 'APPROVE' })).status,
  ).toBe(200);
  refused(await bench.call(token.zoe, 'GET', '/repos/acme/secret/pulls/1'), 404, 'Not Found');
});

test('a review needs words, a known commit, and dismissal needs a decision to dismiss', async () => {
  const { number } = await propose();
  const path = `${repo}/pulls/${number}/reviews`;
  refused(
    await bench.call(token.rita, 'POST', path, { event: 'REQUEST_CHANGES' }),
    422,
    'Unprocessable Entity',
  );
  const unknown = { event: 'APPROVE', commit_id: 'f'.repeat(40) };
  refused(await bench.call(token.rita, 'POST', path, unknown), 422, 'Unprocessable Entity');
  const comment = await bench.call(token.rita, 'POST', path, { event: 'COMMENT', body: 'hm' });
  const dismiss = (id: unknown) =>
    bench.call(token.ben, 'PUT', `${path}/${id}/dismissals`, { message: 'no' });
  refused(await dismiss(comment.body.id), 422, 'Unprocessable Entity');
  const approval = await bench.call(token.rita, 'POST', path, { event: 'APPROVE' });
  expect((await dismiss(approval.body.id)).body.state).toBe('DISMISSED');
  const events = await bench.call(token.rita, 'GET', `${repo}/issues/${number}/events`);
  expect(events.body).toMatchObject([
    { event: 'review_dismissed', actor: { login: 'ben' }, dismissed_review: { state: 'approved' } },
  ]);
});

test('a check run is made by apps only and changed by its own app only', async () => {
  const sha = await mainSha();
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
  const sha = await mainSha();
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
  const { number } = await propose();
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

const commitMutation = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid author { name user { login } } signature { isValid wasSignedByGitHub } } }
}`;

function commitInput(branchName: string, expectedHeadOid: string, path = 'ledger.txt') {
  return {
    input: {
      branch: { repositoryNameWithOwner: 'acme/flights', branchName },
      expectedHeadOid,
      message: { headline: 'Write' },
      fileChanges: { additions: [{ path, contents: Buffer.from('entry').toString('base64') }] },
    },
  };
}

test('a stale head is an error inside HTTP 200, and nothing is written', async () => {
  const { branch, head } = await propose();
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
  const { branch, head } = await propose();
  const tries = Array.from({ length: 6 }, (_, index) =>
    bench.graphql(token.gatehouse, commitMutation, commitInput(branch, head, `entry-${index}.txt`)),
  );
  const answers = await Promise.all(tries);
  expect(answers.filter(({ body }) => body.errors === undefined)).toHaveLength(1);
});

test('a ref moves forward only, to a commit that is there, once', async () => {
  const { branch, head } = await propose();
  const patch = (body: object) =>
    bench.call(token.gatehouse, 'PATCH', `${repo}/git/refs/heads/${branch}`, body);
  refused(await patch({ sha: await mainSha() }), 422, 'Update is not a fast forward');
  refused(await patch({ sha: 'b'.repeat(40) }), 422, 'Object does not exist');
  const create = (ref: string, sha: string) =>
    bench.call(token.gatehouse, 'POST', `${repo}/git/refs`, { ref, sha });
  refused(await create(`refs/heads/${branch}`, head), 422, 'Reference already exists');
  refused(await create('refs/pull/1/head', head), 422, 'Reference name is not valid');
  refused(await create('refs/heads/x', 'c'.repeat(40)), 422, 'Object does not exist');
  expect((await patch({ sha: await mainSha(), force: true })).status).toBe(200);
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

test('a merge wants the head that was looked at, an open and clean pull request, and no second time', async () => {
  const { number, head } = await propose();
  const merge = (sha?: string, id = number) =>
    bench.call(token.ada, 'PUT', `${repo}/pulls/${id}/merge`, { ...(sha ? { sha } : {}) });
  refused(await merge('a'.repeat(40)), 409, 'Head branch was modified. Review and try the merge again.');
  const [one, two] = [await propose({ 'README.md': 'left\n' }), await propose({ 'README.md': 'right\n' })];
  expect((await merge(undefined, one.number)).status).toBe(200);
  refused(await merge(undefined, two.number), 405, 'Pull Request is not mergeable');
  expect((await bench.call(token.ada, 'GET', `${repo}/pulls/${two.number}`)).body).toMatchObject({
    mergeable: false,
    mergeable_state: 'dirty',
  });
  expect((await merge(head)).status).toBe(200);
  refused(await merge(head), 405, 'Pull Request is not mergeable');
  refused(await bench.call(token.zoe, 'PUT', `${repo}/pulls/${two.number}/merge`, {}), 403, /push access/);
});

test('a required check must come from its app, be complete, and pass', async () => {
  bench.hub.protect('acme/flights', 'main', { requiredChecks: [{ name: 'gatehouse', appId }] });
  const { number, head } = await propose();
  const merge = () => bench.call(token.ada, 'PUT', `${repo}/pulls/${number}/merge`, {});
  const check = (who: string, extra: object) =>
    bench.call(who, 'POST', `${repo}/check-runs`, { name: 'gatehouse', head_sha: head, ...extra });
  refused(await merge(), 405, 'Required status check "gatehouse" is expected.');
  await check(token.other, { conclusion: 'success' });
  refused(await merge(), 405, 'Required status check "gatehouse" is expected.');
  await check(token.gatehouse, { status: 'in_progress' });
  refused(await merge(), 405, 'Required status check "gatehouse" is in progress.');
  await check(token.gatehouse, { conclusion: 'failure' });
  refused(await merge(), 405, 'Required status check "gatehouse" is failing.');
  await check(token.gatehouse, { conclusion: 'success' });
  expect((await merge()).status).toBe(200);
});

test('required approvals count people with write access, latest decision of each', async () => {
  bench.hub.protect('acme/flights', 'main', { requiredApprovals: 1 });
  const { number } = await propose();
  const merge = () => bench.call(token.ada, 'PUT', `${repo}/pulls/${number}/merge`, {});
  const review = (who: string, event: string) =>
    bench.call(who, 'POST', `${repo}/pulls/${number}/reviews`, { event, body: 'x' });
  await review(token.zoe, 'APPROVE');
  refused(await merge(), 405, /^At least 1 approving review/);
  await review(token.rita, 'REQUEST_CHANGES');
  refused(await merge(), 405, 'Changes have been requested.');
  await review(token.rita, 'APPROVE');
  expect((await merge()).status).toBe(200);
});

test('a job token has the scopes it was given, and a fork token only reads', async () => {
  const { number, head } = await propose();
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
  const { number, head, branch } = await propose();
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
  const { branch, head } = await propose();
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
  const sha = await mainSha();
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
