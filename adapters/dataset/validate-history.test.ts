import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseContract } from '../../core/config/contract-file.ts';
import { digestRefusal } from '../../core/dataset/batch.ts';
import type { ListedFile } from '../../core/dataset/files.ts';
import { readRecordedProfile } from '../../core/dataset/parse-record.ts';
import { ServiceError } from '../../core/error/error.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import { digestBytes, digestOf } from '../../core/json/canonical.ts';
import { openDuckDb } from '../engine/duckdb.ts';
import { type ContractText, runValidation, type ValidationDeps, type ValidationInputs } from './validate.ts';

/** What a validation knows of before and after: accepted data, refused batches, ancestors, the record that it leaves. */

const textOf = (dataset: string, more = ''): ContractText => {
  const path = `datasets/${dataset}.yml`;
  const text = `version: 1
description: flights
owner: { users: [omar] }
source: a table
legal-basis: public data
approved-by: omar
expires: 2030-01-01
access: [flight-delay]
files: [data/flights.csv]
rows: { min: 2 }
columns:
  - { name: delay, type: integer }
  - { name: origin, type: text }
  - { name: passenger, type: text, privacy: personal }
${more}`;
  return { contract: parseContract(text, path), path, text, from: 'base' };
};

/** 600 rows; delays move by `shift`, the origin of every tenth row can be another one. */
const csv = (shift: number, origin = 'JFK'): string => {
  const rows = Array.from({ length: 600 }, (_, at) => {
    const place = at % 10 === 0 ? origin : ['LAX', 'JFK'][at % 2];
    return `${((at * 7919) % 101) + shift},${place},person-${at}`;
  });
  return `delay,origin,passenger\n${rows.join('\n')}\n`;
};

let folder: string;
let store: Map<Digest, string>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-history-'));
  store = new Map();
});
afterEach(() => rm(folder, { recursive: true }));

async function validate(
  data: string,
  more: Partial<ValidationInputs> = {},
  given: Partial<ValidationDeps> = {},
) {
  const file: ListedFile = { path: 'data/flights.csv', mode: '100644', blob: digestBytes(data).slice(7, 47) };
  const result = await runValidation(
    {
      ...{ contracts: [textOf('flights')], known: new Map(), listing: new Map([[file.path, file]]) },
      ...{
        dataUrl: `file://${folder}`,
        network: { hosts: [], privateHosts: [] },
        now: '2026-11-21T12:00:00Z',
      },
      model: { model: 'flight-delay' },
      workdir: await mkdtemp(join(folder, 'work-')),
      origin: {
        ...{ repositoryId: 1, repository: 'acme/flights', pullRequest: 2, baseRef: 'main', runId: 3 },
        ...{ runAttempt: 1, headSha: 'a'.repeat(40), baseSha: 'b'.repeat(40) },
        contentDigest: digestBytes('content'),
      },
      ...more,
    },
    {
      openEngine: () => openDuckDb({ workdir: join(folder, 'spill') }),
      readBlob: async () => Buffer.from(data),
      references: null,
      putRecord: async (text) => {
        store.set(digestBytes(text), text);
        return digestBytes(text);
      },
      refused: [],
      ...given,
    },
  );
  const [one] = result.results;
  if (one === undefined) throw new Error('no dataset was validated');
  return one;
}

/** References as they are after `data` was accepted with version 3, champion. */
async function acceptedWith(data: string): Promise<ValidationDeps['references']> {
  const { validation } = await validate(data);
  const { dataset, dataDigest, contractDigest, rows, record } = validation;
  return {
    trainedVersions: async () => [
      {
        ...{ model: 'flight-delay', version: 3, champion: true },
        data: { dataset, dataDigest, contractDigest, rows, record, source: 'a table' },
      },
    ],
    get: async (digest) => Buffer.from(store.get(digest) ?? ''),
    readFile: async () => null,
  };
}
const codesOf = ({ validation }: Awaited<ReturnType<typeof validate>>) =>
  validation.findings.map(({ code }) => code);

describe('the record', () => {
  it('is kept for data that passes: the same data, the same bytes, and nobody in it', async () => {
    const first = await validate(csv(0));
    expect(first.validation.verdict).toBe('pass');
    expect(first.validation.record).toBe([...store.keys()][0]);
    expect((await validate(csv(0))).validation.record).toBe(first.validation.record);
    const [text = ''] = store.values();
    expect(readRecordedProfile(text, 'record')).toMatchObject({ dataset: 'flights', profile: { rows: 600 } });
    expect(text).not.toContain('person-');
    expect(text).toContain('"observations":[{');
  });

  it('is not kept of data that fails, nor by a job that may not store', async () => {
    const narrow = textOf('flights', 'rules:\n  - { name: late, rule: range, column: delay, max: 50 }\n');
    const failed = await validate(csv(0), { contracts: [narrow] });
    expect([failed.validation.verdict, failed.validation.record]).toEqual(['data invalid', null]);
    expect(store.size).toBe(0);
    const { validation } = await validate(csv(0), {}, { putRecord: null });
    expect([validation.verdict, validation.record]).toEqual(['pass', null]);
  });

  it('that cannot be kept is no pass: the data could never be compared with', async () => {
    const putRecord = async () => Promise.reject(new ServiceError('STORE_FAILED', 'full', { hint: 'room' }));
    const { validation } = await validate(csv(0), {}, { putRecord });
    expect([validation.verdict, validation.findings[0]?.code]).toEqual([
      'not evaluated',
      'data/store-failed',
    ]);
  });
});

