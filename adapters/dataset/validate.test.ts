import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseContract } from '../../core/config/contract-file.ts';
import type { ListedFile } from '../../core/dataset/files.ts';
import { ServiceError } from '../../core/error/error.ts';
import type { DatasetValidation, ValidationEvidence } from '../../core/evidence/evidence.ts';
import { toValidationVerdict } from '../../core/evidence/validation-verdict.ts';
import { canonicalJson } from '../../core/json/canonical.ts';
import { writePointer } from '../dvc/pointer.ts';
import { openRemote } from '../dvc/remote.ts';
import { openDuckDb } from '../engine/duckdb.ts';
import { type ContractText, runValidation, type ValidationDeps, type ValidationInputs } from './validate.ts';

const contractLines = `version: 1
description: flights
owner: { users: [omar] }
source: a table
legal-basis: public data
approved-by: omar
expires: 2030-01-01
access: [flight-delay]
files: [data/flights-*.csv.dvc, data/extra.csv]
rows: { min: 2 }
columns:
  - { name: delay, type: integer, min: -120, max: 2000, reason: more is a typing error }
  - { name: origin, type: text, privacy: personal, allowed: [LAX, JFK] }
`;
const contractPath = 'datasets/flights.yml';

let folder: string;
let remoteUrl: string;
let blobs: Map<string, Buffer>;
let listing: Map<string, ListedFile>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-validate-'));
  await mkdir(join(folder, 'remote'));
  remoteUrl = `file://${folder}/remote`;
  blobs = new Map();
  listing = new Map();
  await track('data/flights-2.csv', 'delay,origin\n3,JFK\n');
  await track('data/flights-1.csv', 'delay,origin\n1,LAX\n2,JFK\n');
  commit('data/extra.csv', 'origin,delay\nLAX,4\n');
});
afterEach(() => rm(folder, { recursive: true }));

function commit(path: string, text: string, mode = '100644'): void {
  const blob = createHash('sha1').update(`${path}${text}`).digest('hex');
  blobs.set(blob, Buffer.from(text));
  listing.set(path, { path, mode, blob });
}

async function track(path: string, text: string): Promise<string> {
  await writeFile(join(folder, 'file'), text);
  const pushed = await openRemote(remoteUrl).push(join(folder, 'file'));
  commit(`${path}.dvc`, writePointer({ out: path.split('/').at(-1) ?? '', ...pushed }));
  return join(folder, 'remote', 'files', 'md5', pushed.md5.slice(0, 2), pushed.md5.slice(2));
}

const textOf = (text: string, from: 'base' | 'head' = 'base'): ContractText => ({
  contract: parseContract(text, contractPath),
  path: contractPath,
  text,
  from,
});
const origin = {
  repositoryId: 1,
  repository: 'acme/flights',
  pullRequest: 2,
  headSha: 'a'.repeat(40),
  baseRef: 'main',
  baseSha: 'b'.repeat(40),
  runId: 3,
  runAttempt: 1,
  contentDigest: `sha256:${'c'.repeat(64)}`,
} as const;

async function validate(
  more: Partial<ValidationInputs> = {},
  engine = () => openDuckDb({ workdir: join(folder, 'spill') }),
  given: Partial<ValidationDeps> = {},
) {
  const inputs: ValidationInputs = {
    contracts: [textOf(contractLines)],
    listing,
    origin,
    known: new Map(),
    model: { model: 'flight-delay' },
    dataUrl: remoteUrl,
    network: { hosts: [], privateHosts: [] },
    workdir: join(folder, 'work'),
    now: '2026-11-21T12:00:00Z',
    ...more,
  };
  const readBlob = async ({ blob }: ListedFile) => blobs.get(blob) ?? Buffer.alloc(0);
  const deps = { openEngine: engine, readBlob, references: null, putRecord: null, refused: [], ...given };
  return (await runValidation(inputs, deps)).evidence;
}

function only(evidence: ValidationEvidence): DatasetValidation {
  const [dataset, ...rest] = evidence.datasets;
  expect(rest).toEqual([]);
  if (dataset === undefined) throw new Error('no dataset was validated');
  return dataset;
}

const codes = (evidence: ValidationEvidence) => only(evidence).findings.map(({ code }) => code);

