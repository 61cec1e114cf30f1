import { describe, expect, it } from 'vitest';
import type { FoundAnchor } from '../../adapters/github/anchors.ts';
import type { BranchMoves } from '../../adapters/github/branch-tips.ts';
import type { CommitFacts } from '../../adapters/github/reader.ts';
import type { Person } from '../../core/registry/ledger.ts';
import { findLoss } from './lost-ledger.ts';

const bot: Person = { id: 6, login: 'gatehouse[bot]', kind: 'Bot' };
const eve: Person = { id: 7, login: 'eve', kind: 'User' };
const identity = { appId: 5, botId: 6, botLogin: 'gatehouse[bot]' };
const [old, last, none] = ['a'.repeat(40), 'b'.repeat(40), '0'.repeat(40)];
const written: BranchMoves['moves'] = [
  { by: bot, before: old, after: last, at: 'earlier' },
  { by: bot, before: none, after: old, at: 'earlier' },
];

async function ask(
  commit: string | null,
  told: BranchMoves | null,
  { near = false, layout = 'own' as 'own' | 'shared', held = [old] } = {},
) {
  const anchor = { commit: 'c'.repeat(40) } as FoundAnchor;
  const found = await findLoss(
    {
      history: async () => (near ? [anchor.commit] : []),
      moves: async () => told,
      commitsOf: async () => held.map((sha) => ({ sha }) as CommitFacts),
    },
    identity,
    {
      place: { branch: 'ledger', layout, anchorBranch: 'main' },
      commit,
      anchors: [anchor],
      isLate: (at) => at === 'now',
    },
  );
  return found?.message ?? null;
}

describe('findLoss', () => {
  it('finds a ledger that was deleted or set back, where no anchor is near that would tell', async () => {
    const deleted = [{ by: eve, before: last, after: none, at: 'now' }, ...written];
    expect(await ask(null, { moves: deleted, whole: true })).toContain('was deleted');
    const back = [{ by: eve, before: last, after: old, at: 'now' }, ...written];
    expect(await ask(old, { moves: back, whole: true })).toContain('set back');
  });

  it('finds nothing in one that holds what the app wrote last, nor where it never wrote', async () => {
    const told = { moves: written, whole: true };
    expect(await ask(last, told)).toBeNull();
    expect(await ask('d'.repeat(40), told, { held: ['d'.repeat(40), last] })).toBeNull();
    expect(await ask(null, { moves: [], whole: true })).toBeNull();
    expect(await ask(null, null)).toBeNull();
    expect(await ask(old, told, { near: true })).toBeNull();
  });

  it('looks again while what the app wrote last may only not be shown yet', async () => {
    const [newest, ...before] = written.map((move) => ({ ...move }));
    const told = {
      moves: newest === undefined ? before : [{ ...newest, at: 'now' }, ...before],
      whole: true,
    };
    await expect(ask(null, told)).rejects.toMatchObject({ kind: 'conflict' });
    expect(await ask(last, told)).toBeNull();
  });

  it('is not led astray by more moves than are looked through, where nobody else has business', async () => {
    const told = { moves: [{ by: eve, before: old, after: old, at: 'now' }], whole: false };
    expect(await ask(old, told)).toContain('set back');
    expect(await ask(old, told, { layout: 'shared' })).toBeNull();
  });
});
