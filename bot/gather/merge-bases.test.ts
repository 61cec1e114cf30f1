import { describe, expect, it } from 'vitest';
import type { CommitFacts } from '../../adapters/github/reader.ts';
import type { Change } from '../../core/change/change.ts';
import { InputError } from '../../core/error/error.ts';
import { asOneBase } from './merge-bases.ts';

const nothing: Change = { kind: 'nothing', because: 'Words.' };

/** commit -> its parents; `tip` is the base branch, `head` the pull request. */
type History = Readonly<Record<string, readonly string[]>>;

const reached = (history: History, from: string): ReadonlySet<string> =>
  new Set([from, ...(history[from] ?? []).flatMap((parent) => [...reached(history, parent)])]);

/** As `git merge-base` does: one of the best common ancestors, here the one that is named last. */
function mergeBaseIn(history: History, one: string, other: string): string {
  const common = [...reached(history, one)].filter((sha) => reached(history, other).has(sha));
  const best = common.filter(
    (sha) => !common.some((each) => each !== sha && reached(history, each).has(sha)),
  );
  return best.sort().at(-1) ?? '';
}

async function ask(history: History, listed: readonly string[] | 'too many') {
  const change = await asOneBase(
    {
      mergeBase: async (one, other) => mergeBaseIn(history, one, other),
      pullCommits: async () => {
        if (listed === 'too many') throw new InputError('PULL_REQUEST_TOO_LARGE', 'many', { hint: 'fewer' });
        return listed.map((sha) => ({ sha, parents: history[sha] ?? [] }) as unknown as CommitFacts);
      },
    },
    nothing,
    { base: 'tip', mergeBase: mergeBaseIn(history, 'tip', 'head'), head: 'head', merge: null },
    1,
  );
  return change.kind;
}

const crossed: History = { a: ['root'], b: ['root'], tip: ['a', 'b'], head: ['a', 'b'] };

describe('asOneBase', () => {
  it('refuses a history that crosses that of the base branch', async () => {
    expect(await ask(crossed, ['head'])).toBe('refused');
    const longer = { ...crossed, cross: ['a', 'b'], mine: ['cross'], head: ['mine'] };
    expect(await ask(longer, ['cross', 'mine', 'head'])).toBe('refused');
  });

  it('also where GitHub still lists a commit that came to the base branch by another pull request', async () => {
    const merged: History = {
      b1: ['root'],
      b: ['b1', 'root'],
      x: ['root'],
      tip: ['x', 'b'],
      head: ['b', 'x'],
    };
    expect(await ask(merged, ['b1', 'b', 'head'])).toBe('refused');
  });

  it('takes branches that were updated from their base, however often, and plain ones', async () => {
    const updated: History = {
      a: ['root'],
      one: ['root'],
      up: ['one', 'a'],
      b: ['a'],
      tip: ['b'],
      head: ['up', 'b'],
    };
    expect(await ask({ ...updated, tip: ['b'], c: ['b'] }, ['one', 'up', 'head'])).toBe('nothing');
    expect(await ask({ tip: ['root'], head: ['root'] }, ['head'])).toBe('nothing');
  });

  it('refuses what has more commits than GitHub lists, unless the tip of the base branch is among them', async () => {
    expect(await ask({ tip: ['root'], head: ['root'] }, 'too many')).toBe('refused');
    expect(await ask({ tip: ['root'], head: ['tip'] }, 'too many')).toBe('nothing');
  });
});
