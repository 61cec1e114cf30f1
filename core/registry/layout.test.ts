import { expect, test } from 'vitest';
import { isTransactionPath, transactionPath, versionPath } from './layout.ts';

test('a folder of entries holds a thousand of them, however many there are', () => {
  const at = (first: number) => transactionPath('growth/churn', first);
  expect([0, 999, 1000, 123_456, 1_000_000].map(at)).toEqual([
    'audit/growth/churn/000/000000.json',
    'audit/growth/churn/000/000999.json',
    'audit/growth/churn/001/001000.json',
    'audit/growth/churn/123/123456.json',
    'audit/growth/churn/1000/1000000.json',
  ]);
  for (const first of [0, 1000, 1_000_000]) expect(isTransactionPath(at(first))).toBe(true);
  expect(isTransactionPath('audit/growth/churn/ops/000042.json')).toBe(false);
  expect(versionPath('churn', 12_345)).toBe('models/churn/versions/12345.yml');
});
