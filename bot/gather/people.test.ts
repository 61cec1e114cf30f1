import { describe, expect, it } from 'vitest';
import type { CommitFacts, Push } from '../../adapters/github/reader.ts';
import type { TreeListing } from '../../core/change/change.ts';
import type { Person } from '../../core/registry/ledger.ts';
import { branchFor, waiverBranch } from '../commands/asked-branch.ts';
import { readPeople } from './people.ts';

const user = (id: number, login: string): Person => ({ id, login, kind: 'User' });
const [ben, rita, eve] = [user(1, 'ben'), user(2, 'rita'), user(3, 'eve')];
const webFlow = user(19_864_447, 'web-flow');
const params = 'models/flight-delay/params.json';

type Files = Readonly<Record<string, string>>;
const treeOf = (files: Files): TreeListing =>
  new Map(Object.entries(files).map(([path, blob]) => [path, { path, mode: '100644', blob }]));

const commitOf = (sha: string, parents: readonly string[], fields: Partial<CommitFacts>): CommitFacts => ({
  sha,
  tree: sha,
  parents,
  author: ben,
  committer: ben,
  authorEmail: 'ben@acme.test',
  message: 'x',
  committedAt: '2026-11-21T09:00:00Z',
  verified: false,
  ...fields,
});

/** Ben's commit `work`, then a merge of `main` into it that Rita made by GitHub's button: who made the content? */
async function readAfterMerge(merged: Files, fields: Partial<CommitFacts> = {}) {
  const trees: Readonly<Record<string, Files>> = {
    start: { [params]: 'old', 'other.txt': 'old' },
    work: { [params]: 'of ben', 'other.txt': 'old' },
    main: { [params]: 'of main', 'other.txt': 'new' },
    merge: merged,
  };
  const button = { author: rita, committer: webFlow, verified: true, ...fields };
  const people = await readPeople(
    {
      tree: async (sha) => treeOf(trees[sha] ?? {}),
      pushes: async () => [
        { by: ben, before: 'start', after: 'work' },
        { by: rita, before: 'work', after: 'merge' },
      ],
      account: async () => null,
    },
    {
      pull: { author: ben, head: { sha: 'merge', ref: 'better', repositoryId: 7 } } as Parameters<
        typeof readPeople
      >[1]['pull'],
      commits: [commitOf('work', ['start'], {}), commitOf('merge', ['work', 'main'], button)],
      change: {
        kind: 'request',
        model: 'flight-delay',
        contentPaths: [{ path: params, before: 'old', after: merged[params] ?? null, mode: '100644' }],
      } as unknown as Parameters<typeof readPeople>[1]['change'],
      repositoryId: 7,
      starters: [],
      records: [],
    },
  );
  return people.exclusions.map(({ person, because }) => `${person.login}: ${because}`);
}

describe('an update of the branch by the button', () => {
  it.each([
    ['keeps the branch’s file', { [params]: 'of ben', 'other.txt': 'new' }],
    ['takes the base’s file', { [params]: 'of main', 'other.txt': 'new' }],
    ['differs only in files that are not judged', { [params]: 'of ben', 'other.txt': 'mended' }],
  ])('is nobody’s work when it %s', async (_, merged) => {
    expect(await readAfterMerge(merged)).toEqual(['ben: author']);
  });

  it.each([
    ['another text', { [params]: 'of rita', 'other.txt': 'new' }],
    ['no file', { 'other.txt': 'new' }],
  ])('is the work of who resolved a conflict to %s', async (_, merged) => {
    expect(await readAfterMerge(merged)).toEqual(['ben: author', 'rita: committer']);
  });

  it('is the work of who moved a version in it', async () => {
    const stages = 'models/flight-delay/stages.yml';
    const merged = { [params]: 'of ben', [stages]: 'production: { eu: 2 }' };
    expect(await readAfterMerge(merged)).toEqual(['ben: author', 'rita: committer']);
  });

  it.each<[string, Partial<CommitFacts>]>([
    ['is not signed by GitHub', { verified: false }],
    ['was committed by a person', { committer: rita }],
    ['joins three branches', { parents: ['work', 'main', 'start'] }],
  ])('counts as work when it %s', async (_, fields) => {
    const kept = { [params]: 'of ben', 'other.txt': 'new' };
    expect(await readAfterMerge(kept, fields)).toEqual(['ben: author', 'rita: committer']);
  });
});

