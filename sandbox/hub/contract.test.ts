import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadContract } from './contract.ts';
import { type Bench, startBench } from './testing.ts';

const wanted = JSON.parse(
  readFileSync(new URL('../../fixtures/openapi/wanted.json', import.meta.url), 'utf8'),
) as { operations: string[]; webhooks: Record<string, string> };

describe('the contract notices', () => {
  test('a missing member, a wrong type, an undocumented member', () => {
    const contract = loadContract();
    contract.checkResponse('GET', '/repos/a/b/git/ref/heads/x', { status: 200, body: { ref: 1, secret: 2 } });
    expect(contract.violations).toEqual(
      expect.arrayContaining([
        expect.stringContaining(
          "GET /repos/{owner}/{repo}/git/ref/{ref} 200: / must have required property 'object'",
        ),
        expect.stringContaining('/ref must be string'),
        expect.stringContaining('"additionalProperty":"secret"'),
      ]),
    );
  });

  test('an undocumented status, an unknown operation, a bug of the hub, an unknown webhook', () => {
    const contract = loadContract();
    contract.checkResponse('PUT', '/repos/a/b/pulls/1/merge', { status: 418, body: {} });
    contract.checkResponse('GET', '/repos/a/b/nothing', { status: 200, body: {} });
    contract.checkResponse('GET', '/repos/a/b/pulls/1/files', { status: 501, body: {} });
    contract.checkWebhook('pull_request', 'exploded', {});
    expect(contract.violations.map((line) => line.replace(/.*: /, ''))).toEqual([
      'the status is not documented',
      'no such operation in the slice',
      'the status is not documented',
      'no such webhook in the slice',
    ]);
  });

  test('a webhook without its pull request', () => {
    const contract = loadContract();
    contract.checkWebhook('pull_request', 'opened', { action: 'opened', number: 1 });
    expect(contract.violations.join()).toContain("must have required property 'pull_request'");
  });

  test('nothing in null where null is documented', () => {
    const contract = loadContract();
    const body = { resources: {}, rate: { limit: 1, used: 1, remaining: null, reset: 1 } };
    contract.checkResponse('GET', '/rate_limit', { status: 200, body });
    expect(contract.violations.join()).toContain('/rate/remaining must be integer');
  });
});

