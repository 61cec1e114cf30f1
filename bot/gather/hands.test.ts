import { describe, expect, it } from 'vitest';
import type { CommitFacts } from '../../adapters/github/reader.ts';
import type { TreeListing } from '../../core/change/change.ts';
import type { Person, VersionRecord } from '../../core/registry/ledger.ts';
import { type PeopleInput, readPeople } from './people.ts';
import { rolesOf } from './roles.ts';

const user = (id: number, login: string): Person => ({ id, login, kind: 'User' });
const [ben, rita, eve, omar] = [user(1, 'ben'), user(2, 'rita'), user(3, 'eve'), user(4, 'omar')];
const params = 'models/flight-delay/params.json';

/** Ben's pull request of one commit, `head`, which he pushed; with what a case changes. */
async function readOf(
  commit: Partial<CommitFacts>,
  fields: Partial<PeopleInput> = {},
  accounts: Person[] = [],
) {
  const listing = (blob: string): TreeListing => new Map([[params, { path: params, mode: '100644', blob }]]);
  const people = await readPeople(
    {
      tree: async (sha) => listing(sha),
      pushes: async () => [{ by: ben, before: 'start', after: 'head' }],
      account: async (login) => accounts.find((account) => account.login === login) ?? null,
    },
    {
      pull: { author: ben, head: { sha: 'head', ref: 'better', repositoryId: 7 } } as PeopleInput['pull'],
      commits: [
        {
          ...{ sha: 'head', tree: 'head', parents: ['start'], author: ben, committer: ben },
          ...{ authorEmail: 'ben@acme.test', message: 'x', committedAt: '', verified: false },
          ...commit,
        },
      ],
      change: {
        kind: 'request',
        model: 'flight-delay',
        contentPaths: [{ path: params, before: 'start', after: 'head', mode: '100644' }],
      } as unknown as PeopleInput['change'],
      repositoryId: 7,
      starters: [],
      records: [],
      ...fields,
    },
  );
  const hands = people.exclusions.map(({ person, because }) => `${person.login}: ${because}`);
  return { hands, known: people.pushersKnown, contributors: people.contributors.map(({ login }) => login) };
}

describe('who had a hand in it', () => {
  it('is the author alone where nobody else did', async () => {
    expect(await readOf({})).toEqual({ hands: ['ben: author'], known: true, contributors: ['ben'] });
  });

  it.each<[string, Partial<CommitFacts>]>([
    ['who wrote a commit', { author: eve }],
    ['who committed it', { committer: eve }],
  ])('%s', async (_, commit) => {
    expect(await readOf(commit)).toMatchObject({ hands: ['ben: author', 'eve: committer'], known: true });
  });

  it.each([
    ['by the id in an address that GitHub gave', 'Co-authored-by: E <3+eve@users.noreply.github.com>', []],
    ['by the login in an older one', 'co-authored-by: E <eve@users.noreply.github.com>', [eve]],
    [
      'in any of several lines',
      'Co-authored-by: B <ben@acme.test>\nCo-Authored-By: E <3+eve@users.noreply.x>',
      [],
    ],
  ])('a co-author %s', async (_, trailer, accounts) => {
    const { hands, known } = await readOf({ message: `Better\n\n${trailer}\n` }, {}, accounts);
    expect([hands, known]).toEqual([['ben: author', 'eve: co-author'], true]);
  });

  it('a co-author whom nobody can name: one approval more', async () => {
    const { hands, known } = await readOf({ message: 'Better\n\nCo-authored-by: E <eve@home.test>\n' });
    expect([hands, known]).toEqual([['ben: author'], false]);
  });

  it.each<[string, Partial<CommitFacts>]>([
    ['wrote', { author: null }],
    ['committed', { committer: null }],
  ])(
    'an address of no account: who %s it is not known, and one approval more is asked for',
    async (_, commit) => {
      expect(await readOf(commit)).toMatchObject({ known: false });
    },
  );

  it('who dispatched the run whose evidence counts; who only started it made the version', async () => {
    const dispatched = { starters: [{ person: eve, dispatched: true }] };
    expect(await readOf({}, dispatched)).toMatchObject({ hands: ['ben: author', 'eve: dispatcher'] });
    const started = await readOf({}, { starters: [{ person: eve, dispatched: false }] });
    expect(started).toMatchObject({ hands: ['ben: author'], contributors: ['ben', 'eve'] });
  });

  it('who started a run of a pull request that another bot opened', async () => {
    const started = { starters: [{ person: eve, dispatched: false }], openedByBot: true };
    expect(await readOf({}, started)).toMatchObject({ hands: ['ben: author', 'eve: dispatcher'] });
  });

  it('who made the version that moves', async () => {
    const records = [{ contributors: [omar, rita] }] as unknown as readonly VersionRecord[];
    expect((await readOf({}, { records })).hands).toEqual([
      ...['ben: author', 'rita: contributor', 'omar: contributor'],
    ]);
  });

  it('in a fork nobody knows who pushed', async () => {
    const pull = {
      author: ben,
      head: { sha: 'head', ref: 'better', repositoryId: 8 },
    } as PeopleInput['pull'];
    expect((await readOf({}, { pull })).known).toBe(false);
  });
});

it('a bot holds no role, whatever team somebody put it into; a person holds what the id holds', () => {
  const bot: Person = { id: 9, login: 'helper[bot]', kind: 'Bot' };
  const holders = new Map([['reviewer', [bot, { ...rita, login: 'renamed' }]]]);
  expect(rolesOf(holders, bot)).toEqual([]);
  expect(rolesOf(holders, rita)).toEqual(['reviewer']);
  expect(rolesOf(holders, { ...eve, login: 'renamed' })).toEqual([]);
});
