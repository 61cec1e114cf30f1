import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeSnapshot } from './snapshot.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'snapshot-'));
  mkdirSync(join(root, 'ckpt'));
});
afterEach(() => rmSync(root, { recursive: true }));

const take = (mark: string | null = null) =>
  takeSnapshot({
    workspace: root,
    folder: join(root, 'ckpt'),
    copies: join(root, 'copies'),
    limitBytes: 1e9,
    mark,
  });

/** The folder was listed, and its first file is being copied. */
async function copying(): Promise<void> {
  while (!existsSync(join(root, 'copies')) || readdirSync(join(root, 'copies')).length === 0)
    await new Promise((resolve) => setImmediate(resolve));
}

describe('takeSnapshot', () => {
  it('sees a file that changes while it is copied', async () => {
    writeFileSync(join(root, 'ckpt', 'a'), Buffer.alloc(20_000_000));
    writeFileSync(join(root, 'ckpt', 'b'), '1');
    let count = 0;
    const writer = setInterval(() => {
      count += 1;
      writeFileSync(join(root, 'ckpt', 'b'), String(count));
    }, 1);
    const { outcome, mark } = await take();
    clearInterval(writer);
    expect(count).toBeGreaterThan(0);
    expect(outcome.kind).toBe('unsettled');
    expect(mark).toBe(null);
  });

  it('does not read again what has not changed', async () => {
    writeFileSync(join(root, 'ckpt', 'a'), '1');
    const first = await take();
    expect(first.outcome.kind).toBe('snapshot');
    expect((await take(first.mark)).outcome.kind).toBe('unchanged');
    // The same size, written again.
    writeFileSync(join(root, 'ckpt', 'a'), '2');
    expect((await take(first.mark)).outcome.kind).toBe('snapshot');
  });

  it('follows no link on the way to the folder: the command sees less of the machine than we do', async () => {
    mkdirSync(join(root, 'outside', 'ckpt'), { recursive: true });
    writeFileSync(join(root, 'outside', 'ckpt', 'id_rsa'), 'secret');
    mkdirSync(join(root, 'work'));
    symlinkSync(join(root, 'outside'), join(root, 'work', 'models'));
    const workspace = join(root, 'work');
    const { outcome } = await takeSnapshot({
      ...{ workspace, folder: join(workspace, 'models', 'ckpt'), copies: join(root, 'copies') },
      ...{ limitBytes: 1e9, mark: null },
    });
    expect(outcome).toEqual({ kind: 'empty' });
    // On a folder that is shared with an engine the checkout itself may be moved away.
    symlinkSync(join(root, 'outside'), join(root, 'moved'));
    const moved = { workspace: join(root, 'moved'), folder: join(root, 'moved', 'ckpt') };
    const request = { ...moved, copies: join(root, 'copies'), limitBytes: 1e9, mark: null };
    expect((await takeSnapshot(request)).outcome).toEqual({ kind: 'empty' });
  });

  it('takes no bytes of a folder that is a link for a moment, and waits for no pipe', async () => {
    mkdirSync(join(root, 'ckpt', 'b'));
    mkdirSync(join(root, 'outside'));
    writeFileSync(join(root, 'ckpt', 'a'), Buffer.alloc(60_000_000));
    writeFileSync(join(root, 'ckpt', 'b', 'key'), 'plain');
    writeFileSync(join(root, 'outside', 'key'), 'stolen');
    const look = take();
    await copying();
    renameSync(join(root, 'ckpt', 'b'), join(root, 'away'));
    symlinkSync(join(root, 'outside'), join(root, 'ckpt', 'b'));
    expect((await look).outcome.kind).toBe('unsettled');
    rmSync(join(root, 'ckpt', 'b'));
    renameSync(join(root, 'away'), join(root, 'ckpt', 'b'));
    rmSync(join(root, 'copies'), { recursive: true });
    const again = take();
    await copying();
    rmSync(join(root, 'ckpt', 'b', 'key'));
    execFileSync('mkfifo', [join(root, 'ckpt', 'b', 'key')]);
    expect((await again).outcome.kind).toBe('unsettled');
  });

  it('does not look through folders without end', async () => {
    for (let at = 0; at < 5; at += 1)
      for (let of = 0; of < 5; of += 1) mkdirSync(join(root, 'ckpt', `${at}`, `${of}`), { recursive: true });
    const folder = { workspace: root, folder: join(root, 'ckpt'), copies: join(root, 'copies') };
    const { outcome } = await takeSnapshot({ ...folder, limitBytes: 1e9, mark: null, mostListed: 20 });
    expect(outcome).toMatchObject({ kind: 'refused', because: expect.stringContaining('more than 20') });
  });
});
