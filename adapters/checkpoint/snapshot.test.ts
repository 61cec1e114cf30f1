import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
  takeSnapshot({ folder: join(root, 'ckpt'), copies: join(root, 'copies'), limitBytes: 1e9, mark });

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
});
