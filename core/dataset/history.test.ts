import { expect, test } from 'vitest';
import type { Contract } from '../config/contract.ts';
import { judgeHistory } from './history.ts';

const contract = { dataset: 'flights' } as Contract;
const digest = `sha256:${'a'.repeat(64)}` as const;
const other = `sha256:${'b'.repeat(64)}` as const;
const positions = (pointer: string) => ({ file: 'datasets/flights.yml', pointer });
const version = (model: string, number: number, champion = false) => ({ model, version: number, champion });

test('data that a watch refused stays refused, by dataset and the digest of data and contract', () => {
  const refused = [
    { dataset: 'flights', refusal: other, issue: 4 },
    { dataset: 'weather', refusal: digest, issue: 5 },
  ];
  expect(judgeHistory(contract, digest, refused, [], positions)).toEqual([]);
  const found = judgeHistory(
    contract,
    digest,
    [...refused, { dataset: 'flights', refusal: digest, issue: 7 }],
    [],
    positions,
  );
  expect(found).toMatchObject([{ code: 'data/batch-refused', severity: 'fail' }]);
  expect(found[0]?.message).toContain('issue 7');
});

test('versions that were trained on expired data are listed, champions named as such', () => {
  const [one, ...rest] = judgeHistory(contract, digest, [], [version('delay', 2, true)], positions);
  expect(rest).toEqual([]);
  expect(one).toMatchObject({
    code: 'data/expired-versions',
    severity: 'warn',
    found: 'delay v2 (in production)',
    message: 'One version was trained on "flights", whose retention has ended.',
  });
  const many = Array.from({ length: 25 }, (_, at) => version('delay', 25 - at));
  const [list] = judgeHistory(contract, digest, [], many, positions);
  expect(list?.found).toMatch(/^delay v25, delay v24,.* and 5 more$/);
});
