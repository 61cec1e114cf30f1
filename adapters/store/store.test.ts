import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestBytes } from '../../core/json/canonical.ts';
import { openStore } from './store.ts';
import { copyHashed } from './transfer.ts';

let folder: string;
let root: string;
let url: string;
let server: Server;
let web: string;
let kept: Map<string, Buffer>;
let puts: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse store '));
  root = join(folder, 'kept');
  await mkdir(root);
  url = `file://${encodeURI(root)}`;
  kept = new Map();
  puts = [];
  server = createServer(async (request, response) => {
    const path = request.url ?? '';
    if (request.method === 'PUT') {
      puts.push(`${request.headers['if-none-match']} ${path}`);
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const taken = kept.has(path);
      if (!taken) kept.set(path, Buffer.concat(chunks));
      response.writeHead(taken ? 412 : 201).end();
    } else {
      const body = kept.get(path);
      response.writeHead(body === undefined ? 404 : 200).end(request.method === 'HEAD' ? '' : body);
    }
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  web = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

const digest = digestBytes('model');
const path = `sha256/${digest.slice(7, 9)}/${digest.slice(9)}`;

describe('a store', () => {
  it('gives back bytes and files by digest, from a folder and over the web', async () => {
    await writeFile(join(folder, 'model.json'), 'model');
    for (const place of [url, web]) {
      const store = await openStore(place);
      expect(await store.has(digest)).toBe(false);
      expect(await store.putBytes('model')).toEqual({ digest, sizeBytes: 5 });
      expect(await store.putFile(join(folder, 'model.json'))).toEqual({ digest, sizeBytes: 5 });
      expect(await store.has(digest)).toBe(true);
      expect(await readFile(await store.get(digest, join(folder, 'out')), 'utf8')).toBe('model');
    }
    expect(await readFile(join(root, path), 'utf8')).toBe('model');
    expect(await readdir(join(root, 'incoming'))).toEqual([]);
    expect(puts).toEqual([`* /${path}`, `* /${path}`]);
  });

  it('never writes twice: the first file stays the same file, read-only', async () => {
    const store = await openStore(url);
    await store.putBytes('model');
    const before = await stat(join(root, path));
    await Promise.all(Array.from({ length: 8 }, () => store.putBytes('model')));
    const after = await stat(join(root, path));
    expect(after.ino).toBe(before.ino);
    expect(after.mode & 0o222).toBe(0);
  });

  it('notices bytes that somebody changed, on reading and on writing, and never repairs silently', async () => {
    const store = await openStore(url);
    await store.putBytes('model');
    await chmod(join(root, path), 0o644);
    await writeFile(join(root, path), 'mod3l');
    const out = join(folder, 'out');
    await expect(store.get(digest, out)).rejects.toMatchObject({ kind: 'service', code: 'STORE_CORRUPT' });
    expect(await readdir(out)).toEqual([]);
    await expect(store.putBytes('model')).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    kept.set(`/${path}`, Buffer.from('mod3l'));
    await expect((await openStore(web)).get(digest, out)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  });

  it('says which bytes are absent', async () => {
    for (const place of [url, web]) {
      const got = (await openStore(place)).get(digest, folder);
      await expect(got).rejects.toMatchObject({
        kind: 'input',
        code: 'STORE_ABSENT',
        message: expect.stringContaining(digest),
      });
    }
  });

  it('whose folder is absent says where and how to mend', async () => {
    await expect(openStore(`${url}-not`)).rejects.toMatchObject({
      kind: 'service',
      code: 'STORE_MISSING',
      message: expect.stringContaining(`${root}-not`),
      hint: expect.stringContaining('.github/gatehouse.yml'),
    });
    const store = await openStore(url);
    await rm(root, { recursive: true });
    await expect(store.putBytes('x')).rejects.toMatchObject({ code: 'STORE_MISSING' });
    await expect(store.has(digest)).rejects.toMatchObject({ code: 'STORE_MISSING' });
  });

  it.each(['sha256:../../../etc/passwd', 'sha256:', 'md5:abc', `sha256:${'A'.repeat(64)}`])(
    'refuses the digest %s',
    async (text) => {
      const store = await openStore(url);
      await expect(store.get(text as `sha256:${string}`, folder)).rejects.toMatchObject({
        code: 'STORE_DIGEST',
      });
    },
  );

  it('refuses files over 2 GiB before it reads them', async () => {
    await writeFile(join(folder, 'big'), '');
    await truncate(join(folder, 'big'), 2_147_483_649);
    for (const place of [url, web]) {
      await expect((await openStore(place)).putFile(join(folder, 'big'))).rejects.toMatchObject({
        code: 'FILE_TOO_LARGE',
      });
    }
  });
});

describe('copyHashed', () => {
  it('stops at the limit and removes what it wrote', async () => {
    async function* endless() {
      for (;;) yield Buffer.alloc(1000);
    }
    const target = join(folder, 'copy');
    await expect(copyHashed(endless(), target, 'sha256', 10_000)).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
    });
    expect((await readdir(folder)).sort()).toEqual(['kept']);
  });
});
