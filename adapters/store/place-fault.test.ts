import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, digest, path, pathOf, startServer } from './place.fixture.ts';
import type { PlaceServer } from './server.fixture.ts';
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
