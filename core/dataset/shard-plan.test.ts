import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutFiles, planShards } from './shard-plan.ts';

const sizes = fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 40 });
const toFiles = (bytes: readonly number[]) =>
  bytes.map((sizeBytes, at) => ({ path: `data/${at}.csv`, sizeBytes }));

test('every file is in one shard, in the order of the dataset, and no shard is empty', () => {
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 20 }), (bytes, most) => {
      const files = toFiles(bytes);
      const shards = planShards(files, most);
      expect(shards.length).toBe(Math.min(most, files.length));
      expect(shards.every((shard) => shard.length > 0)).toBe(true);
      expect(shards.flat().sort((a, b) => files.indexOf(a) - files.indexOf(b))).toEqual(files);
      for (const shard of shards) {
        const places = shard.map((file) => files.indexOf(file));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
      }
    }),
  );
});

test('no shard is larger than another by more than one file', () => {
  fc.assert(
    fc.property(sizes, fc.integer({ min: 2, max: 8 }), (bytes, most) => {
      const sums = planShards(toFiles(bytes), most).map((shard) =>
        shard.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      );
      expect(Math.max(...sums) - Math.min(...sums)).toBeLessThanOrEqual(Math.max(...bytes));
    }),
  );
});

test('files of unknown size are dealt out by number', () => {
  const shards = planShards(toFiles([0, 0, Number.NaN, 0]), 2);
  expect(shards.map((shard) => shard.map(({ path }) => path))).toEqual([
    ['data/0.csv', 'data/2.csv'],
    ['data/1.csv', 'data/3.csv'],
  ]);
});

test('cuts what is larger than a fair share, in order, and nothing that cannot be cut or is too small', () => {
  const cut = cutFiles(
    [
      { path: 'a.csv', sizeBytes: 10, isCuttable: true },
      { path: 'b.csv', sizeBytes: 700, isCuttable: true },
      { path: 'c.parquet', sizeBytes: 700, isCuttable: false },
    ],
    4,
    100,
  );
  expect(cut.map(({ path, slice }) => [path, slice?.number ?? null, slice?.of ?? null])).toEqual([
    ['a.csv', null, null],
    ['b.csv', 1, 2],
    ['b.csv', 2, 2],
    ['c.parquet', null, null],
  ]);
  expect(cutFiles([{ path: 'a.csv', sizeBytes: 350, isCuttable: true }], 256, 100).length).toBe(4);
  expect(cutFiles([{ path: 'a.csv', sizeBytes: 1e12, isCuttable: true }], 256).length).toBe(256);
  expect(cutFiles([{ path: 'a.csv', sizeBytes: Number.NaN, isCuttable: true }], 4, 1).length).toBe(1);
  expect(cutFiles([{ path: 'a.csv', sizeBytes: 1e9, isCuttable: true }], 1).length).toBe(1);
});
