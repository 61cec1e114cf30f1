import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestBytes } from '../../core/json/canonical.ts';
import { openPlace } from './open-place.ts';
import { type Bench, digest, path, pathOf, startFolder, startS3rver, startServer } from './place.fixture.ts';
import { openStore } from './store.ts';

let bench: Bench;
let out: string;
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'gatehouse out '));
});
afterEach(async () => {
  await bench.close();
  await rm(out, { recursive: true });
});
const open = (over: Readonly<Record<string, string>> = {}) =>
  openStore(bench.address, undefined, { env: { ...bench.env, ...over }, delaysMs: [1, 1] });

describe.each([
  ['a folder', startFolder],
  ['a web server', () => startServer(false)],
  ['a bucket that checks everything', () => startServer(true)],
  ['a bucket of a server by others', startS3rver],
])('a store in %s', (_name, start) => {
  beforeEach(async () => {
    bench = await start();
  });

  it('gives back what it was given, and says what it has', async () => {
    const store = await open();
    expect(await store.has(digest)).toBe(false);
    expect(await store.putBytes('model')).toEqual({ digest, sizeBytes: 5 });
    expect(await store.has(digest)).toBe(true);
    expect(await bench.look(path)).toBe('model');
    expect(await readFile(await store.get(digest, out), 'utf8')).toBe('model');
  });

  it('keeps bytes of any value and files of some size', async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7919) % 256));
    const store = await open();
    const { digest: named } = await store.putBytes(bytes);
    expect(await readFile(await store.get(named, out))).toEqual(bytes);
  });

  it('says which bytes are absent', async () => {
    await expect((await open()).get(digest, out)).rejects.toMatchObject({
      kind: 'input',
      code: 'STORE_ABSENT',
      message: expect.stringContaining(digest),
    });
  });

  it('never replaces what lies there, and says that it is damaged', async () => {
    await bench.plant(path, 'mod3l');
    const store = await open();
    await expect(store.putBytes('model')).rejects.toMatchObject({ kind: 'service', code: 'STORE_CORRUPT' });
    expect(await bench.look(path)).toBe('mod3l');
  });

  it.each(['mod3l', '', 'model and more'])(
    'refuses %j for the digest of other bytes and leaves none',
    async (bytes) => {
      await bench.plant(path, bytes);
      await expect((await open()).get(digest, out)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
      expect(await readdir(out)).toEqual([]);
    },
  );

  it('takes the same bytes from many at once', async () => {
    const store = await open();
    const stored = await Promise.all(Array.from({ length: 6 }, () => store.putBytes('model')));
    expect(stored).toEqual(Array.from({ length: 6 }, () => ({ digest, sizeBytes: 5 })));
    expect(await bench.look(path)).toBe('model');
  });
});

describe.each([
  ['a bucket that checks everything', () => startServer(true)],
  ['a bucket of a server by others', startS3rver],
])('wrong credentials for %s', (_name, start) => {
  it('write nothing and read nothing', async () => {
    bench = await start();
    await bench.plant(path, 'model');
    const wrong = await open({ AWS_SECRET_ACCESS_KEY: 'another-secret' });
    for (const work of [
      () => wrong.putBytes('other'),
      () => wrong.has(digest),
      () => wrong.get(digest, out),
    ]) {
      const error = await work().catch((refused: Error) => refused);
      expect(error).toMatchObject({ code: 'STORE_FAILED', message: expect.stringContaining('HTTP 403') });
      expect(JSON.stringify(error)).not.toContain('another-secret');
    }
    expect(await bench.look(pathOf(digestBytes('other')))).toBeNull();
  });
});

describe('a folder', () => {
  it('keeps nothing of a file that changed after it was hashed', async () => {
    bench = await startFolder();
    const file = join(out, 'file');
    await writeFile(file, 'changed');
    const put = openPlace(bench.address, 'store').put(path, { file, sha256: digest.slice(7), sizeBytes: 5 });
    await expect(put).rejects.toMatchObject({ kind: 'input', code: 'FILE_CHANGED' });
    expect(await bench.look(path)).toBeNull();
  });
});

describe('openPlace', () => {
  it.each(['https://me:hidden@host/x', 's3://me:hidden@bucket/x', 'hidden', 'ftp://hidden/x'])(
    'refuses %s and repeats no more of it than its scheme',
    async (address) => {
      bench = await startFolder();
      expect(() => openPlace(address, 'data')).toThrow(
        expect.objectContaining({ code: 'STORE_URL', kind: 'input' }),
      );
      expect(() => openPlace(address, 'data')).not.toThrow(/hidden/);
    },
  );
});
