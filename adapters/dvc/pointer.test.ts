import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePointer, writePointer } from './pointer.ts';

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
    expect(pointer).toEqual({
      ...{ out: 'data.xml', path: 'data/data.xml', kind: 'file', hash: 'md5', md5, sizeBytes: 14_445_097 },
      ...{ files: null, imported: null },
    });
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
        expect(parsePointer(text, 'data/x.dvc')).toMatchObject({
          ...{ out, path: `data/${out}`, md5: hash, sizeBytes },
        });
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
    ['a file that counts files', `${real}  nfiles: 2\n`],
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

  it('reads folders, with and without their count, and writes them as DVC does', () => {
    const folder = `outs:
- md5: 5ea40360f5b4ec688df672a4db9c17d1.dir
  size: 6
  nfiles: 2
  hash: md5
  path: prepared
`;
    const pointer = parsePointer(folder, 'data/prepared.dvc');
    expect(pointer).toMatchObject({ kind: 'folder', path: 'data/prepared', sizeBytes: 6, files: 2 });
    expect(pointer.md5).toBe('5ea40360f5b4ec688df672a4db9c17d1.dir');
    expect(writePointer({ ...pointer, sizeBytes: 6 })).toBe(folder);
    expect(parsePointer(folder.replace(/ {2}nfiles.*\n/, ''), 'x.dvc').files).toBeNull();
  });

  it('knows DVC 2 by the missing hash: its digest is of another recipe', () => {
    expect(parsePointer(real.replace('  hash: md5\n', ''), 'x.dvc')).toMatchObject({
      hash: 'md5-dos2unix',
      md5: '22a1a2931c8370d3aeedd7183606fd7f',
    });
  });

  it('records where data was imported from, without the token in the address', () => {
    const repository = `frozen: true
deps:
- path: get-started/data.xml
  repo:
    url: https://me:token@example.test/registry?key=secret
    rev: main
    rev_lock: f31f5c4cdae787b4bdeb97a717687d44667d9e62
${real}`;
    expect(parsePointer(repository, 'x.dvc').imported).toEqual({
      kind: 'repository',
      url: 'https://example.test/registry',
      path: 'get-started/data.xml',
      revision: 'f31f5c4cdae787b4bdeb97a717687d44667d9e62',
    });
    const url = `deps:\n- etag: '"a1"'\n  size: 3\n  path: s3://bucket/raw.csv\n${real}`;
    expect(parsePointer(url, 'x.dvc').imported).toMatchObject({ kind: 'url', url: 's3://bucket/raw.csv' });
    const database = `deps:\n- db:\n    query: select secret\n    connection: warehouse\n${real}`;
    const imported = parsePointer(database, 'x.dvc').imported;
    expect(imported).toMatchObject({ kind: 'database', url: 'warehouse' });
    expect(JSON.stringify(imported)).not.toContain('secret');
    expect(parsePointer(`cmd: make\ndeps:\n- path: raw.csv\n${real}`, 'x.dvc').imported).toBeNull();
  });

  it.each([
    ['two outs', real + real.slice(6)],
    ['push: false', `${real}  push: false\n`],
    ['cache: false', `${real}  cache: false\n`],
    ['a remote of its own', `${real}  remote: other\n`],
    ['an etag alone', real.replace('md5: 22a1', 'etag: 22a1')],
    [
      'a cloud version',
      'outs:\n- path: a.csv\n  size: 3\n  cloud:\n    s3:\n      etag: a\n      version_id: b\n',
    ],
    [
      'a folder of cloud versions',
      'outs:\n- path: a\n  files:\n  - relpath: b\n    md5: acbd18db4cc2f85cedef654fccc4a4d8\n    version_id: v\n',
    ],
  ])('says that %s is not supported', (_, text) => {
    expect(() => parsePointer(text, 'data/x.dvc')).toThrow(
      expect.objectContaining({ code: 'DVC_UNSUPPORTED' }),
    );
  });
});
