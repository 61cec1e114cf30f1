import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseContract } from '../../core/config/contract-file.ts';
import { parseIngestRecord } from '../../core/dataset/ingest-record.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { runIngest } from './run.ts';

const root = mkdtempSync(join(tmpdir(), 'gatehouse-ingest-'));
afterAll(() => rmSync(root, { recursive: true }));

const contractText = (ingest: string, column = '{ name: row, type: integer }'): string => `version: 1
description: Flights of one month a file.
owner: { users: [omar] }
files: [data/flights-*.csv.dvc]
columns: [${column}]
rows: { min: 1 }
access: ["*"]
expires: 2030-01-01
source: https://flights.test/monthly
legal-basis: public data
approved-by: omar
${ingest}`;

interface Shape {
  readonly command: string;
  readonly column?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly credentials?: string;
  readonly before?: Readonly<Record<string, string>>;
  readonly to?: string;
}

async function ingest({ command, column, env = {}, credentials = '', before = {}, to = 'data' }: Shape) {
  const workspace = mkdtempSync(join(root, 'work-'));
  const outputFolder = mkdtempSync(join(root, 'out-'));
  for (const [path, text] of Object.entries(before)) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    writeFileSync(join(workspace, path), text);
  }
  const blob = (text: string) =>
    createHash('sha1')
      .update(`blob ${Buffer.byteLength(text)}\0${text}`)
      .digest('hex');
  const listing = new Map(
    Object.entries(before).map(([path, text]) => [path, { path, mode: '100644', blob: blob(text) }]),
  );
  const text = contractText(`ingest: { command: ${JSON.stringify(command)}, to: ${to} }\n`, column);
  const lines: string[] = [];
  const record = await runIngest(
    {
      contract: parseContract(text, 'datasets/flights.yml'),
      contractText: text,
      ...{ listing, commit: 'c'.repeat(40), workspace, outputFolder, credentials },
      ...{ runId: 11, runAttempt: 1, runner: 'GitHub Actions 1' },
      env: { PATH: process.env.PATH, ...env },
    },
    { now: () => new Date('2026-11-21T06:00:00Z'), log: (line) => void lines.push(line) },
  );
  const written = readFileSync(join(outputFolder, 'ingest.json'));
  expect(parseIngestRecord(written, 'ingest.json')).toEqual(record);
  return { record, outputFolder, log: lines.join('\n'), workspace };
}

