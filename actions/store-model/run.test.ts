import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { ArtifactFacts, PullFacts } from '../../adapters/github/reader.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import { maxRunRecordBytes } from '../../core/evidence/run-record.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import type { ModelState } from '../../core/registry/ledger.ts';
import {
  baseFiles,
  featuresDigest,
  model,
  promoted,
  proposed,
  runId,
  runRecord,
  stateWith,
} from '../../test/memory/flights.ts';
import { type Files, headSha, memoryProposal } from '../../test/memory/proposal.ts';
import { run, type StoreDeps, type StoreInputs } from './run.ts';

const base = baseFiles({ labelsSha256: 'f'.repeat(64) });
const modelBytes = '{"weights":[1,2]}';
const record = JSON.stringify(runRecord(modelBytes));
const artifact: Zippable = { 'run.json': strToU8(record), 'model.json': strToU8(modelBytes) };

interface Setup {
  readonly head: Files;
  readonly state: ModelState;
  readonly zip: Uint8Array;
  readonly facts: Partial<ArtifactFacts> | null;
  readonly inputs: Partial<StoreInputs>;
}

function world(setup: Partial<Setup>) {
  const proposal = memoryProposal(base, setup.head ?? proposed(base), setup.state ?? null);
  const zip = setup.zip ?? zipSync(artifact);
  const store = new Map<Digest, string>();
  const put = (bytes: Uint8Array): Digest => {
    const digest: Digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    store.set(digest, Buffer.from(bytes).toString());
    return digest;
  };
  const facts = {
    id: 500,
    name: 'anything',
    sizeBytes: zip.length,
    expired: false,
    digest: null,
    createdAt: '',
    runId,
  };
  const downloaded: number[] = [];
  const fetched: string[] = [];
  const deps: StoreDeps = {
    github: {
      pull: async () => ({ base: { sha: 'b'.repeat(40), ref: 'main' } }) as PullFacts,
      file: proposal.file,
      artifact: async () => (setup.facts === null ? null : { ...facts, ...setup.facts }),
    },
    proposal: async () => proposal,
    download: async (id, file) => {
      downloaded.push(id);
      writeFileSync(file, zip);
      return { digest: digestBytes(zip), sizeBytes: zip.length };
    },
    store: { putFile: async (file) => put(readFileSync(file)), putBytes: async (bytes) => put(bytes) },
    copyFromStore: async (digest, file) => {
      fetched.push(digest);
      writeFileSync(file, `bytes of ${digest}`);
    },
    copyFeatures: async ({ path }) => {
      fetched.push(path);
    },
    folder: mkdtempSync(join(tmpdir(), 'store-')),
  };
  const inputs: StoreInputs = {
    model,
    artifactId: 500,
    pull: { number: 3, headSha, fork: false },
    runId,
    ...setup.inputs,
  };
  return { storeModel: () => run(inputs, deps), store, downloaded, fetched };
}

const readFiles = (folder: string | null | undefined) =>
  Object.fromEntries(
    readdirSync(folder ?? '/nowhere').map((name) => [name, readFileSync(join(folder ?? '', name), 'utf8')]),
  );
const refused = (code: string) => expect.objectContaining({ code });
const withRecord = (change: object): Zippable => ({
  ...artifact,
  'run.json': strToU8(JSON.stringify({ ...runRecord(modelBytes), ...change })),
});

