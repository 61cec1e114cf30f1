import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkRepositoryConfig } from './check.ts';

const example = (path: string): string =>
  readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'flights', path), 'utf8')
    .replace('__LABELS__', 'https://labels.example.test/june.csv')
    .replace('__LABELS_SHA256__', 'a'.repeat(64))
    .replace('__STORE__', 'file:///store')
    .replace('__DATA__', 'file:///data')
    .replaceAll('0'.repeat(40), 'b'.repeat(40));

const paths = [
  '.github/gatehouse.yml',
  '.github/workflows/gatehouse.yml',
  'datasets/flights.yml',
  'models/flight-delay/model.yml',
];
const good = new Map(paths.map((path) => [path, example(path)]));
const check = (path: string, from: string | RegExp, to: string) =>
  checkRepositoryConfig(new Map(good).set(path, (good.get(path) ?? '').replace(from, to))).map(
    ({ code, where }) => [code, where?.file, where?.line],
  );

describe('values that cannot be meant', () => {
  it('are none in the example', () => {
    expect(checkRepositoryConfig(good)).toEqual([]);
  });

  it('a commit of zeros', () => {
    const path = '.github/gatehouse.yml';
    expect(check(path, 'b'.repeat(40), '0'.repeat(40))).toContainEqual(['config/placeholder', path, 10]);
  });

  it('a label digest of zeros', () => {
    const path = 'models/flight-delay/model.yml';
    expect(check(path, 'a'.repeat(64), '0'.repeat(64))).toEqual([['config/placeholder', path, 23]]);
  });

  it.each([
    ['a percentage', 'min: 0.6', 'min: 60'],
    ['a negative limit', 'min: 0.6', 'max: -1'],
  ])('%s for a share', (_, from, to) => {
    expect(check('models/flight-delay/model.yml', from, to)).toEqual([
      ['config/gate-impossible', 'models/flight-delay/model.yml', 25],
    ]);
  });
});
