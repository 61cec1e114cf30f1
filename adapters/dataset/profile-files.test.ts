import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DataEngine } from '../engine/engine.ts';
import { openEngine } from '../engine/open.ts';
import { profileFiles } from './profile-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-profile-files-'));
let engine: DataEngine;
beforeAll(async () => {
  const search = { path: '', toolCache: null, registry: '', offline: true };
  engine = await openEngine(search, { workdir: join(folder, 'engine') });
});
afterAll(() => {
  engine.close();
  rmSync(folder, { recursive: true });
});

const file = (name: string) => ({ path: name, local: join(folder, name) });

async function writeParquet(name: string, select: string) {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (${select}) TO '${join(folder, name)}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return file(name);
}

const typesOf = async (...files: ReturnType<typeof file>[]) =>
  Object.fromEntries((await profileFiles(engine, files)).columns.map(({ name, type }) => [name, type]));

test('types of text files are found, and a late cell that fits no more leads to the next type', async () => {
  const rows = Array.from(
    { length: 20_000 },
    (_, at) => `${at},${at}.5,${at === 15_000 ? 'x1' : at},2001-01-01,true,0${at}\n`,
  );
  writeFileSync(join(folder, 'a.csv'), `whole,number,mixed,day,yes,code\n${rows.join('')}`);
  expect(await typesOf(file('a.csv'))).toEqual({
    ...{ whole: 'integer', number: 'number', mixed: 'text', day: 'timestamp', yes: 'boolean', code: 'text' },
  });
});

test('typed files keep the types that they have, and what no contract can name is refused', async () => {
  const typed = await writeParquet(
    'typed.parquet',
    "SELECT i::INTEGER AS whole, i / 3::DOUBLE AS number, TIMESTAMP '2001-01-01' + INTERVAL (i) DAY AS at, i % 2 = 0 AS yes, 'c' || i AS word FROM range(50) r(i)",
  );
  expect(await typesOf(typed)).toEqual({
    ...{ whole: 'integer', number: 'number', at: 'timestamp', yes: 'boolean', word: 'text' },
  });
  const nested = await writeParquet('nested.parquet', 'SELECT [1, 2] AS list FROM range(3)');
  await expect(typesOf(nested)).rejects.toMatchObject({ code: 'DATA_UNREADABLE' });
});

test('files that are no table, or not one table together, are refused', async () => {
  writeFileSync(join(folder, 'empty.csv'), '');
  writeFileSync(join(folder, 'other.csv'), 'b\n1\n');
  writeFileSync(join(folder, 'one.csv'), 'a\n1\n');
  writeFileSync(join(folder, 'doubled.csv'), 'a,a\n1,2\n');
  for (const files of [
    [file('gone.csv')],
    [file('empty.csv')],
    [file('one.csv'), file('other.csv')],
    [file('doubled.csv')],
  ]) {
    await expect(typesOf(...files)).rejects.toMatchObject({ code: 'DATA_UNREADABLE' });
  }
});