describe('store-model', () => {
  it('puts model and run record into the store by their digests, and hands the model over', async () => {
    const { storeModel, store, fetched } = world({});
    const { challengerFolder, ...rest } = await storeModel();
    expect(rest).toEqual({
      artifactDigest: digestBytes(modelBytes),
      recordDigest: digestBytes(record),
      featuresDigest,
      champion: null,
      promoted: null,
    });
    expect([...store.values()].sort()).toEqual([modelBytes, record].sort());
    // Rows that lie in git are read there; the model lies on this machine already.
    expect([readFiles(challengerFolder), fetched]).toEqual([{ 'model.bin': modelBytes }, []]);
  });

  it('hands over the champion whose predictions are of other rows, and only that one', async () => {
    const one = {
      version: 1,
      modelBytes: 'old',
      predictions: digestBytes('p'),
      stage: 'production',
      endpoints: ['eu'],
    } as const;
    const fits = await world({ state: stateWith(one) }).storeModel();
    expect(fits.champion).toBeNull();
    const other = world({ state: stateWith({ ...one, features: digestBytes('other rows') }) });
    const { champion } = await other.storeModel();
    expect(champion).toMatchObject({ version: 1, commit: 'd'.repeat(40) });
    expect(other.fetched).toEqual([digestBytes('old')]);
    expect(readFiles(champion?.folder)).toEqual({ 'model.bin': `bytes of ${digestBytes('old')}` });
  });

  it('hands over both models to a job that serves them, whatever predictions they have', async () => {
    const one = {
      version: 1,
      modelBytes: 'old',
      predictions: digestBytes('p'),
      stage: 'production',
    } as const;
    const two = { version: 2, modelBytes, predictions: digestBytes('p'), stage: 'staging' } as const;
    const { storeModel } = world({
      head: promoted(base, 2),
      state: stateWith({ ...one, endpoints: ['eu'] }, two),
      inputs: { artifactId: null, handOver: 'all' },
    });
    const { challengerFolder, champion } = await storeModel();
    expect(readFiles(challengerFolder)).toEqual({ 'model.bin': `bytes of ${digestBytes(modelBytes)}` });
    expect(champion).toMatchObject({ version: 1, commit: 'd'.repeat(40) });
    expect(readFiles(champion?.folder)).toEqual({ 'model.bin': `bytes of ${digestBytes('old')}` });
  });

  it('names the recorded bytes of a version that is promoted, and downloads nothing', async () => {
    const two = { version: 2, modelBytes, predictions: digestBytes('p'), stage: 'staging' } as const;
    const setup = { head: promoted(base, 2), inputs: { artifactId: null } };
    const { storeModel, store, downloaded, fetched } = world({ ...setup, state: stateWith(two) });
    expect(await storeModel()).toEqual({
      artifactDigest: digestBytes(modelBytes),
      recordDigest: digestBytes('run record of v2'),
      featuresDigest,
      challengerFolder: null,
      champion: null,
      promoted: { version: 2, commit: 'd'.repeat(40) },
    });
    expect([store.size, downloaded.length, fetched.length]).toEqual([0, 0, 0]);
    const stale = world({ ...setup, state: stateWith({ ...two, features: digestBytes('other rows') }) });
    const { challengerFolder } = await stale.storeModel();
    expect(readFiles(challengerFolder)).toEqual({ 'model.bin': `bytes of ${digestBytes(modelBytes)}` });
  });

  it.each<readonly [string, Partial<Setup>, string]>([
    ['a fork', { inputs: { pull: { number: 3, headSha, fork: true } } }, 'JUDGE_FORK'],
    ['an artifact of another run', { facts: { runId: 12 } }, 'JUDGE_ARTIFACT_FOREIGN'],
    ['an artifact of no known run', { facts: { runId: null } }, 'JUDGE_ARTIFACT_FOREIGN'],
    ['an artifact that does not exist', { facts: null }, 'JUDGE_ARTIFACT_MISSING'],
    ['an artifact that has expired', { facts: { expired: true } }, 'JUDGE_ARTIFACT_MISSING'],
    ['an artifact over 2 GiB', { facts: { sizeBytes: 2 * 1024 ** 3 + 1 } }, 'JUDGE_ARTIFACT_TOO_LARGE'],
    ['an artifact of unknown size', { facts: { sizeBytes: Number.NaN } }, 'JUDGE_ARTIFACT_TOO_LARGE'],
    ['another model', { inputs: { model: 'churn' } }, 'JUDGE_OTHER_MODEL'],
    ['no artifact', { inputs: { artifactId: null } }, 'JUDGE_ARTIFACT_MISSING'],
  ])('refuses %s before it downloads anything', async (_, setup, code) => {
    const { storeModel, store, downloaded, fetched } = world(setup);
    await expect(storeModel()).rejects.toThrow(refused(code));
    expect([store.size, downloaded.length, fetched.length]).toEqual([0, 0, 0]);
  });

  it.each<readonly [string, Zippable, string]>([
    ['nothing', {}, 'JUDGE_ARTIFACT_CONTENT'],
    ['no run record', { 'model.json': strToU8(modelBytes) }, 'JUDGE_ARTIFACT_CONTENT'],
    ['no model', { 'run.json': strToU8(record) }, 'JUDGE_ARTIFACT_CONTENT'],
    ['a file more', { ...artifact, 'extra.txt': strToU8('x') }, 'ARCHIVE_REFUSED'],
    [
      'a path that climbs',
      { 'run.json': strToU8(record), '../model.json': strToU8(modelBytes) },
      'ARCHIVE_REFUSED',
    ],
    [
      'an absolute path',
      { 'run.json': strToU8(record), '/model.json': strToU8(modelBytes) },
      'ARCHIVE_REFUSED',
    ],
    ['a folder', { 'run.json': strToU8(record), 'out/model.json': strToU8(modelBytes) }, 'ARCHIVE_REFUSED'],
    [
      'a link',
      {
        'run.json': strToU8(record),
        'model.json': [strToU8('/etc/passwd'), { os: 3, attrs: 0o120777 << 16 }],
      },
      'ARCHIVE_REFUSED',
    ],
    [
      'two names that differ in case alone',
      { 'run.json': strToU8(record), 'RUN.json': strToU8(record) },
      'ARCHIVE_REFUSED',
    ],
    ['an empty model', { ...artifact, 'model.json': new Uint8Array(0) }, 'JUDGE_ARTIFACT_EMPTY'],
    [
      'a record that is too large',
      { ...artifact, 'run.json': new Uint8Array(maxRunRecordBytes + 1) },
      'JUDGE_ARTIFACT_CONTENT',
    ],
    ['a record that is no JSON', { ...artifact, 'run.json': strToU8('no') }, 'JSON_INVALID'],
    ['a record with a key more', withRecord({ signed: true }), 'RUN_RECORD_INVALID'],
    [
      'a record that is not UTF-8',
      { ...artifact, 'run.json': Uint8Array.of(0xff, 0xfe) },
      'RUN_RECORD_INVALID',
    ],
    ['a record of another model', withRecord({ model: 'churn' }), 'JUDGE_ARTIFACT_OTHER_MODEL'],
    ['a record of another commit', withRecord({ commit: 'f'.repeat(40) }), 'JUDGE_ARTIFACT_OTHER_MODEL'],
    ['a record of another run', withRecord({ runId: 1 }), 'JUDGE_ARTIFACT_OTHER_MODEL'],
    [
      'a record of a training that failed',
      withRecord({ outcome: 'failed', artifact: null }),
      'JUDGE_RUN_UNFINISHED',
    ],
    [
      'a model that its record does not describe',
      { ...artifact, 'model.json': strToU8('{"weights":[9,9]}') },
      'JUDGE_ARTIFACT_CHANGED',
    ],
    [
      'a model of another name',
      { 'run.json': strToU8(record), 'other.json': strToU8(modelBytes) },
      'JUDGE_ARTIFACT_CHANGED',
    ],
  ])('refuses an artifact with %s and stores nothing', async (_, files, code) => {
    const { storeModel, store } = world({ zip: zipSync(files) });
    await expect(storeModel()).rejects.toThrow(refused(code));
    expect(store.size).toBe(0);
  });

  it('refuses a zip that is not the one GitHub describes', async () => {
    const { storeModel, store } = world({ facts: { digest: digestBytes('another zip') } });
    await expect(storeModel()).rejects.toThrow(refused('ARTIFACT_DAMAGED'));
    expect(store.size).toBe(0);
  });
});
