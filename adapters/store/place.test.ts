import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Digest } from '../../core/evidence/evidence.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { openPlace } from './place.ts';
import { type Key, type PlaceServer, servePlace } from './server.fixture.ts';
import { openStore } from './store.ts';

/** One kind of place, running. */
interface Bench {
  readonly address: string;
  readonly env: Readonly<Record<string, string>>;
  /** Puts bytes below the place behind our back. */
  plant(path: string, bytes: string): Promise<void>;
  /** What lies below the place; null: nothing. */
  look(path: string): Promise<string | null>;
  /** Present where requests can be made to fail. */
  readonly server?: PlaceServer;
  close(): Promise<void> | void;
}

const key: Key = { id: 'AKIDTEST', secret: 'secret+of/a=test', region: 'us-east-1' };

async function startFolder(): Promise<Bench> {
  const root = await mkdtemp(join(tmpdir(), 'gatehouse place '));
  return {
    address: `file://${encodeURI(root)}`,
    env: {},
    plant: async (path, bytes) => {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await rm(join(root, path), { force: true });
      await writeFile(join(root, path), bytes);
    },
    look: (path) => readFile(join(root, path), 'utf8').catch(() => null),
    close: () => rm(root, { recursive: true }),
  };
}

async function startServer(s3: boolean): Promise<Bench> {
  const server = await servePlace(s3 ? key : null);
  const prefix = s3 ? '/models/kept' : '/kept';
  return {
    address: `${s3 ? 's3+' : ''}${server.origin}${prefix}`,
    env: s3 ? { AWS_ACCESS_KEY_ID: key.id, AWS_SECRET_ACCESS_KEY: key.secret } : {},
    plant: async (path, bytes) => void server.kept.set(`${prefix}/${path}`, Buffer.from(bytes)),
    look: async (path) => server.kept.get(`${prefix}/${path}`)?.toString() ?? null,
    server,
    close: server.close,
  };
}

/** A server written by others, with its own idea of the protocol: it knows no conditional writes. */
async function startS3rver(): Promise<Bench> {
  const directory = await mkdtemp(join(tmpdir(), 'gatehouse s3rver '));
  const S3rver = createRequire(import.meta.url)('@20minutes/s3rver') as new (
    options: object,
  ) => { run(): Promise<{ readonly port: number }>; close(): Promise<void> };
  const configureBuckets = [{ name: 'models' }];
  const server = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory, configureBuckets });
  const { port } = await server.run();
  const address = `s3+http://127.0.0.1:${port}/models/kept`;
  const env = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' };
  const object = (path: string) => join(directory, 'models', 'kept', `${path}._S3rver_object`);
  return {
    address,
    env,
    plant: async (path, bytes) => {
      await mkdir(dirname(object(path)), { recursive: true });
      await writeFile(object(path), bytes);
      await writeFile(object(path).replace(/object$/, 'metadata.json'), '{}');
    },
    look: (path) => readFile(object(path), 'utf8').catch(() => null),
    close: async () => {
      await server.close();
      await rm(directory, { recursive: true });
    },
  };
}

const digest = digestBytes('model');
const pathOf = (named: Digest) => `sha256/${named.slice(7, 9)}/${named.slice(9)}`;
const path = pathOf(digest);

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

