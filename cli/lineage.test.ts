import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Clone } from './clone.fixture.ts';
import { lineageCommand } from './commands/lineage.ts';
import { runProgram } from './program.ts';

let anchored: readonly string[] = [];
let clone: Clone;
let bare: Clone;

beforeAll(() => {
  clone = new Clone();
  anchored = ['--anchor', clone.fetchLedger()];
  bare = new Clone();
});
afterAll(() => {
  clone.remove();
  bare.remove();
});

async function run(cwd: string, ...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const world = {
    cwd,
    env: {},
    now: () => '2026-11-21T10:00:00Z',
    print: (text: string) => out.push(text),
    complain: (text: string) => err.push(text),
  };
  const code = await runProgram(args, world, [lineageCommand(async () => [])]);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

test('lineage follows an endpoint up to the data, with what binds it', async () => {
  const { code, out, err } = await run(clone.dir, 'lineage', 'endpoint:eu/flight-delay', '--up', ...anchored);
  expect(err).toBe('');
  expect(code).toBe(0);
  expect(out).toContain('endpoint:eu/flight-delay (endpoint eu of flight-delay)');
  expect(out).toContain(
    'carries from dataset:flights: approver omar; legal basis public data; retention 2030-01-01',
  );
  expect(out).toMatch(/├─ flight-delay@v1 \(model flight-delay v1\); serves since /);
  expect(out).not.toContain('Went into:');
});

test('lineage follows a dataset down to where it serves, as tree, JSON and flowchart', async () => {
  const text = await run(clone.dir, 'lineage', 'dataset:flights', ...anchored);
  expect(text.out).toContain('Made from:');
  expect(text.out).toContain('endpoint:eu/flight-delay');
  // churn is not named in access of the contract of today.
  expect(text.out).toContain(
    '⚠️ churn@v1 was trained on dataset:flights, which its model may not use now (access: flight-delay). It serves nowhere.',
  );
  const json = JSON.parse((await run(clone.dir, 'lineage', 'dataset:flights', '--json', ...anchored)).out);
  expect(json.entities.map(({ id }: { id: string }) => id)).toContain('run:501');
  expect(json.edges.length).toBeGreaterThan(4);
  const chart = await run(clone.dir, 'lineage', 'dataset:flights', '--format', 'mermaid', ...anchored);
  expect(chart.out.split('\n')[0]).toBe('flowchart LR');
  const wrong = await run(clone.dir, 'lineage', 'dataset:flights', '--format', 'png', ...anchored);
  expect([wrong.code, wrong.out]).toEqual([2, '']);
});

test('an unknown entity says what was meant and ends with 2; none at all says how', async () => {
  const typo = await run(clone.dir, 'lineage', 'dataset:fligths', ...anchored);
  expect(typo.code).toBe(2);
  expect(typo.err).toContain('LINEAGE_UNKNOWN');
  expect(typo.err).toContain('Did you mean "dataset:flights"?');
  expect((await run(clone.dir, 'lineage', ...anchored)).code).toBe(2);
});

test('a ledger that is not proven answers nothing', async () => {
  const { code, out, err } = await run(clone.dir, 'lineage', 'dataset:flights');
  expect([code, out]).toEqual([1, '']);
  expect(err).toContain('LEDGER_UNVERIFIED');
});

test('versions on expired data are listed with where they serve, and the gate is shut', async () => {
  const { code, out } = await run(clone.dir, 'lineage', '--unfit', ...anchored);
  expect(code).toBe(1);
  expect(out).toContain('churn@v1 was trained on dataset:flights, which its model may not use now');
  clone.edit('datasets/flights.yml', '2030-01-01', '2026-11-20');
  const expired = await run(clone.dir, 'lineage', '--unfit', ...anchored);
  expect(expired.out).toContain(
    'flight-delay@v1 was trained on dataset:flights, whose retention ended on 2026-11-20. It serves at endpoint:eu/flight-delay.',
  );
  clone.edit('datasets/flights.yml', '2026-11-20', '2030-01-01');
});

test('without a ledger the contracts alone are followed, and a note says so', async () => {
  mkdirSync(join(bare.dir, 'datasets'), { recursive: true });
  writeFileSync(join(bare.dir, 'datasets/broken.yml'), 'version: 9\n');
  const { code, out, err } = await run(bare.dir, 'lineage', 'dataset:flights');
  expect(code).toBe(0);
  expect(out).toContain('source:"vega-datasets');
  expect(err).toContain('note: there is no ledger in this clone');
  expect(err).toContain('note: the contract of broken cannot be read');
  expect((await run(bare.dir, 'lineage', '--unfit')).code).toBe(0);
  expect((await run(bare.dir, 'lineage', 'dataset:flights', '--ledger', 'nowhere')).code).toBe(2);
});

test('--version says the version of the package', async () => {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'));
  const { code, out } = await run(bare.dir, '--version');
  expect([code, out]).toEqual([0, manifest.version]);
});
