import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, startBench } from './testing.ts';

let bench: Bench;
let app = '';
let botId = 0;
let start = '';

beforeAll(async () => {
  bench = await startBench();
  const { hub } = bench;
  const ada = hub.createUser('ada').token;
  hub.createOrganization('acme');
  await hub.createRepository('acme/flights');
  hub.addCollaborator('acme/flights', 'ada', 'admin');
  const permissions = { contents: 'write', pull_requests: 'read' } as const;
  const made = hub.createApp({ slug: 'gatehouse', permissions, events: [] });
  botId = made.bot.id;
  app = hub.issueToken({ kind: 'installation', installationId: hub.installApp(made.id, 'acme/flights') });
  const work = await bench.clone('acme/flights', 'ada', ada);
  await bench.git(work, 'checkout', '-q', '-b', 'main');
  start = await bench.commit(
    work,
    { 'keep.txt': 'k\n', 'old/gone.txt': 'g\n', 'run.sh': '#!/bin/sh\n' },
    'Start',
  );
  await bench.git(work, 'push', '-q', 'origin', 'main');
});

afterAll(() => bench.close());

const mutation = `mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } ref { name target { oid } } } }`;

const base64 = (text: string) => Buffer.from(text).toString('base64');

test('a commit by the app is signed by GitHub and carries the id of the bot', async () => {
  const input = {
    branch: { repositoryNameWithOwner: 'acme/flights', branchName: 'main' },
    expectedHeadOid: start,
    message: { headline: 'Write', body: 'Because' },
    fileChanges: {
      additions: [
        { path: 'audit/a/1.json', contents: base64('{}') },
        { path: 'audit/a/2.json', contents: base64('ü') },
      ],
      deletions: [{ path: 'old/gone.txt' }],
    },
  };
  const made = await bench.graphql(app, mutation, { input });
  expect(made.body.errors).toBeUndefined();
  const listing = await bench.git(bench.hub.gitDir('acme/flights'), 'ls-tree', '-r', '--name-only', 'main');
  expect(listing.split('\n')).toEqual(['audit/a/1.json', 'audit/a/2.json', 'keep.txt', 'run.sh']);
  expect(await bench.git(bench.hub.gitDir('acme/flights'), 'fsck', '--strict', '--no-dangling')).toBe('');
  const commit = await bench.call(app, 'GET', '/repos/acme/flights/commits/main');
  expect(commit.body).toMatchObject({
    author: { id: botId, login: 'gatehouse[bot]', type: 'Bot' },
    committer: { login: 'web-flow' },
    commit: { message: 'Write\n\nBecause', verification: { verified: true, reason: 'valid' } },
  });
  const activity = await bench.call(
    app,
    'GET',
    '/repos/acme/flights/activity?ref=refs/heads/main&per_page=1',
  );
  expect(activity.body).toMatchObject([{ actor: { id: botId }, activity_type: 'push', before: start }]);
});

test('the same names in a pushed commit prove nothing', async () => {
  const ada = bench.hub.issueToken({ kind: 'user', login: 'ada' });
  const work = await bench.clone('acme/flights', 'ada', ada);
  const bot = bench.hub.account('gatehouse[bot]');
  await bench.git(work, 'config', 'user.name', 'GitHub');
  await bench.git(work, 'config', 'user.email', 'noreply@github.com');
  await bench.git(
    work,
    'commit',
    '-q',
    '--allow-empty',
    '-m',
    'Forged',
    `--author=${bot.name} <${bot.email}>`,
  );
  await bench.git(work, 'push', '-q', 'origin', 'HEAD:forged');
  const commit = await bench.call(app, 'GET', '/repos/acme/flights/commits/forged');
  expect(commit.body).toMatchObject({
    author: { id: bot.id },
    commit: { verification: { verified: false, reason: 'unsigned' } },
  });
});

test('refs, files, trees and history in one question', async () => {
  const query = `query ($owner: String!, $name: String!) {
    viewer { login databaseId }
    repository(owner: $owner, name: $name) {
      databaseId nameWithOwner isPrivate
      ref(qualifiedName: "refs/heads/main") { name prefix target { oid ... on Commit { message history(first: 1) { totalCount pageInfo { hasNextPage } nodes { messageHeadline signature { isValid } } } } } }
      file: object(expression: "main:keep.txt") { __typename ... on Blob { text byteSize isBinary } }
      tree: object(expression: "main:audit/a") { ... on Tree { entries { name type oid } } }
      none: object(expression: "main:nowhere") { oid }
      missing: ref(qualifiedName: "refs/heads/nowhere") { name }
    }
  }`;
  const answer = await bench.graphql(app, query, { owner: 'acme', name: 'flights' });
  expect(answer.body).toMatchObject({
    data: {
      viewer: { databaseId: botId },
      repository: {
        nameWithOwner: 'acme/flights',
        ref: {
          name: 'main',
          prefix: 'refs/heads/',
          target: {
            message: 'Write\n\nBecause',
            history: {
              totalCount: 2,
              nodes: [{ signature: { isValid: true } }],
              pageInfo: { hasNextPage: true },
            },
          },
        },
        file: { __typename: 'Blob', text: 'k\n', byteSize: 2, isBinary: false },
        tree: { entries: [{ name: '1.json', type: 'blob' }, { name: '2.json' }] },
        none: null,
        missing: null,
      },
    },
  });
});

test('what is not there or not allowed is an error with a type inside HTTP 200', async () => {
  const ask = (query: string, token = app) => bench.graphql(token, query);
  const unknown = await ask('{ repository(owner: "acme", name: "nowhere") { id } }');
  expect(unknown).toMatchObject({
    status: 200,
    body: { data: { repository: null }, errors: [{ type: 'NOT_FOUND', path: ['repository'] }] },
  });
  const pull = await ask('{ repository(owner: "acme", name: "flights") { pullRequest(number: 99) { id } } }');
  expect(pull.body.errors).toMatchObject([{ type: 'NOT_FOUND' }]);
  expect((await ask('{ viewer { login } }', '')).status).toBe(401);
  const input = {
    branch: { repositoryNameWithOwner: 'acme/flights', branchName: 'main' },
    expectedHeadOid: await bench.git(bench.hub.gitDir('acme/flights'), 'rev-parse', 'main'),
    message: { headline: 'x' },
  };
  const gone = await bench.graphql(app, mutation, {
    input: { ...input, fileChanges: { deletions: [{ path: 'not/there' }] } },
  });
  expect(gone.body.errors).toMatchObject([{ message: expect.stringContaining('which does not exist') }]);
  const outside = { additions: [{ path: '../x', contents: '' }] };
  expect(
    (await bench.graphql(app, mutation, { input: { ...input, fileChanges: outside } })).body.errors,
  ).toMatchObject([{ message: expect.stringContaining('malformed') }]);
});
