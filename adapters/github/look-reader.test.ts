import { Octokit } from '@octokit/rest';
import { describe, expect, it } from 'vitest';
import type { LookAnswer } from './look-answer.ts';
import { openReader } from './look-reader.ts';
import { ReaderMemory } from './reader-memory.ts';

type Repository = LookAnswer['repository'];
type Pull = Repository['pullRequest'];

const sha = (letter: string): string => letter.repeat(40);
const whole = { hasNextPage: false };
const none = { pageInfo: whole, nodes: [] };
const rita = { __typename: 'User', login: 'rita', databaseId: 7 };
const place = (oid: string) => ({ oid, tree: { oid: sha('e') }, parents: { pageInfo: whole, nodes: [] } });
const commit = (oid: string, fields: Partial<Pull['commits']['nodes'][number]['commit']> = {}) => ({
  ...{ oid, message: 'm', committedDate: '2026-11-21T10:00:00Z', tree: { oid: sha('f') } },
  parents: { pageInfo: whole, nodes: [{ oid: sha('a') }] },
  author: { email: 'rita@acme.test', user: { databaseId: 7, login: 'rita' } },
  committer: { user: { databaseId: 19_864_447, login: 'web-flow' } },
  signature: { isValid: true },
  ...fields,
});
const run = (databaseId: number, externalId: string) => ({
  ...{ databaseId, name: 'gatehouse', status: 'COMPLETED', conclusion: 'SUCCESS', externalId },
  ...{
    startedAt: null,
    completedAt: null,
    title: 'T',
    summary: 'S',
    text: null,
    annotations: { totalCount: 0 },
  },
});
const suitesOf = (appId: number, ...nodes: ReturnType<typeof run>[]) => ({
  pageInfo: whole,
  nodes: [{ app: { databaseId: appId }, checkRuns: { pageInfo: whole, nodes } }],
});
const suites = (...nodes: ReturnType<typeof run>[]) => suitesOf(5, ...nodes);
const review = (fullDatabaseId: string, author: Pull['author'], fields: object = {}) => ({
  ...{ fullDatabaseId, state: 'APPROVED', submittedAt: '2026-11-21T11:00:00Z', author },
  commit: { oid: sha('b'), evidence: none },
  ...fields,
});

/** GraphQL's answer for pull request 3, as JSON. */
const answerOf = (pull: object = {}, people: object = {}) => ({
  data: {
    repository: {
      ...{ databaseId: 1, nameWithOwner: 'acme/flights', url: 'https://x/acme/flights' },
      defaultBranchRef: { name: 'main', target: { oid: sha('a'), tree: { oid: sha('e') } } },
      ledger: null,
      pullRequest: {
        ...{ number: 3, state: 'OPEN', isDraft: false, title: 't', body: '', url: 'u', createdAt: 'now' },
        ...{ updatedAt: 'now' },
        ...{ mergedAt: null, author: rita, mergedBy: null, mergeCommit: null },
        ...{ headRefName: 'v1', headRefOid: sha('b'), headRepository: { databaseId: 1 } },
        ...{ baseRefName: 'main', baseRefOid: sha('a') },
        baseRef: {
          target: {
            ...{ oid: sha('a'), tree: { oid: sha('e') } },
            history: { pageInfo: whole, nodes: [{ oid: sha('a') }] },
            marked: { nodes: [{ ...place(sha('a')), checkSuites: suites(run(9, 'anchor:1:sha256:x')) }] },
          },
        },
        ...{ reviewRequests: none, reviews: none, timelineItems: none, comments: none },
        commits: { pageInfo: whole, nodes: [{ commit: commit(sha('b')) }] },
        head: {
          nodes: [
            {
              commit: {
                ...{ oid: sha('b'), evidence: none, decision: suites(run(12, 'started'), run(11, 'older')) },
                associatedPullRequests: {
                  pageInfo: whole,
                  nodes: [
                    { number: 3, baseRepository: { databaseId: 1 } },
                    { number: 4, baseRepository: { databaseId: 99 } },
                  ],
                },
              },
            },
          ],
        },
        ...pull,
      },
    },
    ...people,
  },
});

