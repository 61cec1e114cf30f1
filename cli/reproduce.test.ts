import { afterAll, beforeAll, expect, test } from 'vitest';
import { Clone } from './clone.fixture.ts';
import { reproduceCommand } from './commands/reproduce.ts';
import { runProgram } from './program.ts';

let clone: Clone;
let anchored: readonly string[] = [];

beforeAll(() => {
  clone = new Clone();
  anchored = ['--anchor', clone.fetchLedger()];
});
afterAll(() => clone.remove());

async function reproduce(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const world = {
    ...{ cwd: clone.dir, env: {}, now: () => '2026-11-21T10:00:00Z' },
    print: (text: string) => out.push(text),
    complain: (text: string) => err.push(text),
  };
  const code = await runProgram(['reproduce', ...args], world, [reproduceCommand(async () => [])]);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

test.each([
  ['a ledger that is not proven', ['flight-delay', 'v1'], 1, 'LEDGER_UNVERIFIED'],
  ['a version that is not there', ['flight-delay', 'v99', 'anchored'], 2, 'LEDGER_UNKNOWN_VERSION'],
  [
    'a tolerance that is none',
    ['flight-delay', 'v1', '--tolerance', '', 'anchored'],
    2,
    'REPRODUCE_TOLERANCE',
  ],
  ['a store that is not there', ['flight-delay', 'v1', 'anchored'], 3, 'STORE_MISSING'],
])('nothing runs for %s', async (_, words, code, name) => {
  const args = words.flatMap((word) => (word === 'anchored' ? anchored : [word]));
  const answer = await reproduce(...args);
  expect([answer.code, answer.out]).toEqual([code, '']);
  expect(answer.err).toContain(name);
  expect(answer.err.split('\n').at(-1)).toMatch(/fix: ./);
});
