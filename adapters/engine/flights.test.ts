import { copyFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseContract } from '../../core/config/contract-file.ts';
import { judgeColumns } from '../../core/dataset/judge.ts';
import type { Measured } from '../../core/dataset/measured.ts';
import { planChecks } from '../../core/dataset/plan.ts';
import { openDuckDb } from './duckdb.ts';
import type { DataEngine } from './engine.ts';

/** 3,000,000 real US flights of 2001, the table behind most published flight-delay examples. */
const parquet = join(import.meta.dirname, '../../node_modules/vega-datasets/data/flights-3m.parquet');
const contractText = `version: 1
description: flights
owner: { users: [omar] }
source: vega-datasets
legal-basis: public data
approved-by: omar
expires: 2030-01-01
access: ["*"]
files: [data/*.csv]
rows: { min: 1000 }
columns:
  - { name: date, type: timestamp, min: 2001-01-01, max: 2001-07-31 }
  - { name: delay, type: integer, min: -120, max: 1000 }
  - { name: distance, type: integer, min: 1, max: 6000 }
  - { name: origin, type: text, pattern: "[A-Z0-9]{3}" }
  - { name: destination, type: text, pattern: "[A-Z0-9]{3}" }
`;
const contract = parseContract(contractText, 'datasets/flights.yml');

let folder: string;
let engine: DataEngine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-flights-'));
  await copyFile(parquet, join(folder, 'flights.parquet'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const month of [1, 2, 3, 4]) {
    const rows = `SELECT * FROM read_parquet('${folder}/flights.parquet') WHERE month(date) = ${month}`;
    await connection.run(`COPY (${rows}) TO '${folder}/${month}.csv' (HEADER)`);
  }
  connection.closeSync();
  instance.closeSync();
  engine = await openDuckDb({ workdir: join(folder, 'spill') });
});
afterAll(async () => {
  engine.close();
  await rm(folder, { recursive: true });
});

const csv = (...months: number[]) =>
  months.map((month) => ({ path: `data/${month}.csv`, local: join(folder, `${month}.csv`) }));
const judge = (measured: Measured) =>
  judgeColumns(contract, measured, (pointer) => ({ file: 'd.yml', pointer }));

describe('real flights', () => {
  it('of one month: half a million rows of CSV, every finding counted and located', async () => {
    const findings = judge(await engine.profile(planChecks(contract), csv(1)));
    expect(findings.map(({ code, column, count, total }) => [code, column, count, total])).toEqual([
      ['data/range', 'delay', 7, 508_239],
    ]);
    expect(findings[0]?.examples).toEqual(expect.arrayContaining([expect.stringMatching(/^-?\d+$/)]));
  });

  it('of four months: two million rows in a few seconds', async () => {
    const bytes = (await Promise.all(csv(1, 2, 3, 4).map(({ local }) => stat(local)))).reduce(
      (sum, { size }) => sum + size,
      0,
    );
    const started = performance.now();
    const before = process.cpuUsage();
    const measured = await engine.profile(planChecks(contract), csv(1, 2, 3, 4));
    const { user, system } = process.cpuUsage(before);
    const cpuSeconds = (user + system) / 1e6;
    const wallSeconds = (performance.now() - started) / 1000;
    console.log(
      `${measured.rows} rows, ${(bytes / 1e6).toFixed(1)} MB of CSV: ${wallSeconds.toFixed(2)} s, ${cpuSeconds.toFixed(2)} s of processor time`,
    );
    expect(measured.rows).toBe(1_978_941);
    // Processor time of all threads: a machine that is busy with other things does not change it much.
    expect(cpuSeconds).toBeLessThan(8);
  });

  it('says the same of CSV and of Parquet', async () => {
    const whole = await engine.profile(planChecks(contract), [
      { path: 'data/flights.parquet', local: join(folder, 'flights.parquet') },
    ]);
    expect(whole.rows).toBe(3_000_000);
    const parts = await engine.profile(planChecks(contract), csv(1, 2, 3, 4));
    const delay = (measured: Measured) => measured.columns[1]?.tallies.range;
    // The table is sorted by date: its first rows at fault are the same.
    expect(delay(whole)?.examples).toEqual(delay(parts)?.examples);
    expect(delay(whole)?.firstRow).toBe(delay(parts)?.firstRow);
  });
});

describe('Parquet', () => {
  const write = async (name: string, select: string) => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`COPY (${select}) TO '${folder}/${name}' (FORMAT parquet)`);
    connection.closeSync();
    return { path: name, local: join(folder, name) };
  };
  const plan = (type: 'integer' | 'number' | 'text' | 'timestamp' | 'boolean') => ({
    columns: [{ column: 'c', type, showValues: true }],
    rules: [],
    examples: 3,
    distinct: [],
  });
  const wrong = async (type: Parameters<typeof plan>[0], select: string) => {
    const measured = await engine.profile(plan(type), [await write('typed.parquet', select)]);
    const tallies = measured.columns[0]?.tallies;
    return [tallies?.nulls.count, tallies?.type.count, tallies?.type.examples];
  };

  it('is read by its own types: only values that are what the contract says', async () => {
    expect(await wrong('integer', 'SELECT unnest([1.0, 2.5, NULL]::DOUBLE[]) AS c')).toEqual([1, 1, ['2.5']]);
    expect(await wrong('integer', "SELECT unnest(['inf', 'nan', '1e30', '4']::DOUBLE[]) AS c")).toEqual([
      0,
      3,
      ['inf', 'nan', '1e30'],
    ]);
    expect(await wrong('number', "SELECT unnest(['nan', '-inf', '1.5']::FLOAT[]) AS c")).toEqual([
      0,
      2,
      ['nan', '-inf'],
    ]);
    expect(await wrong('number', "SELECT unnest(['1', '2']) AS c")).toEqual([0, 2, ['1', '2']]);
    expect(await wrong('integer', 'SELECT unnest([1.0, 1.5]::DECIMAL(5,1)[]) AS c')).toEqual([0, 1, ['1.5']]);
    expect(await wrong('timestamp', "SELECT unnest([DATE '2001-01-01', 'infinity'::DATE]) AS c")).toEqual([
      0,
      1,
      ['infinity'],
    ]);
    expect(await wrong('timestamp', "SELECT TIMESTAMPTZ '2001-01-01 00:00:00+02' AS c")).toEqual([0, 0, []]);
    expect(await wrong('boolean', 'SELECT true AS c')).toEqual([0, 0, []]);
    expect(await wrong('text', 'SELECT [1, 2] AS c')).toEqual([0, 1, ['[1, 2]']]);
    expect(await wrong('text', 'SELECT uuid() AS c')).toEqual([0, 0, []]);
  });

  it('that is cut off, damaged or no Parquet is a problem of the file, not of the engine', async () => {
    const bytes = await readFile(parquet);
    const damaged = Buffer.from(bytes);
    damaged.fill(7, 4_000_000, 4_200_000);
    for (const content of [
      bytes.subarray(0, 5_000_000),
      damaged,
      Buffer.from('a,b\n1,2\n'),
      Buffer.from('PAR1PAR1'),
    ]) {
      await writeFile(join(folder, 'bad.parquet'), content);
      const measured = await engine.profile(planChecks(contract), [
        { path: 'bad.parquet', local: join(folder, 'bad.parquet') },
      ]);
      expect(measured.problems).toMatchObject([{ path: 'bad.parquet', line: null }]);
      expect(measured.rows).toBeNull();
      expect(JSON.stringify(measured)).not.toContain(folder);
    }
  });
});
