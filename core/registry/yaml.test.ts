import { describe, expect, it } from 'vitest';
import { renderYaml } from './yaml.ts';

describe('the YAML of the ledger', () => {
  const first = [
    ...['v', 'model', 'version', 'dataset', 'gate', 'metric', 'endpoint', 'champion', 'previous', 'id'],
    ...['login', 'registeredAt', 'description', 'stage', 'stages', 'since', 'artifact', 'lineage', 'metrics'],
    'gates',
  ];
  const keysOf = (text: string) => text.split('\n').flatMap((line) => line.split(':')[0] || []);

  it('names first what a reader looks for, then all else by name, whatever order the data has', () => {
    const others = ['aa', 'ab', 'zz'];
    const all = [...first, ...others];
    const value = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, 1]));
    for (const keys of [all, [...all].reverse(), [...others, ...first], [...all].sort()]) {
      expect(keysOf(renderYaml(value(keys)))).toEqual(all);
    }
    expect(renderYaml([{ list: [value(['b', 'v', 'a'])] }])).toBe(
      '- list:\n    - v: 1\n      a: 1\n      b: 1\n',
    );
  });

  it('writes the same thing twice in full, and folds no line before 110 characters', () => {
    const same = { a: 1 };
    expect(renderYaml({ w: same, x: same })).toBe('w:\n  a: 1\nx:\n  a: 1\n');
    const words = (count: number) => Array.from({ length: count }, () => 'word').join(' ');
    expect(
      renderYaml({ k: words(20) })
        .trimEnd()
        .split('\n'),
    ).toHaveLength(1);
    expect(
      renderYaml({ k: words(40) })
        .trimEnd()
        .split('\n').length,
    ).toBeGreaterThan(1);
    expect([null, 'text', 7].map(renderYaml)).toEqual(['null\n', 'text\n', '7\n']);
  });
});
