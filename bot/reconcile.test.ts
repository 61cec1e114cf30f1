import { beforeEach, describe, expect, it } from 'vitest';
import type { GitHubReader, PullFacts, PullQuery } from '../adapters/github/reader.ts';
import type { BotDeps } from './deps.ts';
import { Reconciler } from './reconcile.ts';

const name = 'acme/flights';
const minutes = (count: number): string =>
  new Date(Date.parse('2026-01-05T00:00:00Z') + count * 60_000).toISOString();

/** A repository of which nothing but its list of pull requests and its branches is asked. */
describe('Reconciler', () => {
  let pulls: PullFacts[];
  let tips: Record<string, string>;
  let asked: PullQuery[];
  let at: number;
  let reconciler: Reconciler;

  const put = (number: number, updated: number, fields: Partial<PullFacts> = {}) => {
    const pull = { number, state: 'open', mergedAt: null, updatedAt: minutes(updated), ...fields };
    pulls = [...pulls.filter((one) => one.number !== number), pull as PullFacts];
  };
  const merge = (number: number, when: number) =>
    put(number, when, { state: 'closed', mergedAt: minutes(when) });
  const reader = {
    async repository() {
      return { id: 1, fullName: name, defaultBranch: 'main', url: '' };
    },
    branchHead: async (branch: string) => tips[branch] ?? null,
    tree: async () => new Map(),
    async file() {
      return null;
    },
    async pulls(query: PullQuery) {
      asked.push(query);
      return pulls
        .filter(({ state, updatedAt }) => {
          return (query.state === 'all' || query.state === state) && updatedAt >= (query.updatedSince ?? '');
        })
        .sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
        .slice(0, query.limit);
    },
  } as unknown as GitHubReader;
  const deps = { newReader: () => reader, now: () => minutes(at) } as unknown as BotDeps;
  const list = (when: number) => {
    at = when;
    asked = [];
    return reconciler.list(deps, name);
  };

  beforeEach(() => {
    [pulls, asked, tips, reconciler] = [[], [], { main: 'a' }, new Reconciler()];
  });

  it('looks at everything first: merges by their time, then what is open from the oldest', async () => {
    put(9, 3);
    put(4, 900);
    merge(7, 50);
    merge(5, 60);
    put(6, 70, { state: 'closed' });
    expect(await list(1_000)).toEqual([7, 5, 4, 9]);
  });

  it('then at one page of what has changed, and at nothing where nothing did', async () => {
    for (let number = 1; number <= 250; number += 1) put(number, number);
    expect(await list(1_000)).toHaveLength(250);
    expect(await list(1_010)).toEqual([]);
    expect(asked).toEqual([{ state: 'all', updatedSince: minutes(250) }]);
    put(3, 1_012);
    merge(8, 1_015);
    expect(await list(1_020)).toEqual([8, 3]);
  });

  it('looks once more at what changed in the minute of the last look, and at merges of the last hour', async () => {
    put(1, 0);
    merge(2, 130);
    await list(200);
    put(1, 210);
    expect(await list(210)).toEqual([1]);
    expect(await list(220)).toEqual([1]);
    expect(await list(230)).toEqual([]);
    merge(1, 235);
    for (const when of [240, 250, 259]) expect(await list(when)).toEqual([1]);
  });

  it('looks at everything open when a branch moved that decides, and at everything hourly', async () => {
    put(1, 0);
    put(2, 0);
    merge(3, -30_000);
    await list(100);
    expect(await list(110)).toEqual([]);
    tips = { main: 'b' };
    expect(await list(120)).toEqual([1, 2]);
    expect(await list(130)).toEqual([]);
    tips = { main: 'b', 'gatehouse-ledger': 'c' };
    expect(await list(159)).toEqual([]);
    expect(await list(160)).toEqual([3, 1, 2]);
    expect(await list(170)).toEqual([]);
  });

  it('looks again when the time has come, and at what failed', async () => {
    put(1, 0);
    await list(100);
    reconciler.later(name, 1, Date.parse(minutes(120)));
    reconciler.later(name, 2, Date.parse(minutes(105)));
    reconciler.later(name, 3, Number.NaN);
    reconciler.later(name, 4, Date.parse(minutes(105)));
    reconciler.later(name, 4, null);
    reconciler.later('acme/other', 5, 0);
    expect(await list(110)).toEqual([2, 3]);
    expect(await list(119)).toEqual([]);
    expect(await list(120)).toEqual([1]);
    expect(await list(130)).toEqual([]);
  });

  it('forgets nothing when GitHub does not answer', async () => {
    put(1, 0);
    await list(100);
    reconciler.later(name, 2, 0);
    const { branchHead } = reader;
    Object.assign(reader, { branchHead: () => Promise.reject(new Error('no answer')) });
    await expect(list(110)).rejects.toThrow('no answer');
    Object.assign(reader, { branchHead });
    expect(await list(120)).toEqual([2]);
  });
});
