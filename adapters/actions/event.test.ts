import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readPullRequestEvent, readRunFacts } from './event.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-event-'));
afterAll(() => rmSync(folder, { recursive: true }));

const facts = {
  GITHUB_REPOSITORY: 'acme/flights',
  GITHUB_REPOSITORY_ID: '7',
  GITHUB_RUN_ID: '11',
  GITHUB_RUN_ATTEMPT: '2',
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_SERVER_URL: 'https://github.test',
  GITHUB_API_URL: 'https://api.github.test',
  GITHUB_ACTOR: 'ben',
};

describe('readRunFacts', () => {
  it('reads what the runner says', () => {
    expect(readRunFacts(facts)).toEqual({
      repository: 'acme/flights',
      repositoryId: 7,
      runId: 11,
      runAttempt: 2,
      event: 'pull_request',
      serverUrl: 'https://github.test',
      apiUrl: 'https://api.github.test',
      actor: 'ben',
    });
  });

  it.each(Object.keys(facts))('refuses a job without %s, by name', (name) => {
    for (const value of [undefined, '']) {
      expect(() => readRunFacts({ ...facts, [name]: value })).toThrow(
        expect.objectContaining({ code: 'RUN_FACTS', message: expect.stringContaining(name) }),
      );
    }
  });

  it.each(['0', '-1', '1.5', 'NaN', 'Infinity', 'x', '9007199254740993'])('refuses the run id %s', (id) => {
    expect(() => readRunFacts({ ...facts, GITHUB_RUN_ID: id })).toThrow(/no positive whole number/);
  });
});

const sha = 'a'.repeat(40);
const event = (change: object = {}) => ({
  pull_request: { number: 3, head: { sha, repo: { id: 7 } }, base: { repo: { id: 7 } }, ...change },
});

let files = 0;
function readEvent(content: unknown, name = 'pull_request') {
  files += 1;
  const path = join(folder, `${files}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return readPullRequestEvent({ GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path });
}

describe('readPullRequestEvent', () => {
  it('reads number and head', () => {
    expect(readEvent(event())).toEqual({ number: 3, headSha: sha, fork: false });
  });

  it('takes another repository, a deleted one and an unreadable one for a fork', () => {
    for (const repo of [{ id: 8 }, null, {}, 'x', undefined]) {
      expect(readEvent(event({ head: { sha, repo } }))).toMatchObject({ fork: true });
    }
  });

  it.each(['pull_request_target', 'push', 'workflow_dispatch', 'workflow_run', ''])(
    'is for pull_request alone, not for "%s"',
    (name) => {
      expect(() => readEvent(event(), name)).toThrow(
        expect.objectContaining({ code: name === '' ? 'RUN_FACTS' : 'EVENT_NOT_SUPPORTED' }),
      );
    },
  );

  it.each([
    ['no pull request', {}],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number in quotes', event({ number: '3' })],
    ['number 0', event({ number: 0 })],
    ['half a number', event({ number: 1.5 })],
    ['a head that is no commit', event({ head: { sha: 'main', repo: { id: 7 } } })],
    ['a head with a line break', event({ head: { sha: `${sha}\n`, repo: { id: 7 } } })],
    ['no base', event({ base: null })],
    ['a base without a repository', event({ base: {} })],
  ])('refuses %s', (_, content) => {
    expect(() => readEvent(content)).toThrow(expect.objectContaining({ code: 'EVENT_UNREADABLE' }));
  });

  it.each([
    ['no JSON', '{'],
    ['a key twice', '{"pull_request":{},"pull_request":{}}'],
    ['a prototype', '{"__proto__":{"pull_request":{}}}'],
  ])('refuses %s as wrong input', (_, content) => {
    expect(() => readEvent(content)).toThrow(expect.objectContaining({ kind: 'input' }));
  });

  it('refuses an event file that is not there', () => {
    const env = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: join(folder, 'none.json') };
    expect(() => readPullRequestEvent(env)).toThrow(expect.objectContaining({ code: 'EVENT_UNREADABLE' }));
  });
});
