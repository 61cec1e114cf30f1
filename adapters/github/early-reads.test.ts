import { expect, it } from 'vitest';
import type { GitHubClient } from './client.ts';
import { EarlyReads } from './early-reads.ts';

const runs = 'GET /repos/{owner}/{repo}/actions/runs';
const rules = 'GET /repos/{owner}/{repo}/rules/branches/{branch}';
const comments = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments';

/** A GitHub that says which call an answer came from; `broken` routes answer nothing. */
function world(untagged: readonly string[] = []) {
  const asked: string[] = [];
  const broken = new Set<string>();
  const request = async (route: string) => {
    asked.push(route);
    if (broken.has(route)) throw new Error('no');
    return { data: asked.length };
  };
  const early = new EarlyReads((key) => !untagged.some((route) => key.startsWith(`${route} `)));
  const look = (pull: number) => {
    const { client, ...rest } = early.open(pull, { request } as unknown as GitHubClient);
    const ask = client.request as unknown as (route: string, given?: object) => Promise<{ data: number }>;
    return { ask: async (route: string, given: object = {}) => (await ask(route, given)).data, ...rest };
  };
  return { asked, broken, look };
}

it('asks at once for what the last look asked for, and gives each answer once', async () => {
  const { asked, look } = world();
  const first = look(1);
  first.begin();
  for (const route of [runs, comments]) await first.ask(route);
  expect(asked).toEqual([runs, comments]);
  const second = look(1);
  second.begin();
  // Comments are written to: they are asked for when they are needed, and not before.
  expect(asked).toEqual([runs, comments, runs]);
  expect(await second.ask(runs)).toBe(3);
  expect(await second.ask(runs)).toBe(4);
  expect(await second.ask(runs, { page: 2 })).toBe(5);
  look(2).begin();
  expect(asked).toHaveLength(5);
});

it('asks early for nothing that would cost something though nothing changed', async () => {
  const { asked, look } = world([runs]);
  const first = look(1);
  first.begin();
  await first.ask(runs);
  look(1).begin();
  expect(asked).toEqual([runs]);
});

it('asks again for what was not answered', async () => {
  const { asked, broken, look } = world();
  const first = look(1);
  first.begin();
  await first.ask(runs);
  broken.add(runs);
  const second = look(1);
  second.begin();
  await Promise.resolve();
  broken.clear();
  expect(await second.ask(runs)).toBe(3);
  expect(asked).toEqual([runs, runs, runs]);
});

it('asks early for the rules of branches where somebody approved', async () => {
  const { asked, look } = world();
  const merge = look(1);
  merge.begin();
  await merge.ask(rules, { branch: 'main' });
  for (const [isApproved, early] of [
    [false, 0],
    [true, 1],
  ] as const) {
    const opened = look(2);
    opened.begin();
    opened.saw(isApproved);
    const before = asked.length;
    look(2).begin();
    expect(asked.length - before).toBe(early);
  }
});
