import { describe, expect, it } from 'vitest';
import type { Contract } from '../config/contract.ts';
import { toDriftRules } from '../config/drift-file.ts';
import { digestDataset } from './digest.ts';
import { resolveFiles } from './files.ts';

const positions = (pointer: string) => ({ file: 'datasets/d.yml', pointer });
const contract: Contract = {
  version: 1,
  dataset: 'd',
  description: 'x',
  owner: { users: [], teams: [] },
  files: ['data/*'],
  columns: [],
  rules: [],
  examples: 3,
  drift: toDriftRules(undefined),
  derivedFrom: [],
  rows: { min: 1 },
  access: ['*'],
  expires: '2030-01-01',
  source: 'x',
  legalBasis: 'x',
  approvedBy: 'x',
};

describe('resolveFiles', () => {
  const listing = (...paths: string[]) =>
    new Map(paths.map((path) => [path, { path, mode: '100644', blob: 'b' }]));

  it('keeps the order of the contract, names once, and passes over what DVC puts beside data', () => {
    const tree = listing('data/b.csv', 'data/a.csv.dvc', 'data/.gitignore', 'other/a.csv', 'data/[x].csv');
    const found = resolveFiles(
      { ...contract, files: ['data/[x].csv', 'data/*', 'data/b.csv'] },
      tree,
      positions,
    );
    expect(found.files.map(({ path }) => path)).toEqual(['data/[x].csv', 'data/a.csv.dvc', 'data/b.csv']);
    expect(found.findings).toEqual([]);
  });

  it('finds names without trying them on every path, and patterns by what they begin and end with', () => {
    const paths = Array.from({ length: 20_000 }, (_, at) => `data/${'ab'.repeat(60)}/${at}.txt`);
    const tree = listing(...paths, 'data/last.csv');
    const names = Array.from({ length: 900 }, (_, at) => `data/${at}.csv`);
    const patterns = Array.from({ length: 100 }, (_, at) => `data/*a*a*a*a*b*b*b/**/x${at}.csv`);
    const start = performance.now();
    const found = resolveFiles(
      { ...contract, files: [...names, 'data/last.csv', ...patterns] },
      tree,
      positions,
    );
    expect(found.files.map(({ path }) => path)).toEqual(['data/last.csv']);
    expect(found.findings).toHaveLength(1000);
    // Some 0.3 s; every name and pattern on every path takes minutes.
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('says which pattern matches nothing, and names the pointer that was probably meant', () => {
    const found = resolveFiles(
      { ...contract, files: ['data/a.csv', 'x/*.csv'] },
      listing('data/a.csv.dvc'),
      positions,
    );
    expect(found.findings).toMatchObject([
      {
        code: 'data/file-missing',
        where: { pointer: '/files/0' },
        fix: expect.stringContaining('data/a.csv.dvc'),
      },
      { code: 'data/file-missing', where: { pointer: '/files/1' }, fix: expect.stringContaining('dvc add') },
    ]);
  });

  it('takes every kind of table that the engine reads', () => {
    const paths = ['a.csv', 'a.csv.gz.dvc', 'a.jsonl.zst', 'a.ndjson', 'a.parquet.dvc', 'folder.dvc'].map(
      (path) => `data/${path}`,
    );
    expect(resolveFiles(contract, listing(...paths), positions)).toMatchObject({ findings: [] });
    const odd = ['data/a.parquet.gz', 'data/a.json', 'data/a.gz', 'data/csv'];
    expect(resolveFiles(contract, listing(...odd), positions).findings).toHaveLength(odd.length);
  });

  it('refuses links, submodules and files that are no tables', () => {
    const tree = new Map([
      ['data/a.csv', { path: 'data/a.csv', mode: '120000', blob: 'b' }],
      ['data/b.csv', { path: 'data/b.csv', mode: '160000', blob: 'b' }],
      ['data/c.txt', { path: 'data/c.txt', mode: '100644', blob: 'b' }],
    ]);
    const found = resolveFiles(contract, tree, positions).findings.map(({ code, found }) => [code, found]);
    expect(found).toEqual([
      ['data/file-kind', 'git mode 120000'],
      ['data/file-kind', 'git mode 160000'],
      ['data/file-kind', 'data/c.txt'],
    ]);
  });
});

describe('digestDataset', () => {
  const file = { path: 'a.csv', md5: null, blob: 'b'.repeat(40), sizeBytes: 1 };

  it('depends on every fact of every file and on their order, and on nothing else', () => {
    const digests = [
      digestDataset([]),
      digestDataset([file]),
      digestDataset([{ ...file, path: 'b.csv' }]),
      digestDataset([{ ...file, md5: 'x' }]),
      digestDataset([{ ...file, blob: 'c' }]),
      digestDataset([{ ...file, sizeBytes: 2 }]),
      digestDataset([file, { ...file, path: 'b.csv' }]),
      digestDataset([{ ...file, path: 'b.csv' }, file]),
    ];
    expect(new Set(digests).size).toBe(digests.length);
    expect(digestDataset([{ ...file, extra: 1 } as typeof file])).toBe(digestDataset([file]));
  });
});
