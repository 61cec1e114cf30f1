import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enginePin } from './engine-pin.ts';
import { describePlatform, toolCacheFolder } from './locate.ts';

const here = import.meta.dirname;
const platform = describePlatform();
const installed = dirname(
  createRequire(import.meta.url).resolve(`@duckdb/node-bindings-${platform}/duckdb.node`),
);

const program = `
import { openEngine } from ${JSON.stringify(join(here, 'open.ts'))};
const [workdir, toolCache, csv] = process.argv.slice(2);
console.log('started');
if (csv !== undefined) {
  const search = { path: '', toolCache, registry: 'http://127.0.0.1:9', offline: true };
  const engine = await openEngine(search, { workdir }).catch((error) => ({ failed: error.code, hint: error.hint }));
  if ('failed' in engine) console.log(JSON.stringify(engine));
  else {
    const columns = [{ column: 'a', type: 'integer', max: 2, showValues: true }];
    const plan = { columns, rules: [], examples: 3, distinct: [] };
    const measured = await engine.profile(plan, [{ path: 'a.csv', local: csv }]);
    console.log(JSON.stringify({ version: engine.version, rows: measured.rows, range: measured.columns[0].tallies.range }));
    engine.close();
  }
}
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-bundle-'));
  await writeFile(join(folder, 'program.ts'), program);
  const bundle = await rolldown({
    input: join(folder, 'program.ts'),
    platform: 'node',
    resolve: { alias: { '@duckdb/node-bindings': join(here, 'native-shim.ts') } },
  });
  await bundle.write({ dir: join(folder, 'dist'), format: 'esm', entryFileNames: '[name].mjs' });
  await bundle.close();
  await writeFile(join(folder, 'a.csv'), 'a\n1\n2\n3\n');
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs the bundle far from any node_modules; returns its lines. */
async function run(...args: string[]): Promise<string[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(folder, 'dist', 'program.mjs'), ...args],
    {
      cwd: folder,
      env: { PATH: process.env.PATH },
    },
  );
  return stdout.trim().split('\n');
}

describe('a bundle without node_modules', () => {
  it('starts without any engine when it does not use data', async () => {
    expect(await run()).toEqual(['started']);
  });

  it('runs a query with the engine of the tool cache', async () => {
    const home = toolCacheFolder(join(folder, 'cache'), platform);
    await mkdir(dirname(home), { recursive: true });
    await symlink(installed, home);
    const [, answer] = await run(join(folder, 'spill'), join(folder, 'cache'), join(folder, 'a.csv'));
    expect(JSON.parse(answer ?? '')).toEqual({
      version: `duckdb ${enginePin.version.replace(/-.*/, '')}`,
      rows: 3,
      range: { count: 1, firstRow: 3, rows: [{ row: 3, cells: [['a', '3']] }], examples: ['3'] },
    });
  });

  it('says ENGINE_MISSING and the fix when there is none', async () => {
    const [, answer] = await run(join(folder, 'spill'), join(folder, 'nothing'), join(folder, 'a.csv'));
    expect(JSON.parse(answer ?? '')).toEqual({
      failed: 'ENGINE_MISSING',
      hint: expect.stringContaining(`@duckdb/node-bindings-${platform}@${enginePin.version}`),
    });
  });
});
