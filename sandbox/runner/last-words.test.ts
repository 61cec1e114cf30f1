import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ProcessGroups } from './process-group.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-last-words-'));
const groups = new ProcessGroups();
afterAll(() => {
  groups.close();
  rmSync(folder, { recursive: true });
});

describe('the last words of a step', () => {
  it('are all heard, however many lie in the pipe when it ends, and whoever else holds it', async () => {
    const lines: string[] = [];
    const script = 'sleep 30 & seq 1 9000; printf "::error::stopped"; exit 3';
    const { code } = await groups.run({
      file: '/bin/bash',
      args: ['-c', script],
      cwd: folder,
      env: { PATH: process.env.PATH ?? '' },
      onLine: (line) => lines.push(line),
    });
    expect(code).toBe(3);
    expect(lines).toHaveLength(9001);
    expect(lines.at(-1)).toBe('::error::stopped');
  });
});
