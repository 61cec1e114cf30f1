import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Tables } from '../../adapters/dataset/tables.ts';
import type { ValidationResult } from '../../adapters/dataset/validate.ts';
import { writePointer } from '../../adapters/dvc/pointer.ts';
import { openRemote } from '../../adapters/dvc/remote.ts';
import { digestDataset } from '../../core/dataset/digest.ts';
import { resolveFiles } from '../../core/dataset/files.ts';
import type { IngestRecord } from '../../core/dataset/ingest-record.ts';
import type { DatasetValidation, Digest } from '../../core/evidence/evidence.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { canonicalJson, digestBytes } from '../../core/json/canonical.ts';
import type { Look } from '../../core/report/batch-look.ts';
import type { BatchIssue, BatchPlan } from '../../core/report/batch-plan.ts';
import { packZip } from '../../sandbox/actions-service/zip.ts';
import { readIngest } from './incoming-batch.ts';
import { run, type WatchDeps, type WatchInputs, type Work } from './run.ts';

const root = mkdtempSync(join(tmpdir(), 'gatehouse-watch-'));
const remoteFolder = join(root, 'remote');
const remoteUrl = pathToFileURL(remoteFolder).href;
afterAll(() => rmSync(root, { recursive: true }));

const commit = 'c'.repeat(40);
const sha1 = (text: string): string =>
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');
const contractText = `version: 1
description: Flights of one month a file.
owner: { users: [omar] }
files: [data/flights-*.csv.dvc]
columns: [{ name: row, type: integer }]
rows: { min: 1 }
access: ["*"]
expires: 2030-01-01
source: https://flights.test/monthly
legal-basis: public data
approved-by: omar
ingest: { command: make fetch, to: data }
`;
const policyText = `version: 1
preset: small-team
roles: { reviewer: { users: [rita] }, governor: { users: [ada] } }
store: file:///srv/store
data: ${remoteUrl}
trusted: { repository: acme/gatehouse, shas: [${'c'.repeat(40)}] }
`;
let january = '';
beforeAll(async () => {
  mkdirSync(remoteFolder);
  writeFileSync(join(root, 'january.csv'), 'row\n1\n');
  january = writePointer({
    out: 'flights-01.csv',
    ...(await openRemote(remoteUrl).push(join(root, 'january.csv'))),
  });
});

const filesOf = (): Record<string, string> => ({
  '.github/gatehouse.yml': policyText,
  'datasets/flights.yml': contractText,
  'data/flights-01.csv.dvc': january,
});

const bad: Finding = { code: 'data/range', severity: 'fail', message: 'bad', column: 'row', fix: 'Mend it.' };

/** Reads the data as the real validation does, and finds fault with the word "bad". */
async function validate(work: Work): Promise<ValidationResult> {
  const datasets: DatasetValidation[] = [];
  for (const { contract, path, text } of work.contracts) {
    const { files } = resolveFiles(contract, work.listing, () => ({ file: path }));
    const tables = new Tables({
      ...{ dataUrl: remoteUrl, network: { hosts: [] } as never, workdir: mkdtempSync(join(root, 'data-')) },
      readBlob: work.readBlob,
      ...(work.openRemote ? { openRemote: work.openRemote } : {}),
    });
    const { facts } = await tables.readFacts(files);
    const fetched = await tables.fetch(facts);
    if ('findings' in fetched) throw new Error(fetched.findings[0]?.message);
    const read = fetched.map(({ local }) => readFileSync(local, 'utf8')).join('');
    const findings = read.includes('bad') ? [bad] : [];
    const known = facts.map(({ fact }) => fact);
    datasets.push({
      ...{
        dataset: contract.dataset,
        contractPath: path,
        contractDigest: digestBytes(text),
        contractFrom: 'base',
      },
      ...{
        inherited: [],
        files: known,
        dataDigest: digestDataset(known),
        rows: read.length,
        findings,
        record: null,
      },
      verdict: read.includes('broken engine')
        ? 'not evaluated'
        : findings.length > 0
          ? 'data invalid'
          : 'pass',
    });
  }
  return {
    evidence: { kind: 'validation', v: 1, origin: work.origin, engine: 'test', datasets },
    results: [],
  };
}

