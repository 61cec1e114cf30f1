import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Clone, policy } from './clone.fixture.ts';
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
    /request: flight-delay v2: staging -> production at eu +✅ met/,
    /> champions: champion at eu +✅ met +v1 serves at eu, now as when it was judged/,
    /1 × owner +✅ met +Approved by omar/,
    /omar +counted +as owner: it was given after the evidence/,
    'Not proven: 11 entries',
  ])
    expect(out).toMatch(text);
  const json = JSON.parse((await run('explain', '7', '--json')).out);
  expect(json).toMatchObject({ model: 'flight-delay', entries: [7, 8], decision: { kind: 'allowed' } });
});

test('a pull request is explained by its number; one that is not in the ledger has its check', async () => {
  const { code, out } = await run('explain', '#5');
  expect(code).toBe(0);
  expect(out).toContain('Entry 7, pull request #5, merged by ada');
  const unknown = await run('explain', '#4711');
  expect(unknown.code).toBe(2);
  expect(unknown.err).toMatch(/DECISION_UNKNOWN[\s\S]*what an open one waits for stands in its check/);
});

test('an entry that is not there is named as a mistake', async () => {
  const { code, err } = await run('explain', 'nope@v1');
  expect(code).toBe(2);
  expect(err).toMatch(/DECISION_UNKNOWN[\s\S]*Newest decisions: .*9 \(flight-delay#7\)/);
});

test('replay says which promotions a policy would have blocked, and exits with 1', async () => {
  const own = await run('replay');
  expect(own.err).toBe('');
  expect(own.out).toContain('.github/gatehouse.yml would have blocked');
  clone.write(
    'strict.yml',
    `${readFileSync(join(clone.dir, policy), 'utf8')}
stages: { production: { approvals: { governor: 3 } } }
`,
  );
  const strict = await run('replay', '--policy', 'strict.yml', '--last', '1');
  expect(strict).toMatchObject({ code: 1, err: '' });
  expect(strict.out).toContain('strict.yml would have blocked 1 of the last 1 promotion');
  expect(strict.out).toMatch(/approvals \/ 3 × governor/);
  const json = JSON.parse((await run('replay', '--policy', 'strict.yml', '--json')).out);
  expect(json).toMatchObject({
    policy: 'strict.yml',
    blocked: 2,
    decisions: [{ entries: [2], blocked: true }, {}],
  });
  expect((await run('replay', '--policy', 'nope.yml')).err).toContain('FILE_MISSING');
});

test('simulate shows the decision with a change beside the one without, from an entry or from a file', async () => {
  const removed = await run('simulate', '--entry', 'flight-delay@v2', '--remove-approval', 'omar');
  expect(removed).toMatchObject({ code: 1, err: '' });
  expect(removed.out).toContain('Hypothetical, of entry 7: allowed without the change, waiting with it');
  expect(removed.out).toMatch(/approvals \/ 1 × owner +✅ met: Approved by omar\. +⏳ waiting: 0 of 1/);
  clone.write('input.json', (await run('explain', '7', '--json')).out);
  const file = ['simulate', '--input', 'input.json', '--remove-approval', 'omar'];
  const added = await run(...file, '--add-approval', 'zoe:owner', '--json');
  expect(added).toMatchObject({ code: 0, err: '' });
  expect(JSON.parse(added.out)).toMatchObject({
    of: 'input.json',
    with: { kind: 'allowed' },
    hypothetical: ['zoe'],
    changed: [{ rule: 'approvals / 1 × owner', with: { because: 'Approved by zoe.' } }],
  });
  expect((await run('simulate')).err).toContain('DECISION_NOT_NAMED');
  expect((await run(...file, '--add-approval', 'zoe')).err).toContain('write it as rita:reviewer');
});
