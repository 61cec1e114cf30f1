import { describe, expect, it } from 'vitest';
import type { BranchMoves } from '../../adapters/github/branch-tips.ts';
import type { AppIdentity } from '../../adapters/github/client.ts';
import type { CommitFacts, PullFacts } from '../../adapters/github/reader.ts';
import { emptyHead } from '../../core/audit/merkle.ts';
import { canonicalJson } from '../../core/json/canonical.ts';
import type { Person } from '../../core/registry/ledger.ts';
import { strangersSince, toFinding } from './ledger-authors.ts';

const identity: AppIdentity = { appId: 5, botId: 6, botLogin: 'gatehouse[bot]' };
const bot: Person = { id: 6, login: 'gatehouse[bot]', kind: 'Bot' };
const eve: Person = { id: 7, login: 'eve', kind: 'User' };
const gitHub: Person = { id: 19_864_447, login: 'web-flow', kind: 'User' };
const [newest, first] = ['b'.repeat(40), 'a'.repeat(40)];

const commitOf = (sha: string, fields: Partial<CommitFacts> = {}): CommitFacts => ({
  ...{ sha, tree: sha, parents: [], author: bot, committer: gitHub, authorEmail: 'bot@acme.test' },
  ...{ message: 'Record', committedAt: '2026-11-21T09:00:00Z', verified: true, ...fields },
});

/** A ledger of two commits, the first anchored at one entry; what is found when the second is like this? */
async function findStrangers(
  fields: Partial<CommitFacts>,
  pull: Partial<PullFacts> | null = null,
  corrected: readonly string[] = [],
  told: BranchMoves | null = null,
  written: readonly string[] = [],
) {
  const asked: string[] = [];
  const found = await strangersSince(
    {
      commitsOf: async (ref) => {
        asked.push(ref);
        return [commitOf(newest, fields), commitOf(first)];
      },
      file: async (_, sha) =>
        Buffer.from(`${canonicalJson({ ...emptyHead, size: sha === newest ? 2 : 1 })}\n`),
      pullsOfCommit: async (sha) => (pull !== null && sha === newest ? [3] : []),
      moves: async () => told,
      pull: async () =>
        ({ author: bot, base: { ref: 'gatehouse-ledger', sha: first }, ...pull }) as PullFacts,
    },
    identity,
    { branch: 'gatehouse-ledger', head: newest, corrected: new Set(corrected), written: new Set(written) },
    1,
  );
  return { asked, codes: found.map(toFinding).map(({ code }) => code) };
}

describe('strangersSince', () => {
  it('knows the commits that GitHub signed for the app, and asks by commit: a tag may have the name', async () => {
    expect(await findStrangers({})).toEqual({ asked: [newest], codes: [] });
    expect((await findStrangers({ committer: null })).codes).toEqual([]);
  });

  it('passes over a commit that the app put right, and over no other', async () => {
    const foreign = { author: eve };
    expect((await findStrangers(foreign)).codes).toEqual(['ledger/stranger']);
    expect((await findStrangers(foreign, null, [newest])).codes).toEqual([]);
    expect((await findStrangers(foreign, null, [first])).codes).toEqual(['ledger/stranger']);
  });

  it.each<[string, Partial<CommitFacts>]>([
    ['of somebody else', { author: eve }],
    ['without a signature', { verified: false }],
    ['in the name of the app that a person signed', { committer: eve }],
    ['of nobody known', { author: null }],
  ])('finds a commit %s', async (_, fields) => {
    expect((await findStrangers(fields)).codes).toEqual(['ledger/stranger']);
  });

  it('finds the squash of a pull request that the app opened and somebody pushed to, whichever branch it was for', async () => {
    expect((await findStrangers({}, { mergeCommit: newest })).codes).toEqual(['ledger/stranger']);
    const elsewhere = { mergeCommit: newest, base: { ref: 'elsewhere', sha: first } };
    expect((await findStrangers({}, elsewhere)).codes).toEqual(['ledger/stranger']);
  });

  describe('where GitHub tells who moved the branch', () => {
    const move = (by: Person | null, after: string) => ({ by, before: first, after, at: '' });
    const told = (whole: boolean, ...moves: BranchMoves['moves']) => ({ moves, whole });
    const ask = async (moves: BranchMoves, written: readonly string[] = []) =>
      (await findStrangers({}, null, [], moves, written)).codes;

    it('knows the commits that the app brought, also where somebody put the branch back onto one', async () => {
      expect(await ask(told(true, move(bot, newest)))).toEqual([]);
      expect(await ask(told(true, move(eve, newest), move(bot, newest), move(bot, first)))).toEqual([]);
    });

    it.each<[string, BranchMoves]>([
      ['that somebody else brought, whom it names as author or not', told(true, move(eve, newest))],
      ['that nobody known brought', told(true, move(null, newest), move(bot, first))],
      ['that came within the push of others', told(true, move(eve, 'c'.repeat(40)), move(bot, first))],
      ['whose push so many others hide', told(false, move(eve, 'c'.repeat(40)))],
    ])('finds a commit signed in the name of the app %s', async (_, moves) => {
      const tip = { ...moves, moves: moves.moves.map((each) => ({ ...each })) };
      const head = moves.moves[0]?.after ?? '';
      const found = await strangersSince(
        {
          commitsOf: async () => [commitOf(newest), commitOf(first)],
          file: async (_path, sha) =>
            Buffer.from(`${canonicalJson({ ...emptyHead, size: sha === first ? 1 : 2 })}\n`),
          moves: async () => tip,
          pullsOfCommit: async () => [],
          pull: () => Promise.reject(new Error('not asked')),
        },
        identity,
        { branch: 'gatehouse-ledger', head, corrected: new Set() },
        1,
      );
      expect(found.map(({ sha }) => sha)).toEqual([newest]);
    });

    it('looks again while the newest commit is not written down, unless it made it itself', async () => {
      const late = told(true, move(bot, first));
      await expect(ask(late)).rejects.toMatchObject({ code: 'LEDGER_MOVED' });
      expect(await ask(late, [newest])).toEqual([]);
    });

    it('believes the signature where the list knows no commit of the app at all', async () => {
      expect(await ask(told(true, move(eve, first)))).toEqual([]);
    });
  });

  it.each<[string, Partial<PullFacts>]>([
    ['was opened by somebody else', { mergeCommit: newest, author: eve }],
    ['only shows the commit', { mergeCommit: null }],
  ])('is not stopped by a pull request that %s', async (_, pull) => {
    expect((await findStrangers({}, pull)).codes).toEqual([]);
  });
});
