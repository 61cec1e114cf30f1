import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../core/error/error.ts';
import { later, makePoint, makeProgress } from '../../core/training/progress.fixture.ts';
import { parseProgress } from '../../core/training/progress-file.ts';
import { maxProgressArtifacts, openProgressShelf, type UploadArtifact } from './progress-shelf.ts';

const minute = 60_000;
const at = (seconds: number) => makeProgress([makePoint({ step: seconds, at: later(seconds) })]);

function open(upload?: UploadArtifact) {
  const clock = { now: 0 };
  const left: { readonly name: string; readonly text: string; readonly at: number }[] = [];
  const lines: string[] = [];
  const shelf = openProgressShelf(2, {
    upload:
      upload ??
      (async (name, files) => left.push({ name, text: files['progress.json'] ?? '', at: clock.now })),
    now: () => clock.now,
    hide: (text) => text.replace('s3cr3t', '***'),
    log: (line) => lines.push(line),
  });
  return { clock, left, lines, shelf };
}

describe('the shelf', () => {
  it('leaves the first at once, then one a minute, each under its own name', async () => {
    const { clock, left, shelf } = open();
    for (let second = 0; second <= 180; second += 5) {
      clock.now = second * 1000;
      await shelf.offer(at(second));
    }
    expect(left.map(({ name }) => name)).toEqual([1, 2, 3, 4].map((each) => `gatehouse-progress-2-${each}`));
    expect(left.map((each) => each.at)).toEqual([0, minute, 2 * minute, 3 * minute]);
    expect(parseProgress(left[3]?.text ?? '')).toEqual(at(180));
  });

  it('leaves nothing that it left before', async () => {
    const { clock, left, shelf } = open();
    expect(await shelf.offer(at(1))).toBe('left');
    clock.now = 10 * minute;
    expect([await shelf.offer(at(1)), await shelf.finish(at(1))]).toEqual(['not yet', 'not yet']);
    expect(left).toHaveLength(1);
    expect(await shelf.offer(at(2))).toBe('left');
  });

  it('leaves fewer than 100 in five days, and the last state always', async () => {
    const { clock, left, shelf } = open();
    for (let passed = 0; passed <= 5 * 24 * 60; passed += 1) {
      clock.now = passed * minute;
      await shelf.offer(at(passed));
    }
    expect(left.length).toBeGreaterThan(70);
    expect(left.length).toBeLessThan(maxProgressArtifacts);
    expect(await shelf.finish(at(9e6))).toBe('left');
  });

  it('leaves 100 at most, whatever the clock says', async () => {
    const { clock, left, shelf } = open();
    for (let passed = 0; passed < 500; passed += 1) {
      clock.now = passed % 2 === 0 ? 1e12 * passed : 0;
      await shelf.offer(at(passed));
    }
    for (let passed = 0; passed < 5; passed += 1) await shelf.finish(at(1000 + passed));
    expect(left.length).toBeLessThanOrEqual(maxProgressArtifacts);
  });

  it('goes on when an upload fails, and does not hurry after it', async () => {
    const failing = () => Promise.reject(new ServiceError('UPLOAD', 'no', { hint: 'x' }));
    const { clock, lines, shelf } = open(failing);
    expect(await shelf.offer(at(1))).toBe('failed');
    clock.now = minute - 1;
    expect(await shelf.offer(at(2))).toBe('not yet');
    clock.now = minute;
    expect(await shelf.offer(at(2))).toBe('failed');
    expect(lines[0]).toContain('UPLOAD: no. The training goes on.');
    const odd = open(() => Promise.reject(new Error('odd')));
    await odd.shelf.offer(at(1));
    expect(odd.lines[0]).toContain('odd');
  });

  it('starts no second upload while one runs, and the last one after it', async () => {
    const ends: (() => void)[] = [];
    const { clock, shelf } = open(() => new Promise<void>((resolve) => ends.push(resolve)));
    const first = shelf.offer(at(1));
    clock.now = 5 * minute;
    expect(await shelf.offer(at(2))).toBe('not yet');
    const last = shelf.finish(at(2));
    expect(ends).toHaveLength(1);
    ends[0]?.();
    expect(await first).toBe('left');
    await new Promise((resolve) => setImmediate(resolve));
    ends[1]?.();
    expect(await last).toBe('left');
  });

  it('keeps the last two where it can remove one, and goes on where it cannot', async () => {
    const removed: string[] = [];
    const clock = { now: 0 };
    const shelf = openProgressShelf(1, {
      upload: async () => undefined,
      remove: async (name) => {
        removed.push(name);
        if (removed.length === 1) throw new Error('no');
      },
      now: () => clock.now,
      hide: (text) => text,
      log: () => undefined,
    });
    for (let passed = 0; passed < 4; passed += 1) {
      clock.now = passed * minute;
      expect(await shelf.offer(at(passed))).toBe('left');
    }
    expect(removed).toEqual(['gatehouse-progress-1-1', 'gatehouse-progress-1-2']);
  });

  it('leaves out a metric whose name holds a secret', async () => {
    const { left, shelf } = open();
    await shelf.offer(makeProgress([makePoint({ step: 1, metrics: { 'my-s3cr3t': 1, loss: 2 } })]));
    expect(left[0]?.text).not.toContain('s3cr3t');
    expect(parseProgress(left[0]?.text ?? '').points[0]?.metrics).toEqual({ loss: 2 });
  });
});
