import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderEnginePin } from '../../scripts/generate-engine-pin.ts';
import { type EnginePin, enginePin } from './engine-pin.ts';
import { describePlatform, type EngineSearch, locateEngine } from './locate.ts';
import { askNpmRegistry } from './npm-registry.ts';
import { openEngine } from './open.ts';
import { readTarball } from './tarball.ts';

function pack(files: Record<string, string>): Buffer {
  const blocks = Object.entries(files).map(([name, text]) => {
    const head = Buffer.alloc(512);
    head.write(name);
    head.write(text.length.toString(8).padStart(11, '0'), 124);
    head.write('0', 156);
    const body = Buffer.alloc(Math.ceil(text.length / 512) * 512);
    body.write(text);
    return Buffer.concat([head, body]);
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

const tarball = pack({
  'package/package.json': '{}',
  'package/duckdb.node': 'node',
  'package/libduckdb.so': 'so',
  'package/evil.sh': 'x',
});
const sha512 = (bytes: Buffer): string => `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
const pin: EnginePin = { version: '9.9.9', platforms: { 'linux-x64': sha512(tarball) } };

let folder: string;
let server: Server;
let asked: string[];
let served: Buffer | null;
let search: EngineSearch;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-locate-'));
  asked = [];
  served = tarball;
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(served === null ? 404 : 200).end(served ?? '');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  search = { path: '', toolCache: folder, registry, offline: false };
});
afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

describe('locateEngine', () => {
  it('downloads the pinned package once, keeps only its native files, then uses the tool cache', async () => {
    const home = join(folder, 'gatehouse-duckdb', '9.9.9', 'x64');
    expect(await locateEngine(search, pin, 'linux-x64')).toEqual({ folder: home, from: 'download' });
    expect(await readdir(home)).toEqual(['duckdb.node', 'libduckdb.so']);
    expect(await readFile(join(home, 'duckdb.node'), 'utf8')).toBe('node');
    expect(await locateEngine(search, pin, 'linux-x64')).toEqual({ folder: home, from: 'tool cache' });
    expect(asked).toEqual(['/@duckdb/node-bindings-linux-x64/-/node-bindings-linux-x64-9.9.9.tgz']);
  });

  it('takes a registry with or without a slash at its end', async () => {
    await locateEngine({ ...search, registry: `${search.registry}/` }, pin, 'linux-x64');
    expect(asked).toEqual(['/@duckdb/node-bindings-linux-x64/-/node-bindings-linux-x64-9.9.9.tgz']);
  });

  it('works for two jobs of one runner at the same time', async () => {
    const both = await Promise.all([1, 2].map(() => locateEngine(search, pin, 'linux-x64')));
    expect(new Set(both.map((found) => found.folder)).size).toBe(1);
    expect(await readdir(join(folder, 'gatehouse-duckdb', '9.9.9'))).toEqual(['x64']);
  });

  it.each([
    ['other bytes', pack({ 'package/duckdb.node': 'evil' }), 'linux-x64', /SHA-512 differs/],
    ['a cut package', tarball.subarray(0, 40), 'linux-x64', /SHA-512 differs/],
    ['nothing', null, 'linux-x64', /HTTP 404/],
    ['an unknown platform', tarball, 'sunos-x64', /no package for this platform/],
    ['a platform called like a prototype member', tarball, 'constructor', /no package for this platform/],
  ])('refuses %s and leaves nothing behind', async (_, bytes, platform, why) => {
    served = bytes;
    await expect(locateEngine(search, pin, platform)).rejects.toMatchObject({
      kind: 'service',
      code: 'ENGINE_MISSING',
      message: expect.stringMatching(why),
      hint: expect.stringContaining('engine-path'),
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('asks npm of this machine for the registry when none is named, and only then', async () => {
    const asks: string[] = [];
    const answer = async () => {
      asks.push('npm');
      return { address: `${search.registry}/` };
    };
    const given = await locateEngine({ ...search, toolCache: null }, pin, 'linux-x64', answer);
    expect([given.from, asks]).toEqual(['download', []]);
    const found = await locateEngine({ ...search, registry: '' }, pin, 'linux-x64', answer);
    expect([found.from, asks]).toEqual(['download', ['npm']]);
    await locateEngine({ ...search, registry: '' }, pin, 'linux-x64', answer);
    expect(asks).toEqual(['npm']);
    await rm(dirname(given.folder), { recursive: true });
  });

  it('says what to do when npm knows no registry', async () => {
    const answer = async () => ({ why: 'npm is gone' });
    await expect(locateEngine({ ...search, registry: '' }, pin, 'linux-x64', answer)).rejects.toMatchObject({
      kind: 'service',
      code: 'ENGINE_MISSING',
      message: expect.stringContaining('npm is gone'),
      hint: expect.stringContaining('engine-registry'),
    });
    expect([asked, await readdir(folder)]).toEqual([[], []]);
  });

  it('asks nobody when offline', async () => {
    await expect(locateEngine({ ...search, offline: true }, pin, 'linux-x64')).rejects.toMatchObject({
      code: 'ENGINE_MISSING',
      hint: expect.stringContaining(join(folder, 'gatehouse-duckdb', '9.9.9', 'x64')),
    });
    expect(asked).toEqual([]);
  });

  it('takes engine-path before everything, and refuses a folder without the engine', async () => {
    const given = join(folder, 'given');
    await mkdir(given);
    await expect(locateEngine({ ...search, path: given }, pin)).rejects.toMatchObject({
      code: 'ENGINE_MISSING',
    });
    await writeFile(join(given, 'duckdb.node'), '');
    expect(await locateEngine({ ...search, path: given }, pin)).toEqual({
      folder: given,
      from: 'engine-path',
    });
    expect(asked).toEqual([]);
  });

  it('uses node_modules in a checkout', async () => {
    const found = await locateEngine({ ...search, offline: true });
    expect(found.from).toBe('node_modules');
  });
});

describe('askNpmRegistry', () => {
  /** A program in the place of npm, which says the words of one line. */
  async function program(script: string): Promise<string> {
    const file = join(folder, 'npm');
    await writeFile(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return file;
  }

  it('takes the address that npm prints, asked outside the workspace', async () => {
    const file = await program('echo "https://mirror.example.test/$1-$2-$3"; pwd >&2');
    expect(await askNpmRegistry(file)).toEqual({
      address: 'https://mirror.example.test/config-get-registry',
    });
  });

  it.each([
    ['says undefined', 'echo undefined', /names no registry/],
    ['says nothing', 'true', /names no registry/],
    ['names a file', 'echo file:///etc/passwd', /names no registry/],
    ['fails', 'echo https://mirror.example.test/; exit 1', /failed/],
    ['hangs', 'exec sleep 5', /did not answer within/],
  ])('gives the reason when npm %s', async (_, script, why) => {
    expect(await askNpmRegistry(await program(script), 300)).toEqual({ why: expect.stringMatching(why) });
  });

  it('gives the reason when there is no npm', async () => {
    expect(await askNpmRegistry(join(folder, 'none'))).toEqual({
      why: expect.stringContaining('not on this'),
    });
  });
});

describe('openEngine', () => {
  it('says ENGINE_MISSING for a file that is no engine', async () => {
    await writeFile(join(folder, 'duckdb.node'), 'not a library');
    const opened = openEngine({ ...search, path: folder }, { workdir: join(folder, 'spill') });
    await expect(opened).rejects.toMatchObject({ kind: 'service', code: 'ENGINE_MISSING' });
  });
});

describe('the pin', () => {
  const lock = readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8');

  it('is what the lock file says, and covers this machine', () => {
    const source = readFileSync(join(import.meta.dirname, 'engine-pin.ts'), 'utf8');
    expect(source).toBe(renderEnginePin(lock));
    expect(Object.keys(enginePin.platforms)).toContain(describePlatform());
  });

  it('is refused when the lock file has two versions, none, or a weak digest', () => {
    const path = 'node_modules/@duckdb/node-bindings-linux-x64';
    const integrity = sha512(tarball);
    const lockOf = (packages: object): string => JSON.stringify({ packages });
    expect(() => renderEnginePin(lockOf({}))).toThrow(/0 versions/);
    expect(() =>
      renderEnginePin(
        lockOf({ [path]: { version: '1', integrity }, [`${path}-musl`]: { version: '2', integrity } }),
      ),
    ).toThrow(/2 versions/);
    expect(() => renderEnginePin(lockOf({ [path]: { version: '1', integrity: 'sha1-x' } }))).toThrow(
      /SHA-512/,
    );
  });
});

describe('readTarball', () => {
  it('refuses an archive that is cut off', () => {
    const head = Buffer.alloc(512);
    head.write('package/duckdb.node');
    head.write('77777777777', 124);
    expect(() => readTarball(gzipSync(head))).toThrow(RangeError);
  });
});