/** An artifact as the ingest job uploads it. */
async function artifactOf(written: Readonly<Record<string, string>>, change: Partial<IngestRecord> = {}) {
  const files = Object.entries(written).map(([path, text], at) => ({
    path,
    name: `000${at + 1}.bin`,
    sha256: digestBytes(text),
    md5: createHash('md5').update(text).digest('hex'),
    sizeBytes: Buffer.byteLength(text),
  }));
  const record: IngestRecord = {
    ...{ v: 1, grade: 'claimed', dataset: 'flights', commit, contractDigest: digestBytes(contractText) },
    ...{
      source: 'https://flights.test/monthly',
      command: 'make fetch',
      to: 'data',
      runId: 11,
      runAttempt: 1,
    },
    ...{
      runner: 'r',
      startedAt: '2026-11-21T06:00:00Z',
      endedAt: '2026-11-21T06:01:00Z',
      end: { kind: 'done' },
    },
    ...{ files, removed: [], log: [], ...change },
  } as IngestRecord;
  const entries = Object.values(written).map((text, at) => ({
    name: `000${at + 1}.bin`,
    bytes: Buffer.from(text),
  }));
  return packZip([{ name: 'ingest.json', bytes: Buffer.from(canonicalJson(record)) }, ...entries]);
}

interface World {
  readonly files?: Readonly<Record<string, string>>;
  readonly zip?: Buffer;
  readonly runId?: number;
  readonly inputs?: Partial<WatchInputs>;
  readonly issue?: BatchIssue | null;
}

async function watch({ files = filesOf(), zip, runId = 11, inputs = {}, issue = null }: World = {}) {
  const plans: BatchPlan[] = [];
  const stored: string[] = [];
  const told: (readonly Look[])[] = [];
  const said: string[] = [];
  const byBlob = new Map(Object.values(files).map((text) => [sha1(text), Buffer.from(text)]));
  const digest: Digest = zip ? `sha256:${createHash('sha256').update(zip).digest('hex')}` : digestBytes('');
  const deps: WatchDeps = {
    reader: {
      repository: async () => ({
        id: 7,
        fullName: 'acme/flights',
        defaultBranch: 'main',
        url: 'https://github.test/acme/flights',
      }),
      branchHead: async () => commit,
      tree: async () =>
        new Map(
          Object.entries(files).map(([path, text]) => [path, { path, mode: '100644', blob: sha1(text) }]),
        ),
      blob: async (id) => byBlob.get(id) ?? Buffer.from(''),
      file: async (path) => (files[path] === undefined ? null : Buffer.from(files[path])),
      ledgerFiles: async () => null,
    },
    now: '2026-11-21T06:02:00Z',
    artifact: async (id) => ({ id, name: 'a', sizeBytes: 1, expired: false, digest, createdAt: '', runId }),
    download: async (_, file) => {
      writeFileSync(file, zip ?? '');
      return { digest };
    },
    makeFolder: (name) => mkdtempSync(join(root, `${name}-`)),
    validate,
    openRemote,
    store: async (_, text) => {
      stored.push(text);
      return digestBytes(text);
    },
    issues: {
      find: async () => issue,
      apply: async (plan) => {
        plans.push(plan);
        return plan.kind === 'nothing' ? '' : 'https://github.test/acme/flights/issues/7';
      },
    },
    summarize: async (_, looks) => void told.push(looks),
    say: (text) => void said.push(text),
  };
  const outputs = await run(
    {
      ...{ dataset: 'flights', run: { id: 11, attempt: 1, repositoryId: 7 }, commit, branch: 'main' },
      ingest: zip ? { id: 5, digest } : null,
      ...inputs,
    },
    deps,
  );
  return { outputs, plans, stored, told, said: said.join('\n') };
}

const inRemote = (text: string): boolean => {
  const md5 = createHash('md5').update(text).digest('hex');
  return existsSync(join(remoteFolder, 'files', 'md5', md5.slice(0, 2), md5.slice(2)));
};

