import { afterAll, beforeAll, expect, test } from 'vitest';
import { Clone, policy } from './clone.fixture.ts';
import { cardCommand } from './commands/card.ts';
import { historyCommand } from './commands/history.ts';
import { policyCommand } from './commands/policy.ts';
import { registryCommand } from './commands/registry.ts';
import { verifyCommand } from './commands/verify.ts';
import { runProgram } from './program.ts';

/** The app was uninstalled, its policy and its workflows were removed, and the repository went to another host. */
let clone: Clone;
let anchor = '';

beforeAll(() => {
  clone = new Clone();
  anchor = clone.fetchLedger();
  clone.git('rm', '-rq', policy, '.github/workflows');
  clone.git('commit', '-q', '-m', 'Without Gatehouse');
  clone.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
});
afterAll(() => clone.remove());

async function run(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const nobody = async () => [];
  const code = await runProgram(
    args,
    {
      ...{ cwd: clone.dir, env: {}, now: () => '2027-11-22T08:00:00.000Z' },
      print: (text: string) => out.push(text),
      complain: (text: string) => err.push(text),
    },
    [
      registryCommand(nobody),
      historyCommand(nobody),
      cardCommand(nobody),
      policyCommand(nobody),
      verifyCommand(nobody),
    ],
  );
  return { code, out: out.join('\n'), err: err.join('\n') };
}

test.each([
  [['registry', 'list'], /2 models, 3 versions, 1 endpoint served/],
  [['registry', 'show', 'flight-delay'], /eu +v1 .*#6 +omar \(owner\)/],
  [['registry', 'at', '2026-11-21T10:05:00Z'], /flight-delay/],
  [['registry', 'history', 'flight-delay'], /promoted/],
  [['history', 'flight-delay', '--anchor', 'ANCHOR'], /promoted/],
  [['card', 'flight-delay'], /flight-delay/],
  [['policy', 'explain', 'flight-delay@v2'], /Approved by omar/],
  [['verify', '--anchor', 'ANCHOR'], /✅/],
])('%j answers from the clone alone', async (args, expected) => {
  const answer = await run(...args.map((arg) => (arg === 'ANCHOR' ? anchor : arg)));
  expect(answer).toMatchObject({ code: 0 });
  expect(answer.out).toMatch(expected);
});

test('without any program the files say it: what serves, who approved, what it was trained on', () => {
  const show = (path: string): string => clone.git('show', `origin/gatehouse-ledger:${path}`);
  expect(show('endpoints/eu/flight-delay.yml')).toContain('champion: 1');
  expect(show('models/flight-delay/versions/0001.yml')).toMatch(/approvals:[\s\S]*rita/);
  expect(show('README.md')).toContain('flight-delay');
  expect(show('models/flight-delay/MODEL_CARD.md')).toContain('flight-delay');
});
