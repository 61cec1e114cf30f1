import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ServiceError } from '../../core/error/error.ts';
import { parseCheckpoint } from '../../core/training/checkpoint.ts';
import { type CheckpointSaver, openCheckpointSaver, type SaverOptions } from './save.ts';
import { openShelf, type Shelf } from './shelf.fixture.ts';

const minuteMs = 60_000;
let root: string;
let folder: string;
let shelf: Shelf;
let lines: string[];
let nowMs: number;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'checkpoint-'));
  folder = join(root, 'work', 'ckpt');
  for (const one of ['work/ckpt', 'scratch', 'shelf']) mkdirSync(join(root, one), { recursive: true });
  shelf = openShelf(join(root, 'shelf'));
  lines = [];
  nowMs = Date.parse('2026-06-01T10:00:00Z');
});
afterEach(() => rmSync(root, { recursive: true }));

const open = (own: Partial<SaverOptions> = {}): CheckpointSaver =>
  openCheckpointSaver({
    ...{
      workspace: join(root, 'work'),
      folder,
      scratch: join(root, 'scratch'),
      key: 'churn',
      runId: 5,
      runAttempt: 2,
      everyMs: 10 * minuteMs,
    },
    ...{
      uploader: shelf.uploader,
      now: () => new Date(nowMs),
      log: (line) => lines.push(line),
      restored: null,
    },
    attempts: () => ({ v: 1, runId: 5, ended: [], open: null, heardAt: new Date(nowMs).toISOString() }),
    ...own,
  });
const write = (path: string, text: string): void => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
};

describe('a saver of checkpoints', () => {
  it('saves the first one as soon as it is there, then at the interval, each content once, and keeps the newest two', async () => {
    const saver = open();
    await saver.look();
    expect(shelf.names()).toEqual([]);
    write('epoch', '1');
    await saver.look();
    expect(shelf.names()).toHaveLength(1);
    write('epoch', '2');
    await saver.look();
    expect(shelf.names()).toHaveLength(1);
    const digests = [];
    for (const epoch of ['1', '1', '2', '3']) {
      write('epoch', epoch);
      nowMs += 10 * minuteMs;
      await saver.look();
      await saver.look();
      digests.push(saver.newest());
    }
    expect(digests[0]).toBe(digests[1]);
    expect(new Set(digests).size).toBe(3);
    expect(shelf.names()).toEqual([
      `gatehouse-checkpoint-churn-2-2-${digests[2]?.slice(7, 23)}`,
      `gatehouse-checkpoint-churn-2-3-${digests[3]?.slice(7, 23)}`,
    ]);
    expect(lines).toHaveLength(3);
    expect(readdirSync(join(root, 'scratch'))).toEqual([]);
  });

  it('puts files, their digests and the attempts into the artifact', async () => {
    write('epoch-3/model.pt', 'weights');
    write('.state', '3');
    const digest = await open().save();
    const files = unzipSync(await shelf.read(shelf.names()[0] ?? ''));
    expect(Object.keys(files)).toEqual(['checkpoint.json', 'attempts.json', 'f0001', 'f0002']);
    const text = (name: string) => Buffer.from(files[name] ?? []).toString();
    const checkpoint = parseCheckpoint(text('checkpoint.json'));
    expect(checkpoint).toMatchObject({ runId: 5, runAttempt: 2, number: 1, digest });
    expect(checkpoint.files.map(({ path }) => path)).toEqual(['.state', 'epoch-3/model.pt']);
    expect(text('f0002')).toBe('weights');
  });

  it('has nothing to save without files', async () => {
    expect(await open().save()).toBe(null);
    rmSync(folder, { recursive: true });
    expect(await open().save()).toBe(null);
    expect(lines).toEqual([]);
  });

  it('does not upload what it was restored from', async () => {
    write('a', '1');
    const digest = await open().save();
    expect(await open({ restored: digest }).save()).toBe(digest);
    expect(shelf.names()).toHaveLength(1);
  });

  it('goes on when an upload fails, and tries again', async () => {
    const saver = open();
    write('a', '1');
    shelf.onUpload = () => {
      throw new ServiceError('ARTIFACT_UPLOAD', 'HTTP 500', { hint: '' });
    };
    expect(await saver.save()).toBe(null);
    expect(lines).toEqual(['The checkpoint is not safe yet: HTTP 500']);
    shelf.onUpload = () => undefined;
    nowMs += 10 * minuteMs;
    await saver.look();
    expect(saver.newest()).toMatch(/^sha256:/);
  });

  it('goes on when an older one cannot be removed', async () => {
    const saver = open({
      uploader: { ...shelf.uploader, remove: () => Promise.reject(new Error('gone already')) },
    });
    for (const text of ['1', '2', '3']) {
      write('a', text);
      await saver.save();
    }
    expect(lines.at(-1)).toMatch(/could not be removed: gone already/);
    expect(shelf.names()).toHaveLength(3);
  });

  it('one look at a time', async () => {
    let running = 0;
    let most = 0;
    shelf.onUpload = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 30));
      running -= 1;
    };
    write('a', '1');
    const saver = open();
    nowMs += 10 * minuteMs;
    const looks = [saver.look(), saver.look()];
    write('a', '2');
    await Promise.all([...looks, saver.save()]);
    expect(most).toBe(1);
  });

  it('does not follow links, of files, folders or the folder itself', async () => {
    const secret = join(root, 'secret');
    mkdirSync(secret);
    writeFileSync(join(secret, 'key'), 'k');
    symlinkSync(secret, join(folder, 'folder'));
    symlinkSync(join(secret, 'key'), join(folder, 'file'));
    expect(await open().save()).toBe(null);
    symlinkSync(secret, join(root, 'work', 'link'));
    expect(await open({ folder: join(root, 'work', 'link') }).save()).toBe(null);
  });

  it.each<readonly [string, () => void, RegExp]>([
    ['too large', () => write('a', 'x'.repeat(2001)), /at most 1 MiB are kept/],
    ['a name', () => write('a\nb', '1'), /a file name of it cannot be kept/],
    [
      'too many files',
      () => {
        for (let at = 0; at <= 1000; at += 1) write(`f${at}`, '');
      },
      /1001 files, at most 1000/,
    ],
  ])('says once why it keeps nothing: %s', async (_, make, why) => {
    make();
    const saver = open({ limitBytes: 2000 });
    expect(await saver.save()).toBe(null);
    await saver.save();
    expect(lines).toEqual([expect.stringMatching(why)]);
    expect(shelf.names()).toEqual([]);
  });
});
