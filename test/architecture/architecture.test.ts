import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findViolations } from './layers.ts';

const root = join(import.meta.dirname, '..', '..');
const sources = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /^(?:core|adapters|actions|bot|cli|sandbox|scripts|test)\//.test(file));

/** Writes each text at its path in a folder of its own and says which ones the project's linter configuration refuses. */
function refusedByLinter(files: readonly (readonly [string, string])[]): ReadonlySet<number> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-lint-'));
  const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as Record<string, unknown>;
  writeFileSync(
    join(folder, 'biome.json'),
    JSON.stringify({ ...config, $schema: undefined, vcs: { enabled: false } }),
  );
  files.forEach(([path, text], at) => {
    const place = join(folder, dirname(path), `planted-${at}.ts`);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, `${text}\n`);
  });
  const answer = spawnSync(
    join(root, 'node_modules', '.bin', 'biome'),
    ['lint', '--colors=off', '--max-diagnostics=200', '.'],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  rmSync(folder, { recursive: true });
  const form =
    /planted-(\d+)\.ts:\S+ lint\/\S+\/(?:noRestrictedImports|noRestrictedGlobals|noProcessEnv|noConsole)/g;
  return new Set([...`${answer.stdout}${answer.stderr}`.matchAll(form)].map((match) => Number(match[1])));
}

describe('the layers of the tree', () => {
  it('looks at every source file', () => {
    expect(sources.length).toBeGreaterThan(50);
  });

  it('holds: nothing imports upward, core is pure, only adapters touch the outside', () => {
    const violations = sources.flatMap((file) =>
      findViolations(file, readFileSync(join(root, file), 'utf8')),
    );
    expect(violations).toEqual([]);
  });
});

const planted: readonly (readonly [string, string, string])[] = [
  ['core imports an adapter', 'core/policy/x.ts', "import { a } from '../../adapters/store/store.ts';"],
  ['core imports it lazily', 'core/policy/x.ts', "const a = import('../../adapters/store/store.ts');"],
  ['core reads files', 'core/policy/x.ts', "import { readFileSync } from 'node:fs';"],
  ['core uses the toolkit', 'core/policy/x.ts', "import * as core from '@actions/core';"],
  ['an action uses octokit', 'actions/judge-model/x.ts', "import { Octokit } from '@octokit/rest';"],
  ['the bot uses the engine', 'bot/x.ts', "import { DuckDBInstance } from '@duckdb/node-api';"],
  ['the bot imports an action', 'bot/x.ts', "import { run } from '../actions/judge-model/run.ts';"],
  ['the command imports the sandbox', 'cli/x.ts', "import { startHub } from '../sandbox/hub/hub.ts';"],
  ['an adapter imports the bot', 'adapters/github/x.ts', "import { app } from '../../bot/app.ts';"],
];

describe('planted violations', () => {
  it.each(planted)('%s: the architecture test sees it', (_, file, text) => {
    expect(findViolations(file, text)).not.toEqual([]);
  });

  it('are all seen by the linter too', () => {
    const refused = refusedByLinter(planted.map(([, path, text]) => [path, text]));
    expect(planted.filter((_, at) => !refused.has(at)).map(([name]) => name)).toEqual([]);
  });

  it.each([
    ['the clock', 'export const a = Date.now();'],
    ['the clock by construction', 'export const a = new Date();'],
    ['chance', 'export const a = Math.random();'],
    ['the environment', 'export const a = process.env.HOME;'],
    ['the network', "export const a = fetch('x');"],
    ['the network in disguise', "export const a = globalThis['fetch'];"],
    ['a promise', 'export async function a() {}'],
    ['a higher layer', "import { decide } from '../policy/decide.ts';"],
  ])('core may not use %s', (_, text) => {
    expect(findViolations('core/evaluation/x.ts', text)).not.toEqual([]);
  });

  it('an action may not import another action', () => {
    const text = "import { run } from '../train-model/run.ts';";
    expect(findViolations('actions/judge-model/x.ts', text)).not.toEqual([]);
  });

  it('accepts what is allowed', () => {
    const text =
      "// fetch() is not used\nimport type { Decision } from '../policy/decision.ts';\nimport { createHash } from 'node:crypto';\nexport const a = 'await process.env';";
    expect(findViolations('core/evaluation/x.ts', text)).toEqual([]);
    expect(refusedByLinter([['core/evaluation/x.ts', text]]).size).toBe(0);
  });
});
