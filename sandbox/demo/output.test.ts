import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silent } from './narrator.ts';
import { writeOutput } from './output.ts';
import { setUp } from './story/first-version.ts';
import { startWorld, type World } from './world.ts';

const minute = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-output-'));
const out = join(folder, 'out');
let world: World;

beforeAll(async () => {
  world = await startWorld({ folder: join(folder, 'world'), every: 4_000, contract: false });
  await setUp({
    world,
    tell: silent,
    pulls: new Map(),
    verifications: new Map(),
    seen: new Map(),
    afterStep: (stage) => writeOutput(stage, out),
  });
}, 2 * minute);

afterAll(async () => {
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
}, minute);

it('writes what stands on GitHub after the first step too, when there is no ledger yet', async () => {
  await expect(world.ledger()).rejects.toThrow('There is no ledger yet.');
  expect(readFileSync(join(out, 'pulls', '2', 'check.md'), 'utf8')).toContain('Nothing to check');
  expect(existsSync(join(out, 'pulls', '1', 'comment.md'))).toBe(true);
});
