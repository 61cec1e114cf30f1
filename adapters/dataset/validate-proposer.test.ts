import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseContract } from '../../core/config/contract-file.ts';
import type { ListedFile } from '../../core/dataset/files.ts';
import { readRecordedProfile } from '../../core/dataset/parse-record.ts';
import { parseEvidence } from '../../core/evidence/parse-evidence.ts';
import { canonicalJson, digestBytes } from '../../core/json/canonical.ts';
import { openDuckDb } from '../engine/duckdb.ts';
import type { ReferenceSource } from './reference.ts';
import { type ContractText, runValidation, type ValidationInputs } from './validate.ts';

/** What somebody can change in a pull request to be told "pass", or to be told what is hidden. */

const contract = (dataset: string, columns: readonly string[], more = ''): string => `version: 1
description: people
owner: { users: [omar] }
source: a table
legal-basis: consent
approved-by: omar
expires: 2030-01-01
access: ["*"]
files: [data/${dataset}.csv]
rows: { min: 1 }
columns:
${columns.map((column) => `  - { ${column} }`).join('\n')}
${more}`;

const textOf = (dataset: string, text: string, from: 'base' | 'head' = 'base'): ContractText => {
  const path = `datasets/${dataset}.yml`;
  return { contract: parseContract(text, path), path, text, from };
};

let folder: string;
let blobs: Map<string, string>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-proposer-'));
  blobs = new Map();
});
afterEach(() => rm(folder, { recursive: true }));

type Files = Readonly<Record<string, string>>;

function treeOf(files: Files): ReadonlyMap<string, ListedFile> {
  return new Map(
    Object.entries(files).map(([path, text]) => {
      const blob = createHash('sha1').update(text).digest('hex');
      blobs.set(blob, text);
      return [path, { path, mode: '100644', blob }];
    }),
  );
}

async function validate(
  contracts: readonly ContractText[],
  head: Files,
  {
    base,
    known = [],
    readFile = async () => null,
  }: {
    readonly base?: Files;
    readonly known?: readonly ContractText[];
    readonly readFile?: ReferenceSource['readFile'];
  } = {},
) {
  const records: string[] = [];
  const inputs: ValidationInputs = {
    ...{ contracts, listing: treeOf(head), dataUrl: `file://${folder}` },
    ...(base === undefined ? {} : { governing: treeOf(base) }),
    known: new Map(known.map((text) => [text.contract.dataset, text])),
    network: { hosts: [], privateHosts: [] },
    model: null,
    workdir: await mkdtemp(join(folder, 'work-')),
    now: '2026-11-21T12:00:00Z',
    origin: {
      ...{ repositoryId: 1, repository: 'acme/people', pullRequest: 2, baseRef: 'main', runId: 3 },
      ...{ runAttempt: 1, headSha: 'a'.repeat(40), baseSha: 'b'.repeat(40) },
      contentDigest: digestBytes('content'),
    },
  };
  const result = await runValidation(inputs, {
    openEngine: () => openDuckDb({ workdir: join(folder, 'spill') }),
    readBlob: async ({ blob }) => Buffer.from(blobs.get(blob) ?? ''),
    references: {
      trainedVersions: async () => [],
      get: async () => new Uint8Array(),
      readFile,
    },
    putRecord: async (text) => {
      records.push(text);
      return digestBytes(text);
    },
    refused: [],
  });
  const codes = result.evidence.datasets.map(({ findings }) => findings.map(({ code }) => code));
  // Whatever was found, the app has to be able to read it.
  parseEvidence(canonicalJson(result.evidence));
  // Of a measurement only what it says of drift is told; the rest stays on this machine.
  const told = result.results.map(({ observations, measurement }) => [observations, measurement?.drift]);
  return { ...result, codes, records, text: JSON.stringify([result.evidence, told, records]) };
}

describe('tables that data is compared with', () => {
  const people = contract(
    'people',
    ['name: id, type: integer'],
    'rules:\n  - { name: apart, rule: overlap, with: data/held-out.csv, columns: [id] }\n',
  );
  const held = 'id\n7\n8\n';
  const data = { 'data/people.csv': 'id\n1\n7\n' };

  it('are those of base: held-out rows that the pull request takes away are still held out', async () => {
    const base = { ...data, 'data/held-out.csv': held };
    const swapped = await validate(
      [textOf('people', people)],
      { ...data, 'data/held-out.csv': 'id\n99\n' },
      { base },
    );
    expect(swapped.codes).toEqual([['data/overlap']]);
    const dropped = await validate([textOf('people', people)], data, { base });
    expect(dropped.codes).toEqual([['data/overlap']]);
  });

  it('count besides where the pull request brings them: rows that will be held out are looked at, too', async () => {
    const base = { ...data, 'data/held-out.csv': 'id\n99\n' };
    const head = { ...data, 'data/held-out.csv': held };
    expect((await validate([textOf('people', people)], head, { base })).codes).toEqual([['data/overlap']]);
    const added = await validate([textOf('people', people, 'head')], head, { base: data });
    expect(added.codes).toEqual([['data/overlap']]);
    const clean = { ...data, 'data/held-out.csv': 'id\n98\n' };
    expect((await validate([textOf('people', people)], clean, { base })).codes).toEqual([[]]);
  });

  it('that base has lost are missing, for a contract of base: nobody brings others back', async () => {
    const head = { ...data, 'data/held-out.csv': 'id\n99\n' };
    const found = await validate([textOf('people', people)], head, { base: data });
    expect(found.codes).toEqual([['data/file-missing']]);
    const profile = contract(
      'people',
      ['name: id, type: integer'],
      'drift: { reference: { profile: data/profile.json } }\n',
    );
    const asked: unknown[] = [];
    const readFile = async (_: string, from?: string) => {
      asked.push(from);
      return null;
    };
    for (const from of ['base', 'head'] as const) {
      const { codes } = await validate([textOf('people', profile, from)], data, { base: data, readFile });
      expect(codes).toEqual([['data/reference-missing']]);
    }
    expect(asked).toEqual(['base', 'head']);
  });

  it('are those of base for drift: drifted data is no reference for itself', async () => {
    const table = (shift: number) =>
      `id\n${Array.from({ length: 600 }, (_, at) => ((at * 7919) % 101) + shift).join('\n')}\n`;
    const drifting = contract(
      'people',
      ['name: id, type: integer'],
      'drift: { severity: fail, reference: { file: data/reference.csv }, columns: { id: { test: psi, limit: 0.1 } } }\n',
    );
    const moved = { 'data/people.csv': table(500), 'data/reference.csv': table(500) };
    const base = { 'data/people.csv': table(0), 'data/reference.csv': table(0) };
    const found = await validate([textOf('people', drifting)], moved, { base });
    expect(found.codes[0]).toContain('data/drift');
  });
});