describe.each([
  ['a web server', () => startServer(false)],
  ['a bucket', () => startServer(true)],
])('%s that misbehaves', (_name, start) => {
  let server: PlaceServer;
  beforeEach(async () => {
    bench = await start();
    if (bench.server === undefined) throw new Error('the bench has no server');
    server = bench.server;
    await bench.plant(path, 'model');
    server.asked.length = 0;
  });
  const get = async () => readFile(await (await open()).get(digest, out), 'utf8');
  const answerOnce = (status: number, headers: Readonly<Record<string, string>> = {}, body = '') =>
    server.faults.push((request, response) => {
      request.resume();
      response.writeHead(status, headers).end(body);
      return true;
    });

  it.each([500, 502, 503, 504, 429])('is asked again after %i', async (status) => {
    answerOnce(status);
    answerOnce(status, { 'retry-after': '0' });
    expect(await get()).toBe('model');
    expect(server.asked).toHaveLength(3);
  });

  it('is asked again after a broken connection, with the whole file', async () => {
    server.faults.push((request, response) => {
      request.once('data', () => response.socket?.destroy());
      request.once('end', () => response.socket?.destroy());
      request.resume();
      return true;
    });
    const bytes = 'y'.repeat(500_000);
    const { digest: named } = await (await open()).putBytes(bytes);
    expect(await bench.look(pathOf(named))).toBe(bytes);
  });

  it('is given up after three attempts, and that says nothing about the bytes', async () => {
    for (let times = 0; times < 3; times += 1) answerOnce(500);
    await expect(get()).rejects.toMatchObject({
      kind: 'service',
      code: 'STORE_FAILED',
      message: expect.stringContaining('HTTP 500'),
    });
    expect(server.asked).toHaveLength(3);
  });

  it.each([400, 401, 403, 405, 410, 418, 206, 204])('is believed at once with %i', async (status) => {
    answerOnce(status);
    await expect(get()).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect(server.asked).toHaveLength(1);
  });

  it.each([
    ['half the bytes', { 'content-length': '9' }, 'model'],
    ['no bytes', { 'content-length': '9' }, ''],
  ])('and sends %s leaves nothing behind', async (_what, headers, body) => {
    server.faults.push((_, response) => {
      response.writeHead(200, headers);
      response.write(body, () => response.socket?.destroy());
      return true;
    });
    await expect(get()).rejects.toMatchObject({ kind: 'service', code: 'STORE_FAILED' });
    expect(await readdir(out)).toEqual([]);
  });

  it('and announces more than 2 GiB is not listened to', async () => {
    answerOnce(200, { 'content-length': '2147483649' });
    await expect(get()).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
    expect(await readdir(out)).toEqual([]);
  });

  it('and packs its answer is refused: it was asked not to', async () => {
    answerOnce(200, { 'content-encoding': 'gzip' }, 'model');
    await expect(get()).rejects.toMatchObject({ message: expect.stringContaining('compressed') });
  });

  it.each([
    'http://169.254.169.254/latest/meta-data/iam/',
    'http://localhost:1/x',
    'https://elsewhere.example/x?signature=hidden',
    'file:///etc/passwd',
    '//elsewhere.example/x',
    'http://[::ffff:169.254.169.254]/',
  ])('and redirects to %s is not followed, and both places are named', async (location) => {
    answerOnce(302, { location });
    const error = await get().catch((refused: Error) => refused);
    expect(error).toMatchObject({ kind: 'service', code: 'REDIRECT_REFUSED' });
    expect(String(error)).toContain(server.origin);
    expect(String(error)).toMatch(/169\.254|a9fe|localhost:1|elsewhere\.example|file:/);
    expect(String(error)).not.toContain('hidden');
    expect(server.asked).toHaveLength(1);
  });

  it('and moves bytes at its own origin is followed three times, not four', async () => {
    const target = new URL(bench.address.replace('s3+', '')).pathname;
    await bench.plant('moved', 'model');
    for (let hops = 0; hops < 3; hops += 1) answerOnce(307, { location: `${target}/moved` });
    expect(await get()).toBe('model');
    for (let hops = 0; hops < 4; hops += 1) answerOnce(307, { location: `${target}/moved` });
    await expect(get()).rejects.toMatchObject({ code: 'REDIRECT_REFUSED' });
  });

  it('and never ends is left', async () => {
    server.faults.push((_, response) => {
      response.writeHead(200);
      response.write('mod');
      return true;
    });
    const store = await openStore(bench.address, undefined, { env: bench.env, delaysMs: [], idleMs: 50 });
    await expect(store.get(digest, out)).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect(await readdir(out)).toEqual([]);
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
