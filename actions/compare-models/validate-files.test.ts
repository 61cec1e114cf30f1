import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDuckDb } from '../../adapters/engine/duckdb.ts';
import { ServiceError } from '../../core/error/error.ts';
import { type FileInputs, validateFiles } from './validate-files.ts';

const contract = (lines = ''): string => `version: 1
description: flights
owner: { users: [omar] }
source: a table
legal-basis: public data
approved-by: omar
expires: "2030-01-01"
access: ['*']
files: [flights.csv]
rows: { min: 2 }
columns: [{ name: delay, type: integer, max: 2000 }]
${lines}`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-files-'));
  writeFileSync(join(folder, 'flights.csv'), 'delay\n1\n2\n');
  writeFileSync(join(folder, 'broken.csv'), 'delay\n1\n9999\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

function validate(file: string, change: Partial<FileInputs> = {}, text = contract()) {
  const inputs = {
    data: [join(folder, file)],
    contract: 'datasets/flights.yml',
    now: '2026-11-21T12:00:00.000Z',
    ...change,
  };
  return validateFiles(inputs, {
    readFile: async () => Buffer.from(text),
    openEngine: () => openDuckDb({ workdir: join(folder, 'spill') }),
  });
}

describe('validateFiles', () => {
  it('passes good data and finds the row of bad data', async () => {
    expect(await validate('flights.csv')).toMatchObject({ verdict: 'pass', rows: 2, findings: [] });
    const found = await validate('broken.csv');
    expect(found).toMatchObject({ verdict: 'data invalid', findings: [{ severity: 'fail', firstRow: 2 }] });
  });

  it('does nothing without data, and wants a contract with it', async () => {
    expect(await validate('x', { data: [] })).toBe(null);
    await expect(validate('flights.csv', { contract: '' })).rejects.toMatchObject({
      code: 'CONTRACT_MISSING',
    });
  });

  it('a file that is not there is invalid data, not a pass', async () => {
    expect(await validate('none.csv')).toMatchObject({ verdict: 'data invalid' });
  });

  it('data whose permission has run out is invalid', async () => {
    expect(await validate('flights.csv', { now: '2030-01-02T00:00:00.000Z' })).toMatchObject({
      verdict: 'data invalid',
    });
  });

  it('data made from a dataset that nobody describes, or that has expired, is invalid', async () => {
    const derived = contract('derived-from: [raw]\n');
    const upstream = new Map([['datasets/flights.yml', derived]]);
    const check = () =>
      validateFiles(
        {
          data: [join(folder, 'flights.csv')],
          contract: 'datasets/flights.yml',
          now: '2026-11-21T12:00:00.000Z',
        },
        {
          readFile: async (path) =>
            Buffer.from(upstream.get(path) ?? (await Promise.reject(new Error('none')))),
          openEngine: () => openDuckDb({ workdir: join(folder, 'spill') }),
        },
      );
    expect(await check()).toMatchObject({ findings: [{ code: 'data/ancestor-missing' }] });
    upstream.set('datasets/raw.yml', contract().replace('2030-01-01', '2020-01-01'));
    expect(await check()).toMatchObject({ verdict: 'data invalid', findings: [{ code: 'data/expired' }] });
    upstream.set('datasets/raw.yml', contract());
    expect(await check()).toMatchObject({ verdict: 'pass', findings: [] });
  });

  it('a contract with a mistake names its line', async () => {
    await expect(validate('flights.csv', {}, contract('colour: red\n'))).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      findings: [expect.objectContaining({ where: expect.objectContaining({ line: 12 }) })],
    });
  });

  it('no engine is an error, never a verdict', async () => {
    const openEngine = async () => {
      throw new ServiceError('ENGINE_MISSING', 'nowhere', { hint: 'engine-path' });
    };
    const inputs = { data: ['a.csv'], contract: 'c.yml', now: '2026-11-21T12:00:00.000Z' };
    await expect(
      validateFiles(inputs, { readFile: async () => Buffer.from(contract()), openEngine }),
    ).rejects.toMatchObject({ code: 'ENGINE_MISSING' });
  });
});
