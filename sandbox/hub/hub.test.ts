import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, startBench } from './testing.ts';

let bench: Bench;
let ada = '';
let ben = '';

beforeAll(async () => {
  bench = await startBench();
  const { hub } = bench;
  ada = hub.createUser('ada').token;
  ben = hub.createUser('ben').token;
  hub.createUser('rita');
  hub.createOrganization('acme');
  await hub.createRepository('acme/flights');
  hub.addCollaborator('acme/flights', 'ada', 'admin');
  hub.addCollaborator('acme/flights', 'ben', 'write');
  hub.addCollaborator('acme/flights', 'rita', 'read');
  const work = await bench.clone('acme/flights', 'ada', ada, 'seed');
  await bench.git(work, 'checkout', '-q', '-b', 'main');
  await bench.commit(work, { 'README.md': 'hello\n', 'models/a/model.yml': 'owners: [ada]\n' }, 'Start');
  await bench.git(work, 'push', '-q', 'origin', 'main');
});

afterAll(async () => {
  const { violations } = bench.hub;
  await bench.close();
  expect(violations).toEqual([]);
});

test('a pull request lives from push to merge, and its story is told by webhooks', async () => {
  const told: string[] = [];
  const stop = bench.hub.on((event, action, payload) => told.push(`${event} ${action ?? payload.ref}`));
  const work = await bench.clone('acme/flights', 'ben', ben);
  await bench.git(work, 'checkout', '-q', '-b', 'change');
  await bench.commit(work, { 'models/a/model.yml': 'owners: [ben]\n' }, 'Change owners');
  await bench.git(work, 'push', '-q', 'origin', 'change');
  const opened = await bench.call(ben, 'POST', '/repos/acme/flights/pulls', {
    title: 'Change',
    head: 'change',
    base: 'main',
  });
  expect(opened.status).toBe(201);
  const number = opened.body.number;
  const head = await bench.commit(work, { 'b.txt': 'b\n' }, 'More');
  await bench.git(work, 'push', '-q', 'origin', 'change');
  const shown = await bench.call(ada, 'GET', `/repos/acme/flights/pulls/${number}`);
  expect(shown.body).toMatchObject({
    mergeable: true,
    mergeable_state: 'clean',
    commits: 2,
    changed_files: 2,
    head: { sha: head },
  });
  const review = await bench.call(ada, 'POST', `/repos/acme/flights/pulls/${number}/reviews`, {
    event: 'APPROVE',
  });
  expect(review.body).toMatchObject({ state: 'APPROVED', commit_id: head, user: { login: 'ada' } });
  const merged = await bench.call(ada, 'PUT', `/repos/acme/flights/pulls/${number}/merge`, { sha: head });
  expect(merged).toMatchObject({ status: 200, body: { merged: true } });
  const commit = await bench.call(ada, 'GET', `/repos/acme/flights/commits/${merged.body.sha}`);
  expect(commit.body).toMatchObject({
    author: { login: 'ada' },
    committer: { login: 'web-flow' },
    commit: { verification: { verified: true } },
  });
  const activity = await bench.call(ada, 'GET', '/repos/acme/flights/activity?ref=change');
  expect(activity.body).toMatchObject([
    { activity_type: 'push', actor: { login: 'ben' }, after: head },
    { activity_type: 'branch_creation', actor: { login: 'ben' } },
  ]);
  stop();
  expect(told).toEqual([
    'push refs/heads/change',
    'pull_request opened',
    'push refs/heads/change',
    'pull_request synchronize',
    'pull_request_review submitted',
    'pull_request closed',
    'push refs/heads/main',
  ]);
  const after = await bench.call(ada, 'GET', `/repos/acme/flights/pulls/${number}`);
  expect(after.body).toMatchObject({
    merged: true,
    merged_by: { login: 'ada' },
    merge_commit_sha: merged.body.sha,
  });
});
