import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type DenyBench, refused, repo, startDenyBench } from './deny-bench.ts';

/** What the hub refuses about pull requests, as GitHub does: each line would let an attack or a bug through if it failed. */
let deny: DenyBench;
let bench: DenyBench['bench'];
let token: DenyBench['token'];
let appId: DenyBench['appId'];

beforeAll(async () => {
  deny = await startDenyBench();
  ({ bench, token, appId } = deny);
});

afterAll(async () => {
  const { violations } = bench.hub;
  await bench.close();
  expect(violations).toEqual([]);
});

beforeEach(() => bench.hub.protect('acme/flights', 'main', {}));

test('nobody approves or blocks an own pull request', async () => {
  const { number } = await deny.propose();
  const review = (event: string) =>
    bench.call(token.ben, 'POST', `${repo}/pulls/${number}/reviews`, { event, body: 'x' });
  const approval = await review('APPROVE');
  refused(approval, 422, 'Unprocessable Entity');
  expect(approval.body.errors).toEqual(['Can not approve your own pull request']);
  expect((await review('REQUEST_CHANGES')).status).toBe(422);
  expect((await review('COMMENT')).status).toBe(200);
});

test('a workflow cannot approve', async () => {
  const { number } = await deny.propose();
  const job = bench.hub.issueToken({
    kind: 'job',
    repositoryId: bench.hub.repository('acme/flights').id,
    permissions: { 'pull-requests': 'write' },
  });
  const answer = await bench.call(job, 'POST', `${repo}/pulls/${number}/reviews`, { event: 'APPROVE' });
  expect(answer.body.errors).toEqual(['GitHub Actions is not permitted to approve pull requests.']);
});

test('a closed pull request can still be reviewed, and a stranger cannot review a private one', async () => {
  const { number } = await deny.propose();
  await bench.call(token.ben, 'PATCH', `${repo}/pulls/${number}`, { state: 'closed' });
  expect(
    (await bench.call(token.rita, 'POST', `${repo}/pulls/${number}/reviews`, { event: 'APPROVE' })).status,
  ).toBe(200);
  refused(await bench.call(token.zoe, 'GET', '/repos/acme/secret/pulls/1'), 404, 'Not Found');
});

test('a review needs words, a known commit, and dismissal needs a decision to dismiss', async () => {
  const { number } = await deny.propose();
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

test('a merge wants the head that was looked at, an open and clean pull request, and no second time', async () => {
  const { number, head } = await deny.propose();
  const merge = (sha?: string, id = number) =>
    bench.call(token.ada, 'PUT', `${repo}/pulls/${id}/merge`, { ...(sha ? { sha } : {}) });
  refused(await merge('a'.repeat(40)), 409, 'Head branch was modified. Review and try the merge again.');
  const [one, two] = [
    await deny.propose({ 'README.md': 'left\n' }),
    await deny.propose({ 'README.md': 'right\n' }),
  ];
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
  const { number, head } = await deny.propose();
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
  const { number } = await deny.propose();
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
