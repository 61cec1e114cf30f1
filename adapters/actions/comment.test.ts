import { afterEach, beforeEach, expect, test } from 'vitest';
import { postComparison } from './comment.ts';
import { type SmallGitHub, startSmallGitHub } from './github.fixture.ts';

let github: SmallGitHub;
beforeEach(async () => {
  github = await startSmallGitHub();
});
afterEach(() => github.close());

const marker = '<!-- gatehouse:comparison:churn; -->';
const bot = { login: 'github-actions[bot]' };
const writes = () => github.asked.filter(({ line }) => !line.startsWith('GET'));

test('writes one comment that begins with its marker, and says where it is', async () => {
  expect(await postComparison('churn', '### Pass')).toBe(
    'https://github.test/repos/acme/flights/issues/3/comments',
  );
  expect(writes()).toHaveLength(1);
  expect(JSON.parse(writes()[0]?.body ?? '')).toEqual({ body: `${marker}\n### Pass\n` });
});

test('updates its own one, also on the second page and with Windows line ends', async () => {
  const others = Array.from({ length: 120 }, (_, id) => ({ id, user: bot, body: 'x' }));
  github.held.comments = [...others, { id: 777, user: bot, body: `${marker}\r\nold` }];
  await postComparison('churn', 'new');
  expect(writes().map(({ line }) => line)).toEqual(['PATCH /repos/acme/flights/issues/comments/777']);
});

test.each([
  ['somebody else’s with the same marker', { login: 'eve' }, marker],
  ['a person called almost like the bot', { login: 'github-actions' }, marker],
  ['a deleted account', null, marker],
  ['the one of another model', bot, '<!-- gatehouse:comparison:churn-2; -->'],
  ['a quote of it', bot, `> ${marker}`],
  ['a marker further down', bot, `hello\n${marker}`],
])('leaves %s alone', async (_, user, body) => {
  github.held.comments = [{ id: 9, user, body }];
  await postComparison('churn', 'new');
  expect(writes().map(({ line }) => line)).toEqual(['POST /repos/acme/flights/issues/3/comments']);
});

test('a job that may not write is told which permission is missing', async () => {
  for (const status of [403, 404, 422]) {
    github.held.writeStatus = status;
    await expect(postComparison('churn', 'x')).rejects.toMatchObject({
      code: 'COMMENT_REFUSED',
      hint: expect.stringContaining('pull-requests: write'),
    });
  }
});

test('a fork cannot write: no address, no error; any other refusal is one', async () => {
  await github.close();
  github = await startSmallGitHub('pull_request', true);
  github.held.writeStatus = 403;
  expect(await postComparison('churn', 'x')).toBe('');
  github.held.writeStatus = 422;
  await expect(postComparison('churn', 'x')).rejects.toMatchObject({ code: 'COMMENT_REFUSED' });
});

test('asks nobody when there is no pull request', async () => {
  await github.close();
  github = await startSmallGitHub('push');
  expect(await postComparison('churn', 'x')).toBe('');
  expect(github.asked).toEqual([]);
});
