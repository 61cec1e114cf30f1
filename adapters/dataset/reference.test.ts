import { expect, test } from 'vitest';
import type { Contract } from '../../core/config/contract.ts';
import { parseContract } from '../../core/config/contract-file.ts';
import type { DriftRules } from '../../core/config/drift-rules.ts';
import { toDatasetRecord } from '../../core/dataset/record-maker.ts';
import { InputError } from '../../core/error/error.ts';
import { canonicalJson, digestBytes, digestOf } from '../../core/json/canonical.ts';
import type { Profile } from '../../core/profile/profile.ts';
import type { TrainedVersion } from '../proposal/dataset-history.ts';
import { findReference, type ReferenceSource } from './reference.ts';

const contractText = `version: 1
description: x
owner: { users: [omar] }
source: x
legal-basis: x
approved-by: omar
expires: 2030-01-01
access: ["*"]
files: [data/a.csv]
rows: { min: 1 }
columns:
  - { name: delay, type: integer }
`;
const contract = parseContract(contractText, 'datasets/flights.yml');
const profileOf = (rows: number): Profile => ({
  v: 1,
  rows,
  columns: [
    {
      ...{ name: 'delay', type: 'integer', nulls: rows, unreadable: 0, distinct: 0 },
      ...{ min: null, max: null, moments: null, lengths: null, distribution: { kind: 'none' } },
    },
  ],
});
const recordOf = (rows: number): string =>
  canonicalJson(
    toDatasetRecord(contract, {
      ...{ contractDigest: digestBytes('c'), dataDigest: digestBytes('d'), engine: 'test 1' },
      ...{ files: [], observations: [], profile: profileOf(rows) },
    }),
  );
const trained = (version: number, rows: number, champion: boolean, record = true): TrainedVersion => ({
  ...{ model: 'delay', version, champion },
  data: {
    ...{ dataset: 'flights', dataDigest: digestOf(rows), contractDigest: digestOf('c'), rows, source: 'x' },
    record: record ? digestBytes(recordOf(rows)) : null,
  },
});
const store = new Map([10, 20, 30].map((rows) => [digestBytes(recordOf(rows)), Buffer.from(recordOf(rows))]));

const source = (
  versions: readonly TrainedVersion[],
  files: Record<string, string> = {},
): ReferenceSource => ({
  trainedVersions: async () => versions,
  get: async (digest) => {
    const bytes = store.get(digest);
    if (bytes === undefined) throw new InputError('STORE_ABSENT', 'gone', { hint: 'restore it' });
    return bytes;
  },
  readFile: async (path) => (files[path] === undefined ? null : Buffer.from(files[path])),
});
const comparedWith = (reference: DriftRules['reference']): Contract => ({
  ...contract,
  drift: { ...contract.drift, reference },
});

test('the data of the champion comes first; the name says whose it is', async () => {
  const found = await findReference(contract, source([trained(2, 20, true), trained(3, 30, false)]));
  expect(found).toMatchObject({ name: 'data of delay v2, champion', profile: { rows: 20 } });
});

test('a version without a record is passed over; without any there is nothing to compare with', async () => {
  const found = await findReference(contract, source([trained(2, 20, true, false), trained(3, 30, false)]));
  expect(found).toMatchObject({ name: 'data of delay v3', profile: { rows: 30 } });
  expect(await findReference(contract, source([]))).toBeNull();
});

test('a record that the store lost is an error, not a reason to compare with nothing', async () => {
  await expect(findReference(contract, source([trained(2, 99, true)]))).rejects.toMatchObject({
    code: 'STORE_ABSENT',
  });
});

test('a profile of the repository is read strictly, and must be there', async () => {
  const rules = comparedWith({ kind: 'profile', path: 'profiles/a.json' });
  const files = { 'profiles/a.json': canonicalJson(profileOf(7)) };
  expect(await findReference(rules, source([], files))).toMatchObject({ profile: { rows: 7 } });
  await expect(findReference(rules, source([]))).rejects.toMatchObject({ code: 'REFERENCE_MISSING' });
  await expect(findReference(rules, source([], { 'profiles/a.json': '{}' }))).rejects.toMatchObject({
    code: 'PROFILE_INVALID',
  });
});

test('a reference file is still to be measured', async () => {
  const rules = comparedWith({ kind: 'file', path: 'data/reference.csv' });
  expect(await findReference(rules, source([]))).toEqual({
    ...{ kind: 'tables', name: 'data/reference.csv', path: 'data/reference.csv' },
  });
});
