import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LockedStage, parseLock } from '../../core/dvc/lock.ts';
import { toStageFolder, verifyStage } from './verify.ts';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
let repository: string;
beforeEach(async () => {
  repository = await mkdtemp(join(tmpdir(), 'gatehouse-verify-'));
  await mkdir(join(repository, '.git'));
  await mkdir(join(repository, 'sub', 'raw'), { recursive: true });
  await writeFile(join(repository, 'sub', 'raw', 'foo'), 'foo');
  await writeFile(join(repository, 'sub', 'raw', 'bar'), 'bar');
  await writeFile(join(repository, 'sub', 'out.csv'), 'a\r\n');
  await writeFile(join(repository, 'sub', 'params.yaml'), 'seed: 17\ntrain:\n  rate: 1e-5\n');
});
afterEach(() => rm(repository, { recursive: true }));

const lock = (change: (text: string) => string = (text) => text): LockedStage => {
  const text = change(`schema: '2.0'
stages:
  a:
    cmd: make
    deps:
    - path: raw
      hash: md5
      md5: 5ea40360f5b4ec688df672a4db9c17d1.dir
      size: 6
      nfiles: 2
    params:
      params.yaml:
        seed: 17
        train.rate: 1e-05
    outs:
    - path: out.csv
      hash: md5
      md5: ${md5('a\r\n')}
      size: 3
`);
  const stage = parseLock(text, 'sub/dvc.lock').stages.get('a');
  if (stage === undefined) throw new Error('the lock has no stage');
  return stage;
};
const verify = (stage: LockedStage) =>
  verifyStage(stage, { repository, folder: toStageFolder(repository, 'sub/dvc.lock', '.') });

describe('verifyStage', () => {
  it('says nothing when all is as it was, by the recipe of DVC 3 and of DVC 2', async () => {
    expect(await verify(lock())).toEqual([]);
    const old = lock((text) => text.replaceAll('      hash: md5\n', '').replace(md5('a\r\n'), md5('a\n')));
    expect(await verify(old)).toEqual([]);
  });

  it('names what has changed', async () => {
    await writeFile(join(repository, 'sub', 'raw', 'new'), '');
    await writeFile(join(repository, 'sub', 'out.csv'), 'b\r\n');
    await writeFile(join(repository, 'sub', 'params.yaml'), 'seed: 18\n');
    const found = await verify(lock());
    expect(found.map(({ kind, name }) => [kind, name])).toEqual([
      ['changed', 'raw'],
      ['changed', 'params.yaml:seed'],
      ['missing', 'params.yaml:train.rate'],
      ['changed', 'out.csv'],
    ]);
    // Parameters may be secrets: what they are is not repeated.
    expect(JSON.stringify(found)).not.toContain('18');
  });

  it.each([
    ['another size', (text: string) => text.replace('size: 3', 'size: 4'), 'changed'],
    ['a file for a folder', (text: string) => text.replace('path: raw', 'path: raw/foo'), 'changed'],
    ['a file that is gone', (text: string) => text.replace('out.csv', 'gone.csv'), 'missing'],
    ['no digest', (text: string) => text.replace(/ {6}md5: .{32}\n/, ''), 'unchecked'],
    ['a foreign digest', (text: string) => text.replace(/md5: .{32}\n/, 'etag: a1\n'), 'unchecked'],
    ['a file of another machine', (text: string) => text.replace('out.csv', 's3://b/out.csv'), 'unchecked'],
    ['a path that climbs out', (text: string) => text.replace('out.csv', '../../../etc/passwd'), 'unchecked'],
    ['an absolute path', (text: string) => text.replace('out.csv', '/etc/passwd'), 'unchecked'],
    ['parameters that are code', (text: string) => text.replace('params.yaml', 'params.py'), 'unchecked'],
  ])('does not pass %s', async (_, change, kind) => {
    await writeFile(join(repository, 'sub', 'params.py'), 'seed = 17\n');
    expect(await verify(lock(change))).toEqual([expect.objectContaining({ kind })]);
  });

  it('follows no link out of the repository', async () => {
    await rm(join(repository, 'sub', 'out.csv'));
    await symlink('/etc/passwd', join(repository, 'sub', 'out.csv'));
    expect(await verify(lock())).toEqual([expect.objectContaining({ kind: 'unchecked', name: 'out.csv' })]);
    await symlink('/etc/passwd', join(repository, 'sub', 'raw', 'link'));
    expect((await verify(lock()))[0]).toMatchObject({ kind: 'unchecked', name: 'raw' });
  });
});
