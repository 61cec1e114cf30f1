import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Clone } from '../../cli/clone.fixture.ts';

/** What the README promises: the command runs on any Node from 20 on, without `npm ci`. */
const old = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'node'))
  .find(
    (file) => existsSync(file) && /^v2[01]\./.test(execFileSync(file, ['--version'], { encoding: 'utf8' })),
  );
if (old === undefined) console.log('skipped: there is no Node 20 on this machine');

const command = join(import.meta.dirname, '../../dist/gatehouse.js');

describe.skipIf(old === undefined)('the command on Node 20', () => {
  const clone = new Clone();
  const anchor = clone.fetchLedger();
  afterAll(() => clone.remove());
  const run = (...args: readonly string[]) =>
    spawnSync(old ?? '', [command, ...args], { cwd: clone.dir, encoding: 'utf8' });

  it('proves a ledger, and decides again what stands in it', () => {
    const { status, stdout, stderr } = run('verify', '--anchor', anchor);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('✅ Pass');
  });

  it('compares two models', () => {
    const write = (name: string, header: string, cell: (row: number) => string | number) => {
      const rows = Array.from({ length: 200 }, (_, row) => `${row},${cell(row)}`);
      clone.write(name, `${header}\n${rows.join('\n')}\n`);
    };
    write('labels.csv', 'key,label', (row) => row % 2);
    write('a.csv', 'key,score', (row) => (row % 7) / 10 + (row % 2) / 10);
    write('b.csv', 'key,score', (row) => (row % 5) / 10 + (row % 2) / 10);
    const files = ['a.csv', 'b.csv', '--labels', 'labels.csv'];
    const { status, stderr } = run(
      'compare',
      ...files,
      '--metric',
      'auc',
      '--metric',
      'f1',
      '--margin',
      '0.1',
    );
    expect(stderr).toBe('');
    expect([0, 1]).toContain(status);
  });
});