describe('good data', () => {
  it('passes, with its files in contract order and a digest of them', async () => {
    const evidence = await validate();
    expect(evidence.engine).toBe('duckdb 1.5.5');
    expect(only(evidence)).toMatchObject({ dataset: 'flights', verdict: 'pass', rows: 4, findings: [] });
    expect(only(evidence).files.map(({ path, md5 }) => [path, md5 !== null])).toEqual([
      ['data/flights-1.csv.dvc', true],
      ['data/flights-2.csv.dvc', true],
      ['data/extra.csv', false],
    ]);
    expect(toValidationVerdict(evidence)).toBe('pass');
  });

  it('is the same evidence byte for byte when it is checked again, in whatever order things are listed', async () => {
    const first = canonicalJson(await validate());
    await rm(join(folder, 'work'), { recursive: true });
    listing = new Map([...listing].reverse());
    expect(canonicalJson(await validate())).toBe(first);
  });

  it('has another digest when one byte differs', async () => {
    const before = only(await validate()).dataDigest;
    await track('data/flights-2.csv', 'delay,origin\n4,JFK\n');
    expect(only(await validate()).dataDigest).not.toBe(before);
  });
});

describe('damaged data', () => {
  it('names rule, place, count and fix; personal values are hidden', async () => {
    await track('data/flights-2.csv', 'delay,origin\n9999,CANARY\n,JFK\nx,JFK\n');
    const evidence = await validate();
    expect(only(evidence)).toMatchObject({ verdict: 'data invalid', rows: 6 });
    expect(codes(evidence)).toEqual(['data/nulls', 'data/type', 'data/range', 'data/allowed']);
    const range = only(evidence).findings[2];
    expect(range).toMatchObject({
      count: 1,
      total: 6,
      firstRow: 3,
      examples: ['9999'],
      where: { file: contractPath, line: 12 },
    });
    expect(range?.message).toContain('row 3 (row 1 of data/flights-2.csv)');
    expect(range?.reason).toBe('more is a typing error');
    expect(JSON.stringify(evidence)).not.toContain('CANARY');
    expect(toValidationVerdict(evidence)).toBe('data invalid');
  });

  it.each([
    ['a renamed column', 'dealy,origin\n1,LAX\n', ['data/column-missing', 'data/column-unknown']],
    ['an extra cell', 'delay,origin\n1,LAX,\n', ['data/unreadable']],
    ['no rows', 'delay,origin\n', ['data/empty']],
    ['no bytes', '', ['data/empty']],
  ])('is refused: %s', async (_, text, expected) => {
    await track('data/flights-2.csv', text);
    const evidence = await validate();
    expect([only(evidence).verdict, codes(evidence)]).toEqual(['data invalid', expected]);
  });

  it('of a warning column warns and passes', async () => {
    await track('data/flights-2.csv', 'delay,origin\n9999,JFK\n');
    const warned = contractLines.replace('max: 2000,', 'max: 2000, severity: warn,');
    const evidence = await validate({ contracts: [textOf(warned)] });
    expect([only(evidence).verdict, codes(evidence)]).toEqual(['pass', ['data/range']]);
  });
});

describe('data that cannot be had', () => {
  it('was not pushed: the fix is the command', async () => {
    await unlink(await track('data/flights-2.csv', 'delay,origin\n7,JFK\n'));
    const evidence = await validate();
    expect([only(evidence).verdict, codes(evidence)]).toEqual(['data invalid', ['data/dvc-object-missing']]);
    expect(only(evidence).findings[0]?.fix).toContain('dvc push data/flights-2.csv.dvc');
  });

  it('was replaced in the remote', async () => {
    const object = await track('data/flights-2.csv', 'delay,origin\n7,JFK\n');
    await writeFile(object, 'delay,origin\n8,JFK\n');
    expect(codes(await validate())).toEqual(['data/dvc-digest']);
  });

  it('is not in the tree, is a link, or is no table', async () => {
    listing.delete('data/extra.csv');
    expect(codes(await validate())).toEqual(['data/file-missing']);
    commit('data/extra.csv', '/etc/passwd', '120000');
    expect(codes(await validate())).toEqual(['data/file-kind']);
    const all = contractLines.replace('data/extra.csv', 'data/*.txt');
    commit('data/notes.txt', 'x');
    expect(codes(await validate({ contracts: [textOf(all)] }))).toEqual(['data/file-kind']);
  });

  it('has a pointer that leaves the repository', async () => {
    commit(
      'data/flights-2.csv.dvc',
      writePointer({ out: '../../etc/x.csv', md5: 'a'.repeat(32), sizeBytes: 1 }),
    );
    expect(codes(await validate())).toEqual(['data/dvc-pointer']);
  });

  it('lies in a remote that is absent: not evaluated, says nothing about the data', async () => {
    const evidence = await validate({ dataUrl: `${remoteUrl}-gone` });
    expect([only(evidence).verdict, codes(evidence)[0]]).toEqual(['not evaluated', 'data/store-missing']);
    expect(toValidationVerdict(evidence)).toBe('not evaluated');
    const odd = await validate({ dataUrl: 'ftp://bucket' });
    expect([only(odd).verdict, codes(odd)]).toEqual(['not evaluated', ['data/store-url']]);
  });
});

