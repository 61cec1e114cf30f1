import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { seedGenerator } from '../core/statistics/mulberry32.ts';
import { noiseFloorCommand } from './commands/noise-floor.ts';
import { runProgram } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-noise-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rows = 400;
const next = seedGenerator(1);
const chances = Array.from({ length: rows }, next);
const write = (name: string, header: string, cell: (chance: number) => string | number) =>
  writeFileSync(
    join(folder, name),
    `${header}\n${chances.map((chance, row) => `${row},${cell(chance)}`).join('\n')}\n`,
  );
write('labels.csv', 'key,label', (chance) => Number(next() < chance));
for (const name of ['a', 'b', 'c']) {
  write(`${name}.csv`, 'key,score', (chance) => (0.8 * chance + 0.2 * next()).toFixed(4));
}

async function run(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const world = {
    ...{ cwd: folder, env: {}, now: () => '2026-11-21T10:00:00.000Z' },
    print: (text: string) => out.push(text),
    complain: (text: string) => err.push(text),
  };
  const code = await runProgram(['noise-floor', ...args], world, [noiseFloorCommand]);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('gatehouse noise-floor', () => {
  it('prints what model.yml takes', async () => {
    const { code, out, err } = await run('a.csv', 'b.csv', 'c.csv', '--labels', 'labels.csv');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^# 3 trainings on 400 rows.*\nnoise-floor:\n {2}auc: 0\.0\d+\n/);
    const json = await run('a.csv', 'b.csv', 'c.csv', '--labels', 'labels.csv', '--metric', 'f1', '--json');
    expect(JSON.parse(json.out)).toMatchObject({
      seeds: 3,
      floor: { auc: expect.any(Number), f1: expect.any(Number) },
    });
  });

  it('is nothing between equal trainings, and not told of two', async () => {
    const text = readFileSync(join(folder, 'a.csv'), 'utf8');
    const [head = '', ...lines] = text.trimEnd().split('\n');
    writeFileSync(join(folder, 'turned.csv'), [head, ...lines.toReversed()].join('\n'));
    writeFileSync(join(folder, 'ended.csv'), text.trimEnd());
    const same = await run('a.csv', 'turned.csv', 'ended.csv', '--labels', 'labels.csv', '--json');
    expect(JSON.parse(same.out).floor.auc).toBe(0);
    const one = await run('a.csv', 'b.csv', 'a.csv', '--labels', 'labels.csv');
    expect(one.code).toBe(2);
    expect(one.err).toContain('a.csv and a.csv hold the same predictions, byte by byte');
    const { code, err } = await run('a.csv', 'b.csv', '--labels', 'labels.csv');
    expect(code).toBe(2);
    expect(err).toContain('needs 3 trainings or more, 2 given');
  });
});
