import { describe, expect, it } from 'vitest';
import type { DvcNode } from './node.ts';
import { equalValues, findParameter, listMetrics, parseParameters } from './parameters.ts';

const find = (text: string, key: string): DvcNode | undefined =>
  findParameter(parseParameters(text, 'params.yaml'), key);

describe('parameters', () => {
  it('are found by dotted keys, through maps and lists', () => {
    const text = 'train:\n  rate: 1e-05\n  layers:\n  - size: 8\n';
    expect(find(text, 'train.rate')).toMatchObject({ type: 'float', text: '1e-05' });
    expect(find(text, 'train.layers.0.size')).toMatchObject({ text: '8' });
    for (const key of ['train.size', 'train.layers.1.size', 'train.rate.x', 'train.layers.x'])
      expect(find(text, key)).toBeUndefined();
  });

  it('keep the text of JSON numbers', () => {
    const node = parseParameters('{"a": 0.10, "b": 36893488147419103232, "c": [null, true]}', 'params.json');
    expect(findParameter(node, 'a')).toMatchObject({ text: '0.10' });
    expect(findParameter(node, 'b')).toMatchObject({ type: 'int', text: '36893488147419103232' });
  });

  it.each([
    ['1e-3', '0.001', true],
    ['1', '1.0', true],
    ['1_000', '1000', true],
    ['true', 'True', true],
    ["'1'", '1', false],
    ['[1, 2]', '[1, 2.0]', true],
    ['[1, 2]', '[2, 1]', false],
    ['[1]', '[1, 2]', false],
    ['{a: 1, b: 2}', '{b: 2, a: 1}', true],
    ['{a: 1}', '{b: 1}', false],
    ['.nan', '1', false],
    ['null', "''", false],
    ['9007199254740993', '9007199254740992', false],
  ])('%s and %s are the same to DVC: %s', (a, b, same) => {
    const read = (text: string) => find(`x: ${text}\n`, 'x') as DvcNode;
    expect(equalValues(read(a), read(b))).toBe(same);
    expect(equalValues(read(b), read(a))).toBe(same);
  });

  it.each([
    ['params.py', 'DVC_UNSUPPORTED'],
    ['params.toml', 'DVC_UNSUPPORTED'],
    ['params', 'DVC_UNSUPPORTED'],
    ['params.yaml', 'DVC_PARAMETERS'],
  ])('of %s are refused when they cannot be read', (file, code) => {
    expect(() => parseParameters('- 1\n', file)).toThrow(
      expect.objectContaining({ kind: 'input', code, where: { file } }),
    );
    expect(() => parseParameters('{"a": 1, "a": 2}', 'x.json')).toThrow();
  });
});

describe('metrics', () => {
  it('are the leaves that are numbers, texts or truth values', () => {
    const text =
      '{"train": {"auc": 0.9, "by": [1], "none": null, "empty": {}}, "step": 3, "ok": true, "n": "x"}';
    expect(listMetrics(parseParameters(text, 'metrics.json'))).toEqual([
      { name: 'train.auc', value: 0.9 },
      { name: 'step', value: 3 },
      { name: 'ok', value: true },
      { name: 'n', value: 'x' },
    ]);
    const yaml = listMetrics(parseParameters('a: .nan\nb: 2020-01-01\nc: {d: 1_0}\n', 'm.yaml'));
    expect(yaml).toEqual([
      { name: 'a', value: Number.NaN },
      { name: 'c.d', value: 10 },
    ]);
  });
});