describe('data on a governed branch', () => {
  it('that passes opens no issue and commits nothing', async () => {
    const { outputs, plans } = await watch();
    expect(outputs).toMatchObject({ verdict: 'pass', issue: '', ready: '', record: '' });
    expect(outputs.batch).toMatch(/^sha256:/);
    expect(plans).toMatchObject([{ kind: 'nothing' }]);
  });

  it('that fails opens the issue of its dataset', async () => {
    const files = { ...filesOf(), 'data/flights-02.csv.dvc': await pushed('row\nbad\n') };
    const { outputs, plans } = await watch({ files });
    expect(outputs).toMatchObject({ verdict: 'data invalid', issue: expect.stringContaining('/issues/7') });
    expect(plans).toMatchObject([
      { kind: 'open', title: 'Dataset flights: nothing trains on it as it stands' },
    ]);
  });

  it('that could not be checked opens none: it says nothing about the data', async () => {
    const files = { ...filesOf(), 'data/flights-02.csv.dvc': await pushed('broken engine\n') };
    const { outputs, plans } = await watch({ files });
    expect(outputs.verdict).toBe('not evaluated');
    expect(plans).toEqual([]);
  });

  it('is looked at for every contract when no dataset is named', async () => {
    const other = contractText.replace('flights-*', 'weather-*').replace('Flights', 'Weather');
    const files = {
      ...filesOf(),
      'datasets/weather.yml': other,
      'data/weather-01.csv.dvc': await pushed('bad\n'),
    };
    const { plans, told, outputs } = await watch({ files, inputs: { dataset: null } });
    expect(told[0]?.map(({ dataset }) => dataset)).toEqual(['flights', 'weather']);
    expect(plans.map(({ kind }) => kind)).toEqual(['nothing', 'open']);
    expect(outputs).toMatchObject({ verdict: 'data invalid', batch: '' });
  });

  it.each([
    ['a branch that is not governed', { branch: 'weak' }, 'BASE_NOT_GOVERNED'],
    ['a dataset without a contract', { dataset: 'weather' }, 'CONTRACT_MISSING'],
  ])('is refused on %s', async (_, inputs, code) => {
    await expect(watch({ inputs })).rejects.toThrow(expect.objectContaining({ code }));
  });
});

async function pushed(text: string): Promise<string> {
  const file = join(mkdtempSync(join(root, 'push-')), 'x.csv');
  writeFileSync(file, text);
  return writePointer({ out: 'x.csv', ...(await openRemote(remoteUrl).push(file)) });
}

describe('a batch that is to come in', () => {
  it('is checked with what is there already; what passed is kept, with its record and what to commit', async () => {
    const zip = await artifactOf({ 'data/flights-02.csv': 'row\n2\n' });
    const { outputs, stored, plans } = await watch({ zip });
    expect(outputs.verdict).toBe('pass');
    expect(plans).toMatchObject([{ kind: 'nothing' }]);
    expect(inRemote('row\n2\n')).toBe(true);
    expect(stored).toHaveLength(1);
    expect(outputs.record).toBe(digestBytes(stored[0] ?? ''));
    const md5 = createHash('md5').update('row\n2\n').digest('hex');
    expect(readFileSync(join(outputs.ready, 'files', 'data', 'flights-02.csv.dvc'), 'utf8')).toBe(
      `outs:\n- md5: ${md5}\n  size: 6\n  hash: md5\n  path: flights-02.csv\n`,
    );
  });

  it('that fails is neither stored nor ready, and its issue refuses it', async () => {
    const zip = await artifactOf({ 'data/flights-02.csv': 'row\nbad batch\n' });
    const { outputs, stored, plans } = await watch({ zip });
    expect(outputs).toMatchObject({ verdict: 'data invalid', ready: '', record: '' });
    expect(stored).toEqual([]);
    expect(inRemote('row\nbad batch\n')).toBe(false);
    expect(plans).toMatchObject([
      { kind: 'open', body: expect.stringContaining('the new batch of `flights` is refused') },
    ]);
    expect(plans[0]).toMatchObject({ body: expect.stringMatching(/"refused":\["sha256:[0-9a-f]{64}"\]/) });
  });

  it('says which files go with it', async () => {
    const zip = await artifactOf(
      { 'data/flights-02.csv': 'row\n2\n' },
      { removed: ['data/flights-01.csv.dvc', 'data/never-there.dvc'] },
    );
    const { outputs } = await watch({ zip });
    expect(readFileSync(join(outputs.ready, 'removed.txt'), 'utf8')).toBe('data/flights-01.csv.dvc\n');
  });

  it('may be a folder that is one output of DVC: as it lies there when the command ends', async () => {
    const text = contractText.replace('files: [data/flights-*.csv.dvc]', 'files: [data.dvc]');
    const files = { ...filesOf(), 'datasets/flights.yml': text };
    const written = { 'data/2001/b.csv': 'row\n2\n', 'data/a.csv': 'row\n1\n' };
    const zip = await artifactOf(written, { contractDigest: digestBytes(text) });
    const { outputs } = await watch({ files, zip });
    expect(outputs.verdict).toBe('pass');
    const pointer = readFileSync(join(outputs.ready, 'files', 'data.dvc'), 'utf8');
    const md5 = /md5: ([0-9a-f]{32}\.dir)\n {2}size: 12\n {2}nfiles: 2\n/.exec(pointer)?.[1] ?? '';
    expect(inRemote('row\n2\n')).toBe(true);
    expect(existsSync(join(remoteFolder, 'files', 'md5', md5.slice(0, 2), md5.slice(2)))).toBe(true);
    const spoilt = await artifactOf(
      { ...written, 'data/a.csv': 'bad\n' },
      { contractDigest: digestBytes(text) },
    );
    expect((await watch({ files, zip: spoilt })).outputs.verdict).toBe('data invalid');
  });

  it('that did not come is told in the issue, and touches no data', async () => {
    const zip = await artifactOf({}, { end: { kind: 'failed', how: 'exit code 3' } });
    const { outputs, plans } = await watch({ zip });
    expect(outputs).toMatchObject({ verdict: 'fail', batch: '', ready: '' });
    expect(plans).toMatchObject([{ kind: 'open', title: 'Dataset flights: no new batch came in' }]);
    expect(plans[0]).toMatchObject({ body: expect.stringContaining('exit code 3') });
  });

  it('of files that no contract names is refused; a stray one beside data is a warning', async () => {
    const stray = await watch({ zip: await artifactOf({ 'data/notes.txt': 'x' }) });
    expect(stray.outputs.verdict).toBe('data invalid');
    expect(stray.plans[0]).toMatchObject({ body: expect.stringContaining('data/ingest-outside') });
    const beside = await watch({
      zip: await artifactOf({ 'data/flights-02.csv': 'row\n2\n', 'data/notes.txt': 'x' }),
    });
    expect(beside.outputs.verdict).toBe('pass');
  });
});

