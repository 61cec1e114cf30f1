import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DvcPointer, parsePointer, writePointer } from './pointer.ts';
import { openRemote } from './remote.ts';

describe('a remote', () => {
  let folder: string;
  let server: Server;
  let web: string;
  const bytes = Buffer.from('date,delay\r\n2001-01-01,5\r\n');
  const md5 = createHash('md5').update(bytes).digest('hex');
  const pointer = parsePointer(
    writePointer({ out: 'a.csv', md5, sizeBytes: bytes.length }),
    'data/a.csv.dvc',
  );
  const object = `files/md5/${md5.slice(0, 2)}/${md5.slice(2)}`;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse dvc '));
    await mkdir(join(folder, 'remote'));
    server = createServer(async (request, response) => {
      const body = await readFile(join(folder, 'remote', request.url ?? '')).catch(() => null);
      response
        .writeHead(request.url?.startsWith('/broken') ? 503 : body === null ? 404 : 200)
        .end(body ?? '');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    web = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });
  const remotes = () => [`file://${encodeURI(folder)}/remote`, web];
  const fetchFrom = (url: string, wanted: Partial<DvcPointer> = {}) =>
    openRemote(url).fetch({ ...pointer, ...wanted }, 'data/a.csv.dvc', join(folder, 'local', 'a.csv'));
  const hold = async (content: Buffer) => {
    await mkdir(dirname(join(folder, 'remote', object)), { recursive: true });
    await writeFile(join(folder, 'remote', object), content);
  };

  it('gives back what was pushed, verified, from a folder and over the web', async () => {
    await writeFile(join(folder, 'a.csv'), bytes);
    expect(await openRemote(remotes()[0] ?? '').push(join(folder, 'a.csv'))).toEqual({
      md5,
      sizeBytes: bytes.length,
      files: null,
    });
    for (const url of remotes()) {
      expect(await fetchFrom(url)).toBe(bytes.length);
      expect(await readFile(join(folder, 'local', 'a.csv'))).toEqual(bytes);
    }
  });

  it('refuses other bytes and leaves none of them behind', async () => {
    for (const content of [
      Buffer.from('evil'),
      Buffer.concat([bytes, bytes]),
      bytes.subarray(1),
      Buffer.alloc(0),
    ]) {
      await hold(content);
      for (const url of remotes()) {
        await expect(fetchFrom(url)).rejects.toMatchObject({
          kind: 'input',
          code: 'DVC_DIGEST',
          hint: expect.stringContaining('dvc push data/a.csv.dvc'),
        });
        expect(await readdir(join(folder, 'local'))).toEqual([]);
      }
    }
  });

  it('refuses a size that the pointer does not name, even when the MD5 fits', async () => {
    await hold(bytes);
    const wrong = { ...pointer, sizeBytes: 1 };
    await expect(fetchFrom(remotes()[0] ?? '', wrong)).rejects.toMatchObject({ code: 'DVC_DIGEST' });
    expect(await fetchFrom(remotes()[0] ?? '', { sizeBytes: null })).toBe(bytes.length);
  });

  it('says how to mend an absent object', async () => {
    for (const url of remotes()) {
      await expect(fetchFrom(url)).rejects.toMatchObject({
        kind: 'input',
        code: 'DVC_OBJECT_MISSING',
        hint: 'Run "dvc push data/a.csv.dvc" and start the job again.',
      });
    }
  });

  it('that is absent or broken says nothing about the data', async () => {
    await expect(fetchFrom(`file://${encodeURI(folder)}/nowhere`)).rejects.toMatchObject({
      kind: 'service',
      code: 'STORE_MISSING',
    });
    await expect(fetchFrom(`${web}/broken`)).rejects.toMatchObject({ kind: 'service', code: 'STORE_FAILED' });
    await expect(fetchFrom('http://127.0.0.1:9/x')).rejects.toMatchObject({
      kind: 'service',
      code: 'STORE_FAILED',
    });
  });

  it.each(['http://example.test/x', 'https://user:pass@example.test/', 'relative', ''])(
    'refuses the address %j without repeating a password',
    (url) => {
      const open = () => openRemote(url);
      expect(open).toThrow(expect.objectContaining({ code: 'STORE_URL' }));
      expect(open).not.toThrow(/pass@/);
    },
  );

  it('takes data of DVC 2 from its place there, by the digest of its day', async () => {
    // MD5 of the bytes with LF for CRLF: FORMATS of dvc-data, text of one chunk.
    const unix = createHash('md5').update('date,delay\n2001-01-01,5\n').digest('hex');
    const old = parsePointer(
      `outs:\n- md5: ${unix}\n  size: ${bytes.length}\n  path: a.csv\n`,
      'data/a.csv.dvc',
    );
    const place = join(folder, 'remote', unix.slice(0, 2));
    await mkdir(place, { recursive: true });
    await writeFile(join(place, unix.slice(2)), bytes);
    for (const url of remotes()) expect(await fetchFrom(url, old)).toBe(bytes.length);
    await writeFile(join(place, unix.slice(2)), bytes.toString().replace('5', '6'));
    for (const url of remotes())
      await expect(fetchFrom(url, old)).rejects.toMatchObject({ code: 'DVC_DIGEST' });
    // A digest of DVC 3 is not looked for where DVC 2 kept its data.
    await expect(fetchFrom(remotes()[0] ?? '', { md5: unix })).rejects.toMatchObject({
      code: 'DVC_OBJECT_MISSING',
    });
  });

  it('tells apart who pushes imported data', async () => {
    const imported = { kind: 'url', url: 's3://b/a.csv', path: null, revision: null } as const;
    await expect(fetchFrom(remotes()[0] ?? '', { imported })).rejects.toMatchObject({
      code: 'DVC_OBJECT_MISSING',
      hint: expect.stringContaining('dvc add'),
    });
  });

  it('refuses more than 2 GiB, by the pointer and by the file, before anything is read', async () => {
    const huge = { ...pointer, sizeBytes: 2_147_483_649 };
    await expect(fetchFrom(web, huge)).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
    await writeFile(join(folder, 'big'), '');
    await truncate(join(folder, 'big'), 2_147_483_649);
    await expect(openRemote(remotes()[0] ?? '').push(join(folder, 'big'))).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
    });
  });
});