describe('no engine', () => {
  it('is not evaluated, with the fix', async () => {
    const missing = () =>
      Promise.reject(new ServiceError('ENGINE_MISSING', 'gone', { hint: 'Give engine-path.' }));
    const evidence = await validate({}, missing);
    expect(evidence.engine).toBe('unknown');
    expect(only(evidence)).toMatchObject({ verdict: 'not evaluated', rows: null });
    expect(only(evidence).findings).toMatchObject([
      { code: 'data/engine-missing', fix: 'Give engine-path.' },
    ]);
  });

  it('never hides a fault of ours', async () => {
    await expect(validate({}, () => Promise.reject(new TypeError('bug')))).rejects.toThrow(TypeError);
  });
});

describe('governance', () => {
  it('refuses a model without access and expired data, and does not read the data then', async () => {
    const evidence = await validate({
      model: { model: 'other' },
      now: '2030-01-02T12:00:00Z',
      dataUrl: `${remoteUrl}-gone`,
    });
    expect(codes(evidence)).toEqual(['data/access', 'data/expired']);
    expect(only(evidence)).toMatchObject({ verdict: 'data invalid', rows: null });
    expect(only(evidence).findings[0]?.where).toMatchObject({ file: contractPath, line: 8 });
  });

  it('allows the last day, all models by "*", and data without a model', async () => {
    expect(only(await validate({ now: '2030-01-01T12:00:00Z', model: null })).verdict).toBe('pass');
    const open = contractLines.replace('[flight-delay]', '["*"]');
    expect(only(await validate({ model: { model: 'other' }, contracts: [textOf(open)] })).verdict).toBe(
      'pass',
    );
    const closed = contractLines.replace('[flight-delay]', '[]');
    expect(codes(await validate({ contracts: [textOf(closed)] }))).toEqual(['data/access']);
  });

  it('refuses dates that are no dates', async () => {
    expect(codes(await validate({ now: '' }))).toEqual(['data/expired']);
    expect(codes(await validate({ now: '0' }))).toEqual(['data/expired']);
  });
});

describe('a changed contract', () => {
  it('is checked on both sides; training stops only when both refuse', async () => {
    await track('data/flights-2.csv', 'delay,origin\n2500,JFK\n');
    const wider = contractLines.replace('max: 2000', 'max: 3000');
    const evidence = await validate({ contracts: [textOf(wider, 'head'), textOf(contractLines)] });
    expect(evidence.datasets.map(({ contractFrom, verdict }) => [contractFrom, verdict])).toEqual([
      ['base', 'data invalid'],
      ['head', 'pass'],
    ]);
    expect(evidence.datasets[0]?.contractDigest).not.toBe(evidence.datasets[1]?.contractDigest);
    expect(toValidationVerdict(evidence)).toBe('pass');
    const both = await validate({ contracts: [textOf(contractLines, 'head'), textOf(contractLines)] });
    expect(toValidationVerdict(both)).toBe('data invalid');
  });

  it('and no contract at all is not evaluated, never a pass', async () => {
    expect(toValidationVerdict(await validate({ contracts: [] }))).toBe('not evaluated');
  });
});

it('reads data that is verified, not data that is trusted: what was measured is what the pointer names', async () => {
  await validate();
  const text = await readFile(join(folder, 'work', 'data-1'), 'utf8');
  const pointer = blobs.get(listing.get('data/flights-1.csv.dvc')?.blob ?? '')?.toString() ?? '';
  expect(pointer).toContain(createHash('md5').update(text).digest('hex'));
});
