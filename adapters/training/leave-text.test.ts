import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ArtifactFile } from '../artifact/zip-stream.ts';
import { leaveText } from './leave-text.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'leave-text-'));
  mkdirSync(join(root, 'work'));
  writeFileSync(join(root, 'key'), 'secret');
});
afterEach(() => rmSync(root, { recursive: true }));

async function leave(file: string) {
  const left: ArtifactFile[] = [];
  const lines: string[] = [];
  const upload = async (name: string, files: readonly ArtifactFile[]) => {
    left.push(...files);
    return { id: 1, name, digest: `sha256:${'0'.repeat(64)}`, sizeBytes: 1 } as const;
  };
  const work = join(root, 'work');
  await leaveText(work, 'lock-1', join(work, file), {
    uploader: { upload },
    log: (line) => lines.push(line),
  });
  return { left, lines };
}

describe('leaveText', () => {
  it('leaves the text of a plain file', async () => {
    writeFileSync(join(root, 'work', 'dvc.lock'), 'schema');
    const { left, lines } = await leave('dvc.lock');
    expect(left).toEqual([{ kind: 'text', name: 'dvc.lock', text: 'schema' }]);
    expect(lines).toEqual([]);
  });

  it.each([
    ['a link', 'dvc.lock', () => symlinkSync(join(root, 'key'), join(root, 'work', 'dvc.lock'))],
    ['a file behind a link', 'sub/key', () => symlinkSync(root, join(root, 'work', 'sub'))],
    ['a pipe', 'dvc.lock', () => execFileSync('mkfifo', [join(root, 'work', 'dvc.lock')])],
    ['nothing', 'dvc.lock', () => undefined],
  ])('leaves no bytes of %s, and says so', async (_, file, put) => {
    put();
    const { left, lines } = await leave(file);
    expect(left).toEqual([]);
    expect(lines).toEqual([expect.stringContaining('lock-1 could not be left')]);
  });
});
