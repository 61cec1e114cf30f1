import { describe, expect, it } from 'vitest';
import { LimitError } from '../adapters/github/budget/limit-error.ts';
import { silentLog } from './log.ts';
import { LookQueue } from './queue.ts';

/** Work that waits until it is let go. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe('LookQueue', () => {
  it('looks once more, not ten times, after events that came during a look', async () => {
    const queue = new LookQueue(silentLog);
    const { open, opened } = gate();
    let looks = 0;
    queue.add('pr', async () => {
      looks += 1;
      await opened;
    });
    for (let event = 0; event < 10; event += 1)
      queue.add('pr', async () => {
        looks += 1;
      });
    open();
    await queue.idle();
    expect(looks).toBe(2);
  });

  it('takes a light look only while nobody looks', async () => {
    const queue = new LookQueue(silentLog);
    const { open, opened } = gate();
    const looks: string[] = [];
    queue.add('pr', async () => {
      looks.push('whole');
      await opened;
    });
    const light = async () => void looks.push('light');
    expect(queue.addIfFree('pr', light)).toBe(false);
    open();
    await queue.idle();
    expect(queue.addIfFree('pr', light)).toBe(true);
    await queue.idle();
    expect(looks).toEqual(['whole', 'light']);
  });

  it('runs one look of a key at a time, and other keys beside it', async () => {
    const queue = new LookQueue(silentLog);
    const running = new Set<string>();
    let most = 0;
    const work = (key: string) => async () => {
      expect(running.has(key)).toBe(false);
      running.add(key);
      most = Math.max(most, running.size);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running.delete(key);
    };
    for (let event = 0; event < 50; event += 1) queue.add(`pr ${event % 3}`, work(`pr ${event % 3}`));
    await queue.idle();
    expect(most).toBe(3);
  });

  it('tries a failed look again, and gives up to the next event after the last wait', async () => {
    const queue = new LookQueue(silentLog, [1, 1]);
    let looks = 0;
    queue.add('pr', async () => {
      looks += 1;
      throw new Error('no network');
    });
    await queue.idle();
    expect(looks).toBe(3);
    queue.add('pr', async () => {
      looks += 1;
    });
    await queue.idle();
    expect(looks).toBe(4);
  });

  it('comes again at the time that a limit names, however often, and counts that as no attempt', async () => {
    const queue = new LookQueue(silentLog, [1]);
    let looks = 0;
    const isDone = queue.add('pr', async () => {
      looks += 1;
      if (looks <= 4) throw new LimitError('GITHUB_LIMITED', 'later', 1);
      if (looks === 5) throw new Error('no network');
    });
    expect(await isDone).toBe(true);
    expect(looks).toBe(6);
  });

  it('is not hurt by work that throws at once', async () => {
    const queue = new LookQueue(silentLog, []);
    queue.add('pr', () => {
      throw new Error('at once');
    });
    await queue.idle();
  });

  it('holds no more than one look for each of 50 pull requests under 10,000 events', async () => {
    const queue = new LookQueue(silentLog);
    const looks = new Map<string, number>();
    for (let event = 0; event < 10_000; event += 1) {
      const key = `pr ${event % 50}`;
      queue.add(key, async () => {
        looks.set(key, (looks.get(key) ?? 0) + 1);
        await new Promise((resolve) => setImmediate(resolve));
      });
    }
    await queue.idle();
    expect(looks.size).toBe(50);
    expect(Math.max(...looks.values())).toBe(2);
  });

  it('forgets retries when it stops, so that a process can end', async () => {
    const queue = new LookQueue(silentLog, [1_000_000]);
    queue.add('pr', () => Promise.reject(new Error('later')));
    await new Promise((resolve) => setTimeout(resolve, 5));
    queue.stop();
    await queue.idle();
  });

  it('tells everybody who asked that it is done, also those whose look another one took the place of', async () => {
    const queue = new LookQueue(silentLog, [1]);
    const { open, opened } = gate();
    const asked = [queue.add('pr', () => opened)];
    for (let event = 0; event < 3; event += 1) asked.push(queue.add('pr', async () => undefined));
    open();
    expect(await Promise.all(asked)).toEqual([true, true, true, true]);
  });

  it('says true only after a retry that went well, and false when all of them failed', async () => {
    const queue = new LookQueue(silentLog, [1, 1]);
    let left = 2;
    const mended = queue.add('mended', async () => {
      left -= 1;
      if (left >= 0) throw new Error('no network');
    });
    const broken = queue.add('broken', () => Promise.reject(new Error('no network')));
    expect(await mended).toBe(true);
    expect(await broken).toBe(false);
  });

  it('says false of what it did not do before it stopped, and begins nothing afterwards', async () => {
    const queue = new LookQueue(silentLog);
    const { open, opened } = gate();
    let later = false;
    const running = queue.add('pr', () => opened);
    const waiting = queue.add('pr', async () => {
      later = true;
    });
    queue.stop();
    open();
    expect(await Promise.all([running, waiting])).toEqual([true, false]);
    expect(await queue.add('other', async () => undefined)).toBe(false);
    expect(later).toBe(false);
  });
});