describe('private columns', () => {
  const columns = ['name: id, type: integer, max: 1', 'name: mail, type: text, privacy: personal'];
  const open = ['name: id, type: integer, max: 1', 'name: mail, type: text, allowed: [nobody]'];
  const data = { 'data/people.csv': 'id,mail\n1,CANARY\n2,CANARY\n' };
  const base = textOf('people', contract('people', columns));
  /** Nothing is broken, so that a record is kept. */
  const kept = ['name: id, type: integer', 'name: mail, type: text'];

  it('stay hidden while the contract that opens them is not approved', async () => {
    for (const next of [open, kept]) {
      const head = textOf('people', contract('people', next), 'head');
      const { text, evidence } = await validate([base, head], data, { known: [base] });
      expect(evidence.datasets).toHaveLength(2);
      expect(text).not.toContain('CANARY');
    }
  });

  it('stay hidden for a new dataset over the same file, a copy of it, or its digest', async () => {
    const copy = { ...data, 'data/copy.csv': data['data/people.csv'] };
    for (const next of [open, kept]) {
      const same = contract('copy', next).replace('data/copy.csv', 'data/people.csv');
      const results = [
        await validate([textOf('copy', same, 'head')], data, { known: [base] }),
        await validate([textOf('copy', contract('copy', next), 'head')], copy, { known: [base] }),
      ];
      for (const { text } of results) expect(text).not.toContain('CANARY');
    }
    const other = { 'data/people.csv': 'id,mail\n1,x\n', 'data/copy.csv': 'id,mail\n2,CANARY\n' };
    const own = await validate([textOf('copy', contract('copy', open), 'head')], other, { known: [base] });
    expect(own.text).toContain('CANARY');
  });
});

it('keeps a record that can be read back whatever its columns are called', async () => {
  const names = ['__proto__', 'constructor', 'prototype', "a'; DROP TABLE x; --", '-->', '"', '\u202Ea@b'];
  const private_ = names.map((name) => `name: ${JSON.stringify(name)}, type: text, privacy: personal`);
  const open = names.map((name) => `name: ${JSON.stringify(`o${name}`)}, type: text`);
  const header = [...names, ...names.map((name) => `o${name}`)].map(
    (name) => `"${name.replaceAll('"', '""')}"`,
  );
  const text = `${header.join(',')}\n${header.map((_, at) => `v${at}`).join(',')}\n`;
  const odd = textOf('people', contract('people', [...private_, ...open]));
  const { codes, records } = await validate([odd], { 'data/people.csv': text });
  expect(codes).toEqual([[]]);
  const { profile } = readRecordedProfile(records[0] ?? '', 'record');
  expect(profile.columns.map(({ name }) => name)).toEqual([...names, ...names.map((name) => `o${name}`)]);
});

describe('evidence', () => {
  it('can be read back with 5,000 allowed values, a header of 100,000 characters and 2,000 broken columns', async () => {
    const values = Array.from({ length: 5000 }, (_, at) => `value-${at}`).join(', ');
    const list = contract('people', [`name: a, type: text, allowed: [${values}]`]);
    expect((await validate([textOf('people', list)], { 'data/people.csv': 'a\nx\n' })).codes).toEqual([
      ['data/allowed'],
    ]);
    const long = contract('people', ['name: a, type: text']);
    const header = { 'data/people.csv': `a,${'b'.repeat(100_000)}\nx,y\n` };
    expect((await validate([textOf('people', long)], header)).codes).toEqual([['data/column-unknown']]);
    const names = Array.from({ length: 2000 }, (_, at) => `c${at}`);
    const wide = contract(
      'people',
      names.map((name) => `name: ${name}, type: text`),
    );
    const gone = await validate([textOf('people', wide)], { 'data/people.csv': 'a\nx\n' });
    expect(gone.codes[0]).toHaveLength(1001);
    expect(gone.evidence.datasets[0]?.verdict).toBe('data invalid');
  });
});
