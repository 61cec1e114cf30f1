import { expect, it } from 'vitest';
import { parseContract } from './contract-file.ts';
import { hasWildcard, matchesGlob } from './glob.ts';

const contractOf = (files: readonly string[]): string => `version: 1
description: x
owner: { users: [omar] }
source: s
legal-basis: l
approved-by: o
expires: "2030-01-01"
access: ["*"]
files: [${files.map((file) => JSON.stringify(file)).join(', ')}]
rows: { min: 1 }
columns:
  - { name: a, type: text }
`;

it('a contract names a thousand files, and a hundred patterns', () => {
  const names = Array.from({ length: 900 }, (_, at) => `data/${at}.csv`);
  const patterns = Array.from({ length: 101 }, (_, at) => `data/*/${at}.csv`);
  const fits = [...names, ...patterns.slice(0, 100)];
  expect(parseContract(contractOf(fits), 'datasets/d.yml').files).toHaveLength(1000);
  expect(() => parseContract(contractOf(patterns), 'datasets/d.yml')).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      findings: [expect.objectContaining({ allowed: 'at most 100 of them with wildcards' })],
    }),
  );
});

it('plain ends of a pattern rule out what they cannot name, and nothing else', () => {
  expect(matchesGlob(['data/*/a.csv'], 'data/x/a.csv')).toBe(true);
  expect(matchesGlob(['data/*/a.csv'], 'data/a.csv')).toBe(false);
  expect(matchesGlob(['data/**'], 'data/x/y')).toBe(true);
  expect(matchesGlob(['**/a.csv'], 'a.csv')).toBe(true);
  expect(matchesGlob(['aba*aba'], 'ababa')).toBe(false);
  expect(matchesGlob(['aba*aba'], 'abaaba')).toBe(true);
  expect(['a', 'a*', 'a?', '[a]', '{a,b}'].map(hasWildcard)).toEqual([false, true, true, true, true]);
});