/** REST says what GraphQL never says, so that one sees who answered. */
const rest: Readonly<Record<string, unknown>> = {
  '/repos/acme/flights/pulls/3': {
    ...{ number: 3, state: 'open', draft: false, title: 'by rest', body: null, html_url: 'u' },
    ...{ user: { id: 7, login: 'rita', type: 'User' }, merged: false, merged_by: null, merged_at: null },
    ...{ head: { sha: sha('b'), ref: 'v1', repo: { id: 1 } }, base: { sha: sha('a'), ref: 'main' } },
    ...{ merge_commit_sha: null, updated_at: 'now', requested_reviewers: [] },
  },
  '/repos/acme/flights/pulls/3/reviews': [],
  '/repos/acme/flights/pulls/3/commits': [],
  '/repos/acme/flights/issues/3/events': [],
  '/repos/acme/flights/git/ref/heads%2Fmain': { object: { sha: sha('d') } },
  '/users/rita': { id: 7, login: 'rita', type: 'User' },
  '/users/acme': { id: 8, login: 'acme', type: 'Organization' },
};

function readerOver(answer: (variables: Readonly<Record<string, unknown>>) => unknown) {
  const asked: string[] = [];
  const variables: Readonly<Record<string, unknown>>[] = [];
  const fetch = async (input: string, init: RequestInit): Promise<Response> => {
    const { pathname } = new URL(input);
    asked.push(pathname);
    if (pathname === '/graphql') variables.push(JSON.parse(String(init.body)).variables);
    const body = pathname === '/graphql' ? answer(variables.at(-1) ?? {}) : rest[pathname];
    return new Response(JSON.stringify(body ?? {}), {
      status: body === undefined ? 404 : 200,
      headers: { 'content-type': 'application/json' },
    });
  };
  const silent = () => undefined;
  const client = new Octokit({
    request: { fetch },
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  const open = openReader(client, { owner: 'acme', repo: 'flights' }, 5, new ReaderMemory());
  return { reader: open(3), open, asked, variables };
}

describe('a look', () => {
  it('asks one question, whatever is wanted of it', async () => {
    const { reader, asked } = readerOver(() =>
      answerOf({ reviews: { ...none, nodes: [review('12345678901', rita)] } }),
    );
    expect((await reader.pull(3)).head.sha).toBe(sha('b'));
    expect(await reader.reviews(3)).toMatchObject([
      { id: 12_345_678_901, reviewer: { id: 7, kind: 'User' } },
    ]);
    expect(await reader.pullCommits(3)).toMatchObject([{ verified: true, committer: { id: 19_864_447 } }]);
    expect(await reader.dismissals(3)).toEqual([]);
    expect(await reader.branchHead('main')).toBe(sha('a'));
    expect(await reader.branchHead('gatehouse-ledger')).toBeNull();
    expect(await reader.ledgerFiles('gatehouse-ledger')).toBeNull();
    expect(await reader.history('main', 100)).toEqual([sha('a')]);
    expect(await reader.pullsOfCommit(sha('b'))).toEqual([3]);
    expect((await reader.checkRuns(sha('a'), 'gatehouse')).map(({ externalId }) => externalId)).toEqual([
      'anchor:1:sha256:x',
    ]);
    expect((await reader.checkRuns(sha('b'), 'gatehouse')).map(({ id }) => id)).toEqual([11, 12]);
    expect(asked).toEqual(['/graphql']);
  });

  it('sees a branch as it was when it began, and as it is now where that is asked', async () => {
    const { reader } = readerOver(() => answerOf());
    expect(await reader.branchHead('main')).toBe(sha('a'));
    expect(await reader.headNow('main')).toBe(sha('d'));
  });

  it('takes no check run of another app for ours, whatever GitHub was asked for', async () => {
    const target = answerOf().data.repository.pullRequest.baseRef.target;
    const marked = { nodes: [{ ...place(sha('a')), checkSuites: suitesOf(6, run(9, 'anchor:1:sha256:x')) }] };
    const { reader } = readerOver(() => answerOf({ baseRef: { target: { ...target, marked } } }));
    expect(await reader.checkRuns(sha('a'), 'gatehouse')).toEqual([]);
  });

  it('names bots as REST does, and those who deleted their account', async () => {
    const bot = { __typename: 'Bot', login: 'gatehouse', databaseId: 6 };
    const { reader } = readerOver(() =>
      answerOf({ author: bot, reviews: { ...none, nodes: [review('1', bot), review('2', null)] } }),
    );
    expect((await reader.pull(3)).author).toEqual({ id: 6, login: 'gatehouse[bot]', kind: 'Bot' });
    expect((await reader.reviews(3)).map(({ reviewer }) => reviewer.login)).toEqual([
      'gatehouse[bot]',
      'ghost',
    ]);
  });

  const next = { pageInfo: { hasNextPage: true } };
  it.each<[string, object, string]>([
    ['reviews on a next page', { reviews: { ...none, ...next } }, 'reviews'],
    [
      'a review of a commit that is gone',
      { reviews: { ...none, nodes: [review('1', rita, { commit: null })] } },
      'reviews',
    ],
    [
      'a review of an app in disguise',
      { reviews: { ...none, nodes: [review('1', { ...rita, __typename: 'Mannequin' })] } },
      'reviews',
    ],
    ['commits on a next page', { commits: { ...none, ...next } }, 'commits'],
    [
      'a commit whose author has no account',
      { commits: { ...none, nodes: [{ commit: commit(sha('b'), { author: { email: 'x', user: null } }) }] } },
      'commits',
    ],
    [
      'a commit of which GitHub names no committer',
      { commits: { ...none, nodes: [{ commit: commit(sha('b'), { committer: null }) }] } },
      'commits',
    ],
    ['dismissals on a next page', { timelineItems: { ...none, ...next } }, 'events'],
    [
      'a dismissal without its review',
      {
        timelineItems: {
          ...none,
          nodes: [
            {
              __typename: 'ReviewDismissedEvent',
              previousReviewState: 'APPROVED',
              actor: rita,
              review: null,
            },
          ],
        },
      },
      'events',
    ],
  ])('reads by REST alone what came in part: %s', async (_, pull, path) => {
    const { reader, asked } = readerOver(() => answerOf(pull));
    expect((await reader.pull(3)).title).toBe('t');
    await Promise.all([reader.reviews(3), reader.pullCommits(3), reader.dismissals(3)]);
    expect(asked).toHaveLength(2);
    expect(asked.at(-1)).toMatch(new RegExp(`/3/${path}$`));
  });

  it.each<[string, unknown]>([
    ['an error beside an answer that looks whole', { ...answerOf(), errors: [{ message: 'timeout' }] }],
    ['a limit inside HTTP 200', { errors: [{ type: 'RATE_LIMITED', message: 'limit' }] }],
    ['no repository', { data: { repository: null } }],
    ['another pull request', answerOf({ number: 4 })],
    ['a field that is missing', answerOf({ reviews: undefined })],
    ['a list with a hole', answerOf({ reviews: { ...none, nodes: [null] } })],
    ['a state that we do not know', answerOf({ state: 'PAUSED' })],
    ['merged without a commit', answerOf({ state: 'MERGED', mergedAt: 'now' })],
    ['no GraphQL', undefined],
  ])('reads it all by REST after %s', async (_, answer) => {
    const { reader } = readerOver(() => answer);
    expect((await reader.pull(3)).title).toBe('by rest');
  });

  it('asks for people of earlier looks in its question, and for none of them after one is gone', async () => {
    const user = { user0: { databaseId: 7, login: 'rita' } };
    let gone = false;
    const { open, asked, variables } = readerOver((given) => {
      if ('user0' in given)
        return gone ? { ...answerOf(), errors: [{ message: 'no user' }] } : answerOf({}, user);
      return answerOf();
    });
    const role = { users: ['rita', 'acme'], teams: [] };
    await open(3).membersOf(role);
    expect((await open(3).membersOf(role)).map(({ id }) => id)).toEqual([7, 8]);
    // An organization is no person: asking for it as one would spoil every answer.
    expect(variables.map(({ user0, user1 }) => [user0, user1])).toEqual([
      [undefined, undefined],
      ['rita', undefined],
    ]);
    expect(asked.filter((path) => path === '/users/rita')).toHaveLength(1);
    gone = true;
    await open(3).pull(3);
    await open(3).pull(3);
    expect(variables.slice(2).map(({ user0 }) => user0)).toEqual(['rita', undefined]);
  });
});