describe('an artifact is refused', () => {
  const csv = { 'data/flights-02.csv': 'row\n2\n' };
  it.each([
    ['made for another dataset', { dataset: 'weather' }],
    ['made by another contract', { contractDigest: digestBytes('mine') }],
    ['made by another command', { command: 'make anything' }],
    ['that names another source', { source: 'elsewhere' }],
    ['made at another commit', { commit: 'd'.repeat(40) }],
    ['made in another run', { runId: 12 }],
    ['that removes what lies elsewhere', { removed: ['datasets/flights.yml'] }],
  ] as const)('%s', async (_, change) => {
    await expect(watch({ zip: await artifactOf(csv, change) })).rejects.toThrow(
      expect.objectContaining({ code: 'INGEST_FOREIGN' }),
    );
  });

  it('whose bytes are not what its record says', async () => {
    const record = await artifactOf(csv, {
      files: [
        {
          path: 'data/flights-02.csv',
          name: '0001.bin',
          sha256: digestBytes('row\n3\n'),
          md5: 'e'.repeat(32),
          sizeBytes: 6,
        },
      ],
    });
    await expect(watch({ zip: record })).rejects.toThrow(expect.objectContaining({ code: 'INGEST_CHANGED' }));
  });

  it.each([
    ['of another size', 7, /with the size that it has/],
    ['that would fill a disk', 3 * 1024 ** 3, /more than 2 GiB together/],
  ])('with a file %s', async (_, sizeBytes, words) => {
    const file = { path: 'data/flights-02.csv', name: '0001.bin', md5: 'e'.repeat(32) };
    const zip = await artifactOf(csv, { files: [{ ...file, sha256: digestBytes('row\n2\n'), sizeBytes }] });
    await expect(watch({ zip })).rejects.toThrow(words);
  });

  it('with files outside of the declared place', async () => {
    await expect(watch({ zip: await artifactOf({ 'datasets/flights.yml': 'mine' }) })).rejects.toThrow(
      /does not lie below data/,
    );
  });

  it('with a file that its record does not name', async () => {
    const zip = await packZip([{ name: 'ingest.json', bytes: Buffer.from('{}') }]);
    await expect(watch({ zip })).rejects.toThrow(expect.objectContaining({ code: 'INGEST_RECORD' }));
    await expect(watch({ zip: await artifactOf(csv, { files: [] }) })).rejects.toThrow(/does not name/);
  });

  it('of another run, by what GitHub says of it', async () => {
    await expect(watch({ zip: await artifactOf(csv), runId: 12 })).rejects.toThrow(
      expect.objectContaining({ code: 'INGEST_FOREIGN' }),
    );
  });

  it('that was not handed over: an ingest never turns into a look at what is there', () => {
    const digest = digestBytes('zip');
    expect(readIngest(false, null, null)).toBeNull();
    expect(readIngest(true, 5, digest)).toEqual({ id: 5, digest });
    for (const [wanted, id, sha] of [
      [true, null, null],
      [true, 5, null],
      [false, null, digest],
    ] as const)
      expect(() => readIngest(wanted, id, sha)).toThrow(expect.objectContaining({ code: 'INGEST_MISSING' }));
  });
});
