import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { layOver } from '../../adapters/dataset/incoming.ts';
import { openRemote } from '../../adapters/dvc/remote.ts';
import { openDuckDb } from '../../adapters/engine/duckdb.ts';
import { parseContract } from '../../core/config/contract-file.ts';
import type { ListedFile } from '../../core/dataset/files.ts';
import type { IngestRecord } from '../../core/dataset/ingest-record.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import type { Work } from './run.ts';
import { validateWork } from './validate-work.ts';

const root = mkdtempSync(join(tmpdir(), 'gatehouse-work-'));
afterAll(() => rmSync(root, { recursive: true }));

const path = 'datasets/flights.yml';
const text = `version: 1
description: Flights of one month a file.
owner: { users: [omar] }
files: [data/flights-*.csv]
columns: [{ name: delay, type: number }]
rows: { min: 1 }
access: ["*"]
expires: "2030-01-01"
source: https://flights.test/monthly
legal-basis: public data
approved-by: omar
drift:
  severity: fail
  min-rows: 30
  reference: { file: data/flights-01.csv }
  columns: { delay: { test: psi, limit: 0.1 } }
ingest: { command: make fetch, to: data }
`;
const table = (shift: number): string =>
  `delay\n${Array.from({ length: 300 }, (_, at) => ((at * 7919) % 101) + shift).join('\n')}\n`;
const blobOf = (content: string): string =>
  createHash('sha1').update(`blob ${content.length}\0${content}`).digest('hex');

async function look(incoming: string) {
  const committed: ListedFile = { path: 'data/flights-01.csv', mode: '100644', blob: blobOf(table(0)) };
  const listing = new Map([[committed.path, committed]]);
  const readBlob = async () => Buffer.from(table(0));
  const contract = parseContract(text, path);
  const local = join(root, '0001.bin');
  writeFileSync(local, incoming);
  const file = {
    ...{ path: committed.path, name: '0001.bin', sizeBytes: incoming.length, sha256: digestBytes(incoming) },
    md5: createHash('md5').update(incoming).digest('hex'),
  };
  const record = { to: 'data', files: [file], removed: [] } as unknown as IngestRecord;
  const came = await layOver({ listing, readBlob }, contract, record, [{ file, local }]);
  const remote = mkdtempSync(join(root, 'remote-'));
  mkdirSync(join(remote, 'files'));
  const work = {
    watched: {
      ...{ listing, contracts: [], known: new Map(), ledger: null, repository: {} },
      policy: { store: 'file:///srv/store', data: `file://${remote}`, hosts: [], privateHosts: [] },
    },
    contracts: [{ contract, path, text, from: 'base' }],
    ...{ listing: came.listing, readBlob: came.readBlob, openRemote: came.openRemote(openRemote) },
    origin: { headSha: 'a'.repeat(40) },
  } as unknown as Work;
  const { evidence } = await validateWork(work, {
    reader: { file: async () => null },
    records: async () => ({ get: async () => new Uint8Array(), put: async (put) => digestBytes(put) }),
    openEngine: () => openDuckDb({ workdir: join(root, 'spill') }),
    workdir: mkdtempSync(join(root, 'data-')),
    now: '2026-11-21T12:00:00Z',
    say: () => {},
  });
  return evidence.datasets.map(({ verdict, findings }) => [verdict, ...findings.map(({ code }) => code)]);
}

describe('a batch that overwrites the table that it is compared with', () => {
  it('is compared with that of the commit', async () => {
    expect(await look(table(0))).toEqual([['pass']]);
    expect(await look(table(500))).toEqual([['data invalid', 'data/drift']]);
  });
});
