import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { judgementOf } from '../core/evidence/evidence.fixture.ts';
import type { FetchAnchors } from './anchors.ts';
import { Clone } from './clone.fixture.ts';
import { reportCommand } from './commands/report.ts';
import { runProgram } from './program.ts';

const noAnchors: FetchAnchors = async () => [];
let clone: Clone;

beforeAll(() => {
  clone = new Clone();
  clone.fetchLedger((story) => {
    for (const [at, auc] of [0.6512, 0.5534].entries()) {
      const judgement = judgementOf({ auc });
      const origin = { ...judgement.origin, pullRequest: 40 + at };
      story.look({ ...judgement, origin }, { charged: true });
    }
  });
});
afterAll(() => clone.remove());

async function run(...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const world = {
    cwd: clone.dir,
    env: {},
    print: (text: string) => out.push(text),
    complain: (text: string) => err.push(text),
    now: () => '2026-11-22T08:00:00.000Z',
  };
  const code = await runProgram(args, world, [reportCommand(noAnchors)]);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

test('shows what was counted: the newest result, that of a pull request, or one by its number', async () => {
  const newest = await run('report', 'flight-delay');
  expect(newest).toMatchObject({ code: 0, out: expect.stringContaining('0.5534') });
  expect(newest.out).not.toContain('0.6512');
  for (const option of [
    ['--pull', '40'],
    ['--look', '1'],
  ]) {
    const first = await run('report', 'flight-delay', ...option);
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('0.6512') });
  }
  const { out } = await run('report', 'flight-delay', '--json');
  expect(JSON.parse(out)).toMatchObject({ evidence: { verdict: 'fail' }, ledger: { proof: 'none' } });
});

test('writes the page with charts, for everybody who has a clone', async () => {
  expect((await run('report', 'flight-delay', '--look', '1', '--html', 'page.html')).code).toBe(0);
  const page = readFileSync(join(clone.dir, 'page.html'), 'utf8');
  expect(page).toMatch(/^<!doctype html>/);
  expect(page).toContain('0.6512');
});

test.each([
  [['flight-delay', '--look', '9'], /counted no such result/],
  [['flight-delay', '--pull', 'x'], /--pull is "x"/],
  [['flight-delai'], /knows no model/],
  [['flight-delay', '--html', 'gone/page.html'], /in no folder/],
])('refuses %j', async (args, message) => {
  expect(await run('report', ...args)).toMatchObject({ code: 2, err: expect.stringMatching(message) });
});

test('says waived where the clone has a waiver, as the comment does', async () => {
  const waiver = (until: string) =>
    `version: 1\nmodel: flight-delay\ngate: auc min 0.6\nuntil: '${until}'\nreason: few rows\nby: omar\n`;
  expect((await run('report', 'flight-delay')).out).toContain('❌ fail, short by');
  clone.write('waivers/region.yml', waiver('2026-12-31'));
  const { out } = await run('report', 'flight-delay');
  expect(out).toContain('⚠️ waived until 2026-12-31, short by');
  await run('report', 'flight-delay', '--html', 'waived.html');
  expect(readFileSync(join(clone.dir, 'waived.html'), 'utf8')).toContain('⚠️ waived until 2026-12-31');
  clone.write('waivers/region.yml', waiver('2026-11-01'));
  expect((await run('report', 'flight-delay')).out).not.toContain('waived');
});
