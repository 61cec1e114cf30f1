import { describe, expect, it } from 'vitest';
import { BranchTips, readTipBefore } from './branch-tips.ts';
import type { GitHubClient } from './client.ts';

/** Commits by name, with their parents. */
const history: Readonly<Record<string, readonly string[]>> = {
  ...{ old: [], tip: ['old'], one: ['tip'], two: ['one'], mine: ['old', 'tip'], after: ['mine'] },
};
const reach = (sha: string): ReadonlySet<string> =>
  new Set([sha, ...(history[sha] ?? []).flatMap((parent) => [...reach(parent)])]);
const git = {
  mergeBase: async (base: string, head: string) => (reach(base).has(head) ? head : 'another'),
  firstParent: async (sha: string) => history[sha]?.[0] ?? null,
};
const tell = (...moves: readonly (readonly [string, string])[]): GitHubClient => {
  const data = moves.map(([before, after]) => ({ before, after }));
  return { request: async () => ({ data, headers: {} }) } as unknown as GitHubClient;
};
const tipBefore = (client: GitHubClient, commit: string, likely: string) =>
  readTipBefore(client, { owner: 'acme', repo: 'flights' }, git, { branch: 'main', commit, likely });

describe('what a branch was before a commit came to it', () => {
  it('is what GitHub says, whatever the commit names as its first parent', async () => {
    const client = tell(['tip', 'mine'], ['old', 'tip'], ['0'.repeat(40), 'old']);
    expect(await tipBefore(client, 'mine', 'old')).toEqual({ kind: 'told', sha: 'tip' });
  });

  it('and where several came at once, only what leads back to where the branch was', async () => {
    expect(await tipBefore(tell(['tip', 'after']), 'mine', 'old')).toEqual({ kind: 'told', sha: 'tip' });
    expect(await tipBefore(tell(['tip', 'two']), 'two', 'one')).toEqual({ kind: 'told', sha: 'tip' });
    expect(await tipBefore(tell(['two', 'x'], ['tip', 'two']), 'one', 'tip')).toMatchObject({
      kind: 'not listed',
    });
    expect(await tipBefore(tell(['old', 'two']), 'two', 'one')).toEqual({ kind: 'told', sha: 'old' });
    expect(await tipBefore(tell(['tip', 'two']), 'one', 'tip')).toEqual({ kind: 'told', sha: 'tip' });
  });

  it('is not known while GitHub has not written it down, and where it does not tell', async () => {
    expect(await tipBefore(tell(['old', 'tip']), 'mine', 'old')).toEqual({ kind: 'not listed' });
    const refusing = {
      request: () => Promise.reject(Object.assign(new Error('no'), { status: 403 })),
    } as unknown as GitHubClient;
    expect(await tipBefore(refusing, 'mine', 'old')).toEqual({ kind: 'not told' });
  });

  it('is remembered in the order in which it was seen: late answers say nothing newer', () => {
    const tips = new BranchTips();
    expect(tips.before('main', 'mine')).toBeNull();
    for (const sha of ['old', 'tip', null, 'old', 'mine']) tips.see('main', sha);
    expect(tips.before('main', 'mine')).toBe('tip');
    expect(tips.before('main', 'after')).toBe('mine');
    expect(tips.before('main', 'old')).toBeNull();
  });
});
