import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTarFiles } from './tar-files.ts';

const long = `${'folder/'.repeat(12)}${'name'.repeat(30)}.txt`;
const longer = `${'a-folder-with-a-name/'.repeat(14)}file.txt`;
const files: Readonly<Record<string, string>> = {
  'audit/HEAD.json': '{"size":1}\n',
  'empty.txt': '',
  'block.txt': 'x'.repeat(512),
  'large.txt': 'y'.repeat(5000),
  'ümläut/é.txt': 'ü\n',
  [long]: 'long\n',
  [longer]: 'longer\n',
};

describe('readTarFiles', () => {
  let folder: string;
  let archive: Buffer;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'tar-files-'));
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: folder });
    git('init', '-q');
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    chmodSync(path.join(folder, 'block.txt'), 0o755);
    symlinkSync('audit/HEAD.json', path.join(folder, 'link'));
    git('add', '.');
    git('commit', '-q', '-m', 'all');
    archive = git('archive', '--format=tar', '--prefix=acme-flights-1234567/', 'HEAD');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function* cut(bytes: Buffer, sizes: readonly number[]) {
    for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
      const size = sizes[turn % sizes.length] ?? 1;
      yield bytes.subarray(at, at + size);
      at += size;
    }
  }
  const readAll = async (chunks: AsyncIterable<Uint8Array>, maxBytes = 10_000) => {
    const found = new Map<string, readonly [string, string | null]>();
    for await (const { path: name, mode, bytes } of readTarFiles(chunks, maxBytes))
      found.set(name, [mode, bytes === null ? null : Buffer.from(bytes).toString()]);
    return found;
  };
  const wanted = () =>
    new Map<string, readonly [string, string]>([
      ...Object.entries(files).map(
        ([name, text]) =>
          [`acme-flights-1234567/${name}`, [name === 'block.txt' ? '100755' : '100644', text]] as const,
      ),
      ['acme-flights-1234567/link', ['120000', 'audit/HEAD.json']] as const,
    ]);

  it('gives every file that git put in, whatever portions it comes in', async () => {
    const sorted = (found: ReadonlyMap<string, unknown>) => [...found].sort(([a], [b]) => (a < b ? -1 : 1));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 9 }),
        async (sizes) => {
          expect(sorted(await readAll(cut(archive, sizes)))).toEqual(sorted(wanted()));
        },
      ),
      { numRuns: 10, seed: 30 },
    );
  });

  it('gives the name alone of a file that is larger than was asked for', async () => {
    const found = await readAll(cut(archive, [1000]), 4999);
    expect(found.get('acme-flights-1234567/large.txt')).toEqual(['100644', null]);
    expect(found.get('acme-flights-1234567/block.txt')?.[1]).toBe(files['block.txt']);
    expect(found.size).toBe(wanted().size);
  });

  it('fails for an archive that ends too early, at whatever byte, and for what is none', async () => {
    const end = archive.length - 10_240;
    for (let at = 0; at < end; at += 701)
      await expect(readAll(cut(archive.subarray(0, at), [4096]))).rejects.toThrow('ends too early');
    await expect(readAll(cut(Buffer.alloc(2048, 'no archive'), [512]))).rejects.toThrow();
    const hard = Buffer.from(archive);
    hard[156] = '1'.charCodeAt(0);
    await expect(readAll(cut(hard, [512]))).rejects.toThrow();
  });

  it('tells whoever sends it that no more is wanted', async () => {
    let ended = false;
    async function* sending() {
      try {
        yield* cut(archive, [512]);
      } finally {
        ended = true;
      }
    }
    for await (const { path: name } of readTarFiles(sending(), 100)) if (name !== '') break;
    expect(ended).toBe(true);
  });
});
