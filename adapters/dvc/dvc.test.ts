import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parsePointer, writePointer } from './pointer.ts';
import { openRemote } from './remote.ts';

/** Written by DVC 3: iterative/example-get-started data/data.xml.dvc, outs as they stand there. */
const real = `outs:
- md5: 22a1a2931c8370d3aeedd7183606fd7f
  size: 14445097
  hash: md5
  path: data.xml
`;

describe('parsePointer', () => {
  it('reads what DVC 3 wrote, and writes it byte for byte', () => {
    const pointer = parsePointer(real, 'data/data.xml.dvc');
    const md5 = '22a1a2931c8370d3aeedd7183606fd7f';
    expect(pointer).toEqual({ out: 'data.xml', path: 'data/data.xml', md5, sizeBytes: 14_445_097 });
    expect(writePointer({ ...pointer, sizeBytes: 14_445_097 })).toBe(real);
  });

  it('keeps an md5 that looks like a number, quoted or not', () => {
    for (const md5 of ['12345678901234567890123456789012', '81720000000000000000000000000e45']) {
      const written = writePointer({ out: 'a.csv', md5, sizeBytes: 1 });
      expect(written).toContain(`md5: '${md5}'`);
      expect(parsePointer(written, 'a.csv.dvc').md5).toBe(md5);
      expect(parsePointer(written.replaceAll("'", ''), 'a.csv.dvc').md5).toBe(md5);
    }
  });

  it('reads back every pointer that it writes', () => {
    const name = fc
      .stringMatching(/^[a-zA-Z0-9 #'":,äß🛩-]{1,20}$/u)
      .filter((text) => !/^[A-Za-z]:/.test(text));
    const md5 = fc.stringMatching(/^[0-9a-f]{32}$/);
    fc.assert(
      fc.property(name, md5, fc.nat(), (out, hash, sizeBytes) => {
        const text = writePointer({ out, md5: hash, sizeBytes });
        expect(parsePointer(text, 'data/x.dvc')).toEqual({ out, path: `data/${out}`, md5: hash, sizeBytes });
      }),
    );
  });

  it('resolves wdir and stays in the repository', () => {
    expect(parsePointer(`wdir: ../raw\n${real}`, 'data/x.dvc').path).toBe('raw/data.xml');
    expect(parsePointer(real.replace(/ {2}size.*\n/, ''), 'x.dvc').sizeBytes).toBeNull();
  });

  it.each([
    ['another file of the machine', real.replace('data.xml', '/etc/passwd')],
    ['a path that climbs out', real.replace('data.xml', '../../.git/config')],
    ['a wdir that climbs out', `wdir: ../..\n${real}`],
    ['a Windows path', real.replace('data.xml', 'C:\\x')],
    ['a URL', real.replace('data.xml', 's3://bucket/x')],
    ['a folder name', real.replace('data.xml', '.')],
    ['a short md5', real.replace('22a1a2931c8370d3aeedd7183606fd7f', '22a1')],
    [
      'an md5 that is a path',
      real.replace('22a1a2931c8370d3aeedd7183606fd7f', '../../../../../../../../etc/pass'),
    ],
    ['a size that is no number', real.replace('14445097', '1e9')],
    ['another hash', real.replace('hash: md5', 'hash: sha1')],
    ['an unknown key', `${real}evil: 1\n`],
    ['an unknown key of the out', `${real}  evil: 1\n`],
    ['no outs', 'outs: []\n'],
    ['text', 'hello'],
    ['nothing', ''],
    ['broken YAML', 'outs: [\n'],
    ['an alias', 'outs: &a\n- *a\n'],
    ['a giant', `# ${'x'.repeat(300_000)}\n${real}`],
  ])('refuses %s', (_, text) => {
    expect(() => parsePointer(text, 'data/x.dvc')).toThrow(
      expect.objectContaining({
        kind: 'input',
        code: 'DVC_POINTER',
        where: expect.objectContaining({ file: 'data/x.dvc' }),
      }),
    );
  });

  it.each([
    ['a folder', real.replace(/7f$/m, '7f.dir')],
    ['DVC 2', real.replace('  hash: md5\n', '')],
    ['two outs', real + real.slice(6)],
    ['an import', `deps:\n- path: x\n${real}`],
    ['push: false', `${real}  push: false\n`],
    ['a cloud version', `${real}  cloud: {}\n`],
  ])('says that %s is not supported', (_, text) => {
    expect(() => parsePointer(text, 'data/x.dvc')).toThrow(
      expect.objectContaining({ code: 'DVC_UNSUPPORTED' }),
    );
  });
});

describe('a remote', () => {
  let folder: string;
  let server: Server;
  let web: string;
  const bytes = Buffer.from('date,delay\r\n2001-01-01,5\r\n');
  const md5 = createHash('md5').update(bytes).digest('hex');
  const pointer = { out: 'a.csv', path: 'data/a.csv', md5, sizeBytes: bytes.length };
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
  const fetchFrom = (url: string, wanted: typeof pointer | { sizeBytes: null } = pointer) =>
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

  it.each(['http://example.test/x', 's3://bucket/x', 'https://user:pass@example.test/', 'relative', ''])(
    'refuses the address %j without repeating a password',
    (url) => {
      const open = () => openRemote(url);
      expect(open).toThrow(expect.objectContaining({ code: 'STORE_URL' }));
      expect(open).not.toThrow(/pass@/);
    },
  );

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
