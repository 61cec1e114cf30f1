import { describe, expect, it } from 'vitest';
import { parseOnce } from './parse-once.ts';

function counting(most?: number) {
  const parsed: string[] = [];
  const parse = (text: string, path: string) => {
    parsed.push(`${path} ${text}`);
    if (text === 'bad') throw new Error('bad');
    return { path, list: [{ text }] };
  };
  return { parsed, once: parseOnce(parse, most) };
}

describe('parseOnce', () => {
  it('parses each text of each file once, and what is wrong every time', () => {
    const { parsed, once } = counting();
    const first = once('x', 'a.yml');
    expect(once('x', 'a.yml')).toBe(first);
    expect(once('x', 'b.yml')).toEqual({ path: 'b.yml', list: [{ text: 'x' }] });
    for (const _ of [1, 2]) expect(() => once('bad', 'a.yml')).toThrow('bad');
    expect(parsed).toEqual(['a.yml x', 'b.yml x', 'a.yml bad', 'a.yml bad']);
  });

  it('lets nobody change what others are given', () => {
    const value = counting().once('x', 'a.yml') as { list: { text: string }[] };
    expect(() => value.list.push({ text: 'y' })).toThrow(TypeError);
    expect(() => Object.assign(value.list[0] ?? {}, { text: 'y' })).toThrow(TypeError);
  });

  it('forgets what was used longest ago, and keeps nothing that alone is too much', () => {
    const { parsed, once } = counting(8);
    for (const text of ['x', 'y', 'x', 'z', 'x', 'y', 'far too long', 'x']) once(text, 'f');
    expect(parsed).toEqual(['f x', 'f y', 'f z', 'f y', 'f far too long', 'f x']);
  });
});