describe('an ingest', () => {
  it('records source, command, commit, time and the digests of what the command wrote', async () => {
    const { record, outputFolder } = await ingest({
      command: 'mkdir -p data; printf "row\\n1\\n" > data/flights-05.csv',
    });
    const bytes = 'row\n1\n';
    expect(record).toMatchObject({
      dataset: 'flights',
      source: 'https://flights.test/monthly',
      commit: 'c'.repeat(40),
      to: 'data',
      runId: 11,
      startedAt: '2026-11-21T06:00:00.000Z',
      end: { kind: 'done' },
      removed: [],
      log: [],
      files: [
        {
          path: 'data/flights-05.csv',
          name: '0001.bin',
          sha256: digestBytes(bytes),
          md5: createHash('md5').update(bytes).digest('hex'),
          sizeBytes: 6,
        },
      ],
    });
    expect(readFileSync(join(outputFolder, '0001.bin'), 'utf8')).toBe(bytes);
  });

  it('takes what changed: no pointer that lay there, no .gitignore, no pointer beside its data; tells what went', async () => {
    const { record } = await ingest({
      before: {
        'data/flights-01.csv.dvc': 'outs:\n- md5: a\n',
        'data/flights-02.csv.dvc': 'outs:\n- md5: b\n',
        'data/plain.csv': 'row\n1\n',
        'README.md': 'x',
      },
      command:
        'echo "row" > data/flights-05.csv; echo outs > data/flights-05.csv.dvc; echo /flights-05.csv > data/.gitignore; rm data/flights-01.csv.dvc; echo 2 >> data/plain.csv; echo y > README.md',
    });
    expect(record.files.map(({ path }) => path)).toEqual(['data/flights-05.csv', 'data/plain.csv']);
    expect(record.removed).toEqual(['data/flights-01.csv.dvc']);
  });

  it.each([
    ['an exit code', 'echo fetching; exit 3', 'exit code 3'],
    [
      'a link among the files',
      'mkdir data; ln -s /etc/passwd data/flights-05.csv',
      'data/flights-05.csv is no plain file',
    ],
    ['a link in the place of the folder', 'mkdir elsewhere; ln -s elsewhere data', 'data is a link'],
  ])('that ends with %s is recorded as failed, with nothing to pass on', async (_, command, how) => {
    const { record } = await ingest({ command });
    expect(record).toMatchObject({ end: { kind: 'failed', how }, files: [] });
  });

  it('that brings nothing new says so', async () => {
    expect((await ingest({ command: 'true' })).record).toMatchObject({ end: { kind: 'done' }, files: [] });
  });

  it('keeps the last lines of a failure, without secrets and without the runner commands around them', async () => {
    const { record } = await ingest({
      command:
        'for i in $(seq 30); do echo "line $i"; done; echo "key $GATEHOUSE_SOURCE_CREDENTIALS"; printf "\\033[31mred\\n"; exit 1',
      credentials: 'hunter2-hunter2',
    });
    expect(record.log).toHaveLength(20);
    expect(record.log.slice(-3)).toEqual(['line 30', 'key ***', ' [31mred']);
  });

  it('keeps no line where a column is personal: the command may print rows', async () => {
    const { record } = await ingest({
      command: 'echo "7,Ada Lovelace"; exit 1',
      column: '{ name: row, type: integer }, { name: who, type: text, privacy: personal }',
    });
    expect(record.log).toEqual([]);
  });

  it('gives the command its one secret and no token of the job', async () => {
    const { log } = await ingest({
      command: 'env | sort',
      credentials: 'read-only-key',
      env: {
        GITHUB_TOKEN: 'ghs_x',
        ACTIONS_RUNTIME_TOKEN: 'y',
        INPUT_CREDENTIALS: 'read-only-key',
        AWS_SECRET_ACCESS_KEY: 'z',
      },
    });
    expect(log).toContain('GATEHOUSE_SOURCE_CREDENTIALS=read-only-key');
    expect(log).not.toMatch(/TOKEN=|INPUT_|SECRET/);
  });

  it('is refused where the contract declares none', async () => {
    const text = contractText('');
    const inputs = {
      contract: parseContract(text, 'datasets/flights.yml'),
      contractText: text,
    } as Parameters<typeof runIngest>[0];
    await expect(runIngest(inputs, { now: () => new Date(), log: () => undefined })).rejects.toThrow(
      expect.objectContaining({ code: 'INGEST_NONE' }),
    );
  });
});

describe('a place that is a link before the command runs', () => {
  it('is not followed out of the checkout', async () => {
    const outside = mkdtempSync(join(root, 'outside-'));
    writeFileSync(join(outside, 'secret.csv'), 'x');
    const workspace = mkdtempSync(join(root, 'work-'));
    symlinkSync(outside, join(workspace, 'data'));
    const text = contractText('ingest: { command: "true", to: data }\n');
    const record = await runIngest(
      {
        contract: parseContract(text, 'datasets/flights.yml'),
        contractText: text,
        ...{
          listing: new Map(),
          commit: 'c'.repeat(40),
          workspace,
          outputFolder: mkdtempSync(join(root, 'out-')),
        },
        ...{ credentials: '', runId: 1, runAttempt: 1, runner: '', env: { PATH: process.env.PATH } },
      },
      { now: () => new Date(), log: () => undefined },
    );
    expect(record).toMatchObject({
      end: { kind: 'failed', how: 'data is a link' },
      files: [],
      runner: 'unknown',
    });
  });
});