/** Every route of the hub is called at least once, so that every shape is compared with GitHub's description. */
describe('every answer and webhook of the hub is as documented', () => {
  let bench: Bench;
  let ada = '';
  let ben = '';
  let app = '';
  let jwt = '';
  let installation = 0;
  let work = '';
  const repo = '/repos/acme/flights';

  beforeAll(async () => {
    bench = await startBench();
    const { hub } = bench;
    ada = hub.createUser('ada', { name: 'Ada L', email: 'ada@example.com' }).token;
    ben = hub.createUser('ben').token;
    hub.createOrganization('acme');
    hub.createTeam('acme', 'owners', ['ada']);
    await hub.createRepository('acme/flights');
    hub.addCollaborator('acme/flights', 'ada', 'admin');
    hub.addCollaborator('acme/flights', 'ben', 'write');
    const permissions = {
      checks: 'write',
      contents: 'write',
      pull_requests: 'write',
      issues: 'write',
      members: 'read',
    } as const;
    const made = hub.createApp({ slug: 'gatehouse', permissions, events: [] });
    installation = hub.installApp(made.id, 'acme/flights');
    app = hub.issueToken({ kind: 'installation', installationId: installation });
    jwt = bench.appToken(made.id, made.privateKey);
    work = await bench.clone('acme/flights', 'ada', ada);
    await bench.git(work, 'checkout', '-q', '-b', 'main');
    await bench.commit(work, { 'README.md': 'one\n', 'folder/a.txt': 'a\n' }, 'Start');
    await bench.git(work, 'push', '-q', 'origin', 'main');
  });

  afterAll(() => bench.close());

  beforeEach(async () => {
    await bench.git(work, 'fetch', '-q', 'origin');
  });

  const ok = async (token: string, method: string, route: string, body?: unknown) => {
    const answer = await bench.call(token, method, route, body);
    expect({ route, status: answer.status, body: answer.status < 300 ? null : answer.body }).toMatchObject({
      status: expect.toSatisfy((status: number) => status < 300),
    });
    return answer.body;
  };

  const push = async (branch: string, files: Record<string, string>) => {
    await bench.git(work, 'checkout', '-q', '-B', branch, 'origin/main');
    const sha = await bench.commit(work, files, `Change ${branch}`);
    await bench.git(work, 'push', '-q', '--force', 'origin', branch);
    return sha;
  };

  test('accounts, teams, apps', async () => {
    const routes = ['/users/ada', '/users/gatehouse%5Bbot%5D', '/orgs/acme/teams', '/orgs/acme/teams/owners'];
    for (const route of routes) await ok(app, 'GET', route);
    await ok(app, 'GET', '/orgs/acme/teams/owners/members');
    await ok(app, 'GET', '/orgs/acme/teams/owners/memberships/ada');
    await ok(app, 'GET', `/user/${bench.hub.account('ada').id}`);
    await ok(ada, 'GET', '/user');
    await ok('', 'GET', '/rate_limit');
    for (const route of [
      '/app',
      '/app/installations',
      `/app/installations/${installation}`,
      `${repo}/installation`,
    ]) {
      await ok(jwt, 'GET', route);
    }
    await ok(jwt, 'POST', `/app/installations/${installation}/access_tokens`, { repositories: ['flights'] });
    await ok(app, 'GET', '/installation/repositories');
    await ok('', 'GET', '/apps/gatehouse');
  });

  test('repository, branches, files, history', async () => {
    const routes = [
      '',
      '/collaborators/ada/permission',
      '/branches',
      '/branches/main',
      '/activity',
      '/rules/branches/main',
      '/commits',
    ];
    for (const route of routes) await ok(app, 'GET', `${repo}${route}`);
    await ok(app, 'GET', `${repo}/contents/README.md`);
    await ok(app, 'GET', `${repo}/contents/folder?ref=main`);
    await ok(app, 'GET', `${repo}/contents/`);
    await ok(app, 'GET', `${repo}/commits/main`);
    const sha = await push('compared', { 'folder/b.txt': 'b\n' });
    await ok(app, 'GET', `${repo}/compare/main...compared`);
    await ok(app, 'GET', `${repo}/compare/${sha}...main`);
    const raw = await bench.call(app, 'GET', `${repo}/contents/README.md`, undefined, {
      accept: 'application/vnd.github.raw+json',
    });
    expect(raw.body.text).toBe('one\n');
  });

  test('git data', async () => {
    const blob = await ok(app, 'POST', `${repo}/git/blobs`, { content: 'aGk=', encoding: 'base64' });
    expect(await ok(app, 'GET', `${repo}/git/blobs/${blob.sha}`)).toMatchObject({ content: 'aGk=', size: 2 });
    const tree = await ok(app, 'POST', `${repo}/git/trees`, {
      tree: [
        { path: 'x/y.txt', mode: '100644', type: 'blob', sha: blob.sha },
        { path: 'z.txt', mode: '100755', type: 'blob', content: 'z' },
      ],
    });
    expect(await ok(app, 'GET', `${repo}/git/trees/${tree.sha}?recursive=1`)).toMatchObject({
      tree: [{ path: 'x' }, { path: 'x/y.txt', size: 2 }, { path: 'z.txt', mode: '100755' }],
    });
    const commit = await ok(app, 'POST', `${repo}/git/commits`, {
      message: 'Root',
      tree: tree.sha,
      parents: [],
    });
    expect(commit).toMatchObject({ verification: { verified: true, reason: 'valid' }, parents: [] });
    await ok(app, 'GET', `${repo}/git/commits/${commit.sha}`);
    await ok(app, 'GET', `${repo}/tarball/${commit.sha}`);
    await ok(app, 'POST', `${repo}/git/refs`, { ref: 'refs/heads/ledger', sha: commit.sha });
    await ok(app, 'GET', `${repo}/git/ref/heads/ledger`);
    await ok(app, 'GET', `${repo}/git/matching-refs/heads/le`);
    const other = {
      message: 'M',
      tree: tree.sha,
      parents: [commit.sha],
      author: { name: 'x', email: 'x@y.z' },
    };
    const next = await ok(app, 'POST', `${repo}/git/commits`, other);
    expect(next).toMatchObject({ verification: { verified: false, reason: 'unsigned' } });
    await ok(app, 'PATCH', `${repo}/git/refs/heads/ledger`, { sha: next.sha });
    await ok(app, 'DELETE', `${repo}/git/refs/heads/ledger`);
    await bench.call(app, 'GET', `${repo}/git/ref/heads/ledger`);
  });

  test('pull requests, reviews, reviewers', async () => {
    await push('feature', { 'README.md': 'two\n', 'binary.bin': 'a\0b' });
    const pull = await ok(ben, 'POST', `${repo}/pulls`, {
      title: 'T',
      head: 'feature',
      base: 'main',
      body: 'B',
      draft: true,
    });
    const path = `${repo}/pulls/${pull.number}`;
    for (const route of ['', '/commits', '/files', '/reviews', '/requested_reviewers'])
      await ok(app, 'GET', path + route);
    await ok(app, 'GET', `${repo}/pulls?state=all&head=acme:feature&sort=updated`);
    await ok(ben, 'POST', `${path}/requested_reviewers`, { reviewers: ['ada'], team_reviewers: ['owners'] });
    const review = await ok(ada, 'POST', `${path}/reviews`, { event: 'REQUEST_CHANGES', body: 'no' });
    await ok(ada, 'GET', `${path}/reviews/${review.id}`);
    await ok(ada, 'PUT', `${path}/reviews/${review.id}/dismissals`, { message: 'fine' });
    await ok(ben, 'PATCH', path, { title: 'Better', body: 'Words', state: 'closed' });
    await ok(ben, 'PATCH', path, { state: 'open' });
    await ok(app, 'GET', `${repo}/issues/${pull.number}/events`);
    expect((await bench.call(app, 'GET', `${path}/merge`)).status).toBe(404);
    await push('behind', { 'c.txt': 'c\n' });
    const second = await ok(app, 'POST', `${repo}/pulls`, { title: 'S', head: 'behind', base: 'main' });
    const merged = await ok(ada, 'PUT', `${repo}/pulls/${second.number}/merge`, { merge_method: 'squash' });
    await ok(app, 'GET', `${repo}/pulls/${second.number}/merge`);
    expect(await ok(app, 'GET', `${repo}/commits/${merged.sha}/pulls`)).toMatchObject([
      { number: second.number },
    ]);
    expect((await bench.call(ben, 'PUT', `${path}/update-branch`, {})).status).toBe(202);
  });

  test('issues and comments', async () => {
    const issue = await ok(app, 'POST', `${repo}/issues`, {
      title: 'I',
      body: 'B',
      labels: ['drift'],
      assignees: ['ada'],
    });
    const path = `${repo}/issues/${issue.number}`;
    await ok(app, 'GET', path);
    await ok(app, 'GET', `${repo}/issues?state=all&labels=drift`);
    const comment = await ok(app, 'POST', `${path}/comments`, { body: 'C' });
    expect(comment).toMatchObject({
      user: { login: 'gatehouse[bot]' },
      performed_via_github_app: { slug: 'gatehouse' },
    });
    await ok(app, 'GET', `${path}/comments`);
    await ok(app, 'PATCH', `${repo}/issues/comments/${comment.id}`, { body: 'D' });
    await ok(app, 'GET', `${repo}/issues/comments/${comment.id}`);
    await ok(app, 'POST', `${repo}/issues/comments/${comment.id}/reactions`, { content: 'eyes' });
    await ok(app, 'GET', `${repo}/issues/comments/${comment.id}/reactions`);
    await ok(app, 'DELETE', `${repo}/issues/comments/${comment.id}`);
    await ok(app, 'PATCH', path, { state: 'closed' });
    await ok(app, 'PATCH', path, { state: 'open' });
  });

  test('checks', async () => {
    const head_sha = await bench.git(work, 'rev-parse', 'origin/main');
    const annotation = {
      path: 'README.md',
      start_line: 1,
      end_line: 1,
      annotation_level: 'warning',
      message: 'm',
    };
    const run = await ok(app, 'POST', `${repo}/check-runs`, {
      name: 'gatehouse',
      head_sha,
      external_id: 'subject',
      output: { title: 't', summary: 's', annotations: [annotation] },
    });
    const path = `${repo}/check-runs/${run.id}`;
    await ok(app, 'PATCH', path, {
      conclusion: 'success',
      output: { title: 't', summary: 's', annotations: [annotation] },
    });
    expect(await ok(app, 'GET', path)).toMatchObject({
      conclusion: 'success',
      output: { annotations_count: 2 },
    });
    await ok(app, 'GET', `${path}/annotations`);
    await ok(app, 'POST', `${path}/rerequest`);
    await ok(app, 'GET', `${repo}/commits/${head_sha}/check-runs?check_name=gatehouse&filter=all`);
  });

  test('releases', async () => {
    const draft = await ok(app, 'POST', `${repo}/releases`, { tag_name: 'v1', name: 'One', draft: true });
    const { upload_url: address } = draft as unknown as { readonly upload_url: string };
    const sent = await fetch(address.replace('{?name,label}', '?name=notes.json'), {
      method: 'POST',
      headers: { authorization: `token ${app}`, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(sent.status).toBe(201);
    const { id } = (await sent.json()) as { readonly id: number };
    expect(await ok(app, 'GET', `${repo}/releases/assets/${id}`)).toMatchObject({ name: 'notes.json' });
    await ok(app, 'PATCH', `${repo}/releases/${draft.id}`, { draft: false });
    expect(await ok(app, 'GET', `${repo}/releases`)).toMatchObject([{ tag_name: 'v1', draft: false }]);
  });

  test('no answer and no webhook differed, and none of ours was left out', () => {
    expect(bench.hub.violations).toEqual([]);
    const compared = [...bench.hub.compared];
    const bodiless = /^(DELETE|GET .*\/merge$|GET .*contents|GET .*tarball)/;
    const missing = wanted.operations.filter(
      (name) =>
        !name.includes('/actions/') &&
        !bodiless.test(name) &&
        !compared.some((key) => key.startsWith(`${name} 2`)),
    );
    expect(missing).toEqual([]);
    const ours = /^(check_run\.(created|completed|rerequested)|issue|pull_request|push)/;
    const silent = Object.keys(wanted.webhooks).filter((name) => ours.test(name) && !compared.includes(name));
    expect(silent).toEqual([]);
  });
});