/** What Eve brings into Ben's pull request so that nothing names her: the commit says Ben, the button says GitHub. */
async function readHidden(pushes: readonly Push[], commits: readonly CommitFacts[], head = 'merge') {
  const trees: Readonly<Record<string, Files>> = {
    start: { [params]: 'old' },
    work: { [params]: 'of ben' },
    hidden: { [params]: 'of eve' },
    main: { [params]: 'old', 'other.txt': 'new' },
    merge: { [params]: 'of eve' },
  };
  return readPeople(
    { tree: async (sha) => treeOf(trees[sha] ?? {}), pushes: async () => pushes, account: async () => null },
    {
      pull: { author: ben, head: { sha: head, ref: 'better', repositoryId: 7 } } as Parameters<
        typeof readPeople
      >[1]['pull'],
      commits,
      change: {
        kind: 'request',
        model: 'flight-delay',
        contentPaths: [{ path: params, before: 'old', after: 'of eve', mode: '100644' }],
      } as unknown as Parameters<typeof readPeople>[1]['change'],
      repositoryId: 7,
      starters: [],
      records: [],
    },
  );
}

describe('work that somebody brought without a name', () => {
  const button = { author: eve, committer: webFlow, verified: true };
  const [work, hidden] = [commitOf('work', ['start'], {}), commitOf('hidden', ['work'], {})];
  const benPushed = { by: ben, before: 'start', after: 'work' };
  const namesOf = ({ exclusions }: Awaited<ReturnType<typeof readPeople>>) =>
    exclusions.map(({ person }) => person.login);

  it('by merging a branch of hers into it with the button', async () => {
    const commits = [work, hidden, commitOf('merge', ['work', 'hidden'], button)];
    const people = await readHidden([benPushed, { by: eve, before: 'work', after: 'merge' }], commits);
    expect(namesOf(people)).toEqual(['ben', 'eve']);
  });

  it('by pushing commits together with an update that she had made elsewhere', async () => {
    const commits = [work, hidden, commitOf('merge', ['hidden', 'main'], button)];
    const people = await readHidden([benPushed, { by: eve, before: 'work', after: 'merge' }], commits);
    expect(namesOf(people)).toEqual(['ben', 'eve']);
  });

  it('by a job whose token pushes as a bot: who started it is not known', async () => {
    const bot: Person = { id: 9, login: 'github-actions[bot]', kind: 'Bot' };
    const pushes = [benPushed, { by: bot, before: 'work', after: 'hidden' }];
    expect((await readHidden(pushes, [work, hidden], 'hidden')).pushersKnown).toBe(false);
    expect((await readHidden([benPushed], [work], 'work')).pushersKnown).toBe(true);
  });

  it('while GitHub has not written down the push that brought the head', async () => {
    expect((await readHidden([benPushed], [work, hidden], 'hidden')).pushersKnown).toBe(false);
  });
});

describe('a pull request that the app opened because somebody asked', () => {
  const readOf = async (author: Person, ref: string) => {
    const people = await readPeople(
      { tree: async () => treeOf({}), pushes: async () => [], account: async () => null },
      {
        pull: { author, head: { sha: 'head', ref, repositoryId: 7 } } as Parameters<
          typeof readPeople
        >[1]['pull'],
        commits: [],
        change: { kind: 'request', model: null, contentPaths: [] } as unknown as Parameters<
          typeof readPeople
        >[1]['change'],
        repositoryId: 7,
        starters: [],
        records: [],
      },
    );
    return people.exclusions.map(({ person, because }) => `${person.id} ${because}`);
  };
  const app: Person = { id: 99, login: 'gatehouse[bot]', kind: 'Bot' };
  const branch = branchFor({ model: 'growth/churn', endpoint: 'eu', from: 3, to: 2 }, rita);

  it('is not approved by whoever asked, by id', async () => {
    expect(await readOf(app, branch)).toEqual(
      [`${rita.id} asked for this pull request`, '99 author'].sort(
        (a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10),
      ),
    );
    expect(await readOf(app, 'gatehouse/align-churn')).toEqual(['99 author']);
  });

  it('nor by one whose login reads like the end of another branch', async () => {
    const asker: Person = { id: 41, login: 'eve-by-7-x', kind: 'User' };
    const target = { model: 'stand-by-5-eu', endpoint: 'eu', from: 3, to: 2 };
    for (const ref of [branchFor(target, asker), waiverBranch('churn-auc-0a1b2c3d', asker)])
      expect(await readOf(app, ref)).toContain('41 asked for this pull request');
  });

  it('excludes nobody by the name of a branch that a person opened', async () => {
    expect(await readOf(ben, branch)).toEqual([`${ben.id} author`]);
  });
});
