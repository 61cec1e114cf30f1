import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PlaceServer, servePlace } from '../store/server.fixture.ts';
import { parsePointer } from './pointer.ts';
import { openRemote } from './remote.ts';

const key = { id: 'AKIDTEST', secret: 'secret', region: 'us-east-1' };
const env = { AWS_ACCESS_KEY_ID: key.id, AWS_SECRET_ACCESS_KEY: key.secret };
let server: PlaceServer;
let folder: string;
afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

describe.each([
  ['a bucket', key, 's3+', '/data/dvc'],
  ['a web server', null, '', '/dvc'],
])('what is pushed to %s', (_name, checked, scheme, prefix) => {
  beforeEach(async () => {
    server = await servePlace(checked);
    folder = await mkdtemp(join(tmpdir(), 'gatehouse push '));
    await mkdir(join(folder, 'data', 'deep'), { recursive: true });
    await writeFile(join(folder, 'data', 'a.csv'), 'a\n1\n');
    await writeFile(join(folder, 'data', 'deep', 'b.csv'), 'b\n2\n');
  });
  const open = () => openRemote(`${scheme}${server.origin}${prefix}`, undefined, { env, delaysMs: [] });
  const pointerOf = (md5: string, more: string) =>
    parsePointer(`outs:\n- md5: ${md5}\n  hash: md5\n  path: data\n${more}`, 'data.dvc');

  it('is a file that can be fetched again, and costs nothing the second time', async () => {
    const { md5, sizeBytes } = await open().push(join(folder, 'data', 'a.csv'));
    expect([...server.kept.keys()]).toEqual([`${prefix}/files/md5/${md5.slice(0, 2)}/${md5.slice(2)}`]);
    expect(await open().push(join(folder, 'data', 'a.csv'))).toEqual({ md5, sizeBytes, files: null });
    const to = join(folder, 'back');
    await open().fetch(pointerOf(md5, `  size: ${sizeBytes}\n`), 'data.dvc', to);
    expect(await readFile(to, 'utf8')).toBe('a\n1\n');
  });

  it('is a folder, its list last, that can be fetched again', async () => {
    const { md5, sizeBytes, files } = await open().push(join(folder, 'data'));
    expect([md5.endsWith('.dir'), sizeBytes, files]).toEqual([true, 8, 2]);
    expect([...server.kept.keys()].at(-1)).toMatch(/\.dir$/);
    const pointer = pointerOf(md5, `  size: ${sizeBytes}\n  nfiles: ${files}\n`);
    const found = await open().fetchFolder(pointer, 'data.dvc', ({ relpath }) =>
      join(folder, 'back', relpath),
    );
    expect(found.map(({ path }) => path)).toEqual(['data/a.csv', 'data/deep/b.csv']);
    expect(await readFile(join(folder, 'back', 'deep', 'b.csv'), 'utf8')).toBe('b\n2\n');
  });

  it('never replaces other bytes that lie there', async () => {
    const { md5 } = await open().push(join(folder, 'data', 'a.csv'));
    const [path = ''] = server.kept.keys();
    server.kept.set(path, Buffer.from('evil'));
    await expect(open().push(join(folder, 'data', 'a.csv'))).rejects.toMatchObject({
      code: 'DVC_DIGEST',
      message: expect.stringContaining(md5.slice(2)),
    });
    expect(server.kept.get(path)?.toString()).toBe('evil');
  });
});
