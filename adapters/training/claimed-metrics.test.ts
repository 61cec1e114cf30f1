import { describe, expect, it } from 'vitest';
import { parseClaimedMetrics, parseParameters } from './claimed-metrics.ts';

const refused = (code: string, pointer?: string) =>
  expect.objectContaining({
    kind: 'input',
    code,
    where: expect.objectContaining({ file: 'm.json', ...(pointer === undefined ? {} : { pointer }) }),
  });

describe('parseClaimedMetrics', () => {
  it('takes finite numbers by name', () => {
    expect(parseClaimedMetrics('{"auc": 0.65, "rows": 1200, "loss": -1e-3}', 'm.json')).toEqual({
      auc: 0.65,
      rows: 1200,
      loss: -0.001,
    });
    expect(parseClaimedMetrics('{}', 'm.json')).toEqual({});
  });

  it.each([
    '{"auc": NaN}',
    '{"auc": Infinity}',
    '{"auc": 1e999}',
    '',
    '{"a": 1, "a": 2}',
    '{"__proto__": 1}',
  ])('refuses %s, which is no strict JSON', (text) => {
    expect(() => parseClaimedMetrics(text, 'm.json')).toThrow(refused('JSON_INVALID'));
  });

  it.each([
    ['{"auc": "0.9"}', '/auc'],
    ['{"auc": null}', '/auc'],
    ['{"auc": true}', '/auc'],
    ['{"a/b": {"c": 1}}', '/a~1b'],
    ['[0.5]', ''],
    ['0.5', ''],
    ['null', ''],
  ])('refuses %s and says where', (text, pointer) => {
    expect(() => parseClaimedMetrics(text, 'm.json')).toThrow(refused('CLAIMED_METRICS', pointer));
  });
});

describe('parseParameters', () => {
  it('takes text, numbers and booleans, and nothing else', () => {
    expect(parseParameters('{"a": 1, "b": "x", "c": false}', 'm.json')).toEqual({ a: 1, b: 'x', c: false });
    expect(() => parseParameters('{"a": [1]}', 'm.json')).toThrow(refused('CLAIMED_METRICS', '/a'));
  });
});
