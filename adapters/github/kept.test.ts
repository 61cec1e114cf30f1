import { describe, expect, it } from 'vitest';
import { Kept } from './kept.ts';

describe('Kept', () => {
  it('keeps up to its weight, and lets go of what was used longest ago', () => {
    const kept = new Kept<string>(10, (value) => value.length);
    kept.put('a', 'aaaa');
    kept.put('b', 'bbbb');
    expect(kept.get('a')).toBe('aaaa');
    kept.put('c', 'cccc');
    expect([kept.get('a'), kept.get('b'), kept.get('c')]).toEqual(['aaaa', undefined, 'cccc']);
    kept.put('c', 'c');
    kept.put('d', 'ddddd');
    expect([kept.get('a'), kept.get('c'), kept.get('d')]).toEqual(['aaaa', 'c', 'ddddd']);
  });

  it('does not keep what would leave no room for anything else', () => {
    const kept = new Kept<string>(10, (value) => value.length);
    kept.put('a', 'a');
    kept.put('b', 'bbbbbb');
    kept.put('c', 'never weighed'.repeat(9));
    expect([kept.get('a'), kept.get('b'), kept.get('c')]).toEqual(['a', undefined, undefined]);
  });

  it('reads a key once for all who ask at the same time, and again after a failure', async () => {
    const kept = new Kept<number>(10);
    let reads = 0;
    const load = async () => {
      reads += 1;
      if (reads === 1) throw new Error('no answer');
      return reads;
    };
    const both = await Promise.allSettled([kept.read('a', load), kept.read('a', load)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await Promise.all([kept.read('a', load), kept.read('a', load)])).toEqual([2, 2]);
    expect(await kept.read('a', load)).toBe(2);
  });

  it('gives what is not final to whoever asks now, and does not keep it', async () => {
    const kept = new Kept<string>(10);
    const isFinal = (value: string) => value === 'ended';
    expect(await kept.read('run', async () => 'running', isFinal)).toBe('running');
    expect(await kept.read('run', async () => 'ended', isFinal)).toBe('ended');
    expect(await kept.read('run', async () => 'never asked', isFinal)).toBe('ended');
  });
});