describe('accepted data', () => {
  it('is compared with: no drift is said as well, in numbers', async () => {
    const same = await validate(csv(0), {}, { references: await acceptedWith(csv(0)) });
    expect(same.validation).toMatchObject({ verdict: 'pass', findings: [] });
    expect(same.measurement?.drift?.reference).toBe('data of flight-delay v3, champion');
    const delay = same.observations.find(({ code, column }) => code === 'data/drift' && column === 'delay');
    expect(delay).toMatchObject({ result: 'kept' });
  });

  it('shows drift and new categories: a warning by default, a failure where the contract says so', async () => {
    const references = await acceptedWith(csv(0));
    const moved = await validate(csv(60, 'XXX'), {}, { references });
    expect(moved.validation.verdict).toBe('pass');
    expect(codesOf(moved)).toEqual(expect.arrayContaining(['data/drift', 'data/schema-change']));
    const strict = textOf('flights', 'drift: { severity: fail }\n');
    const refused = await validate(csv(60), { contracts: [strict] }, { references });
    expect(refused.validation.verdict).toBe('data invalid');
  });

  it('shows columns that changed places', async () => {
    const references = await acceptedWith(csv(0));
    const lines = csv(0).split('\n').slice(0, -1);
    const turned = lines.map((line) => line.split(',').reverse().join(',')).join('\n');
    const moved = await validate(`${turned}\n`, {}, { references });
    expect(moved.validation.verdict).toBe('pass');
    expect(moved.validation.findings.map(({ message }) => message).join()).toContain('order');
  });

  it('is held to the limits of the model as well', async () => {
    const references = await acceptedWith(csv(0));
    const driftLimits = { flights: { delay: { test: 'ks', limit: 0.02, severity: 'fail' } } } as const;
    const model = { model: 'flight-delay', driftLimits };
    const { validation } = await validate(csv(15), { model }, { references });
    expect(validation.verdict).toBe('data invalid');
  });

  it('that the store lost stops the validation', async () => {
    const references = await acceptedWith(csv(0));
    if (references === null) throw new Error('no references');
    const lost = {
      ...references,
      get: async () => Promise.reject(new ServiceError('STORE_FAILED', 'gone', { hint: 'restore' })),
    };
    const { validation } = await validate(csv(0), {}, { references: lost });
    expect(validation.verdict).toBe('not evaluated');
  });
});

describe('what else is known', () => {
  it('a batch that a watch refused under this contract stays refused', async () => {
    const { files, contractDigest } = (await validate(csv(0))).validation;
    const refused = [{ dataset: 'flights', refusal: digestRefusal(files, contractDigest), issue: 7 }];
    expect(codesOf(await validate(csv(0), {}, { refused }))).toEqual(['data/batch-refused']);
    expect(codesOf(await validate(csv(1), {}, { refused }))).toEqual([]);
  });

  it('lists the versions that were trained on data whose retention has ended', async () => {
    const references = await acceptedWith(csv(0));
    const late = await validate(csv(0), { now: '2030-01-02T00:00:00Z' }, { references });
    expect(codesOf(late)).toEqual(['data/expired', 'data/expired-versions']);
    expect(late.validation.findings[1]?.found).toBe('flight-delay v3 (in production)');
  });

  it('binds the contracts that it inherits from, and their limits hold', async () => {
    const raw = textOf('raw', '');
    const closed = { ...raw, contract: { ...raw.contract, access: ['churn'] } };
    const derived = textOf('flights', 'derived-from: [raw]\n');
    const known = new Map([['raw', closed]]);
    const { validation } = await validate(csv(0), { contracts: [derived], known });
    expect(validation.inherited).toEqual([{ dataset: 'raw', contractDigest: digestBytes(raw.text) }]);
    expect(validation.findings.map(({ code }) => code)).toEqual(['data/access']);
    const lost = await validate(csv(0), { contracts: [derived] });
    expect(codesOf(lost)).toEqual(['data/ancestor-missing']);
    expect(digestOf(lost.validation.inherited)).toBe(digestOf([]));
  });
});
