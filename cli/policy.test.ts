import { afterAll, beforeAll, expect, test } from 'vitest';
import { Clone } from './clone.fixture.ts';
import { policyCommand } from './commands/policy.ts';
import { runProgram } from './program.ts';

let clone: Clone;

beforeAll(() => {
  clone = new Clone();
  clone.fetchLedger();
});
afterAll(() => clone.remove());

async function run(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const world = {
    cwd: clone.dir,
    env: {},
    print: (text: string) => out.push(text),
    complain: (text: string) => err.push(text),
    now: () => '2026-11-22T08:00:00.000Z',
  };
  const code = await runProgram(['policy', ...args], world, [policyCommand(async () => [])]);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

test('explain tells a recorded promotion rule by rule, offline, and says what the ledger is worth', async () => {
  const { code, out, err } = await run('explain', 'flight-delay@v2');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  for (const text of [
    'flight-delay: promoted v2 at eu, archived v1 at eu',
    'Entry 7, pull request #5, merged by ada',
    /request +✅ met/,
    /> > champion at eu +✅ met +v1 serves at eu, now as when it was judged/,
    /1 × owner +✅ met +Approved by omar/,
    /omar +counted +as owner: it was given after the evidence/,
    'Not proven: 11 entries',
  ])
    expect(out).toMatch(text);
  const json = JSON.parse((await run('explain', '7', '--json')).out);
  expect(json).toMatchObject({ model: 'flight-delay', entries: [7, 8], decision: { kind: 'allowed' } });
});

test('an entry that is not there is named as a mistake', async () => {
  const { code, err } = await run('explain', 'nope@v1');
  expect(code).toBe(2);
  expect(err).toMatch(/DECISION_UNKNOWN[\s\S]*Newest decisions: .*9 \(flight-delay#7\)/);
});
