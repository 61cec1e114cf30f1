import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PullFacts } from '../../adapters/github/reader.ts';
import type { LoadTest } from '../../adapters/load/measure-rounds.ts';
import { digestBytes, digestOf } from '../../core/json/canonical.ts';
import { evaluateLatency } from '../../core/load/latency-metrics.ts';
import { parseLatencyRecord } from '../../core/load/latency-record.ts';
import { makeLatencies, makeRound } from '../../core/load/record.fixture.ts';
import type { ModelState } from '../../core/registry/ledger.ts';
import { latencyBlocks } from '../../core/report/latency-blocks.ts';
import { renderMarkdown } from '../../core/report/markdown.ts';
import {
  baseFiles,
  featuresDigest,
  featuresPath,
  featuresText,
  model,
  modelText,
  proposed,
  stateWith,
} from '../../test/memory/flights.ts';
import { type Files, headSha, memoryProposal } from '../../test/memory/proposal.ts';
import { type MeasureDeps, type MeasureInputs, run } from './run.ts';
import type { SideInputs } from './side.ts';

const labelsSha256 = 'f'.repeat(64);
const path = `models/${model}/model.yml`;
const latency = (own = '', request = 'path: /predict', serve = 'serve-head') => `latency:
  serve: { command: ${serve} }
  request: { ${request} }
  arrival: { pattern: poisson, rate: 50, seconds: 60 }
${own}`;
const withLatency = (text: string, files: Files = baseFiles({ labelsSha256 })): Files => ({
  ...files,
  [path]: `${modelText({ labelsSha256 })}${text}`,
});
const championCommit = 'd'.repeat(40);
const serving: ModelState = stateWith({
  version: 1,
  modelBytes: 'old',
  predictions: digestBytes('p'),
  stage: 'production',
  endpoints: ['eu'],
});

interface Setup {
  readonly base: Files;
  readonly head: Files;
  readonly state: ModelState | null;
  readonly challenger: Partial<SideInputs>;
  readonly champion: Partial<SideInputs> | null;
  /** model.yml of the champion's commit; null: none. */
  readonly championYml: string | null;
  /** Commit of each checkout. */
  readonly checkouts: Readonly<Record<string, string>>;
  readonly handed: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

function world(setup: Partial<Setup> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'measure-'));
  const base = setup.base ?? withLatency(latency());
  const proposal = memoryProposal(base, setup.head ?? proposed(base), setup.state ?? null);
  const handed = setup.handed ?? {
    trained: { 'model.json': 'new', 'run.json': '{}' },
    stored: { 'model.bin': 'old' },
  };
  const folders: NonNullable<typeof setup.handed> = { ...handed, out: {}, served: {} };
  for (const [name, files] of Object.entries(folders)) {
    mkdirSync(join(folder, name));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, name, file), text);
  }
  const tests: LoadTest[] = [];
  const laid: string[] = [];
  const printed: string[] = [];
  const deps: MeasureDeps = {
    github: {
      pull: async () => ({ base: { sha: 'b'.repeat(40), ref: 'main' } }) as PullFacts,
      file: async (file, commit) => {
        if (commit !== championCommit) return proposal.file(file, commit);
        return setup.championYml ? Buffer.from(setup.championYml) : null;
      },
    },
    proposal: async () => proposal,
    headOf: async (workspace) =>
      ({ head: headSha, old: championCommit, ...setup.checkouts })[workspace] ?? null,
    machine: async () => ({ runner: 'r', os: 'o', cpu: 'c', cpus: 2, memoryMib: 100, gpus: ['a GPU'] }),
    measure: async (test) => {
      tests.push(test);
      for (const side of test.sides) laid.push(readFileSync(await side.layModel(), 'utf8'));
      return Array.from({ length: test.load.rounds }, (_, at) => at + 1).flatMap((round) =>
        test.sides.map(({ who }) => makeRound({ round, who, latenciesMs: makeLatencies(300, 10, round) })),
      );
    },
    env: { PATH: '/bin' },
    engine: 'gatehouse, node',
    now: () => new Date('2026-11-01T10:00:00Z'),
    print: (line) => printed.push(line),
    folder: join(folder, 'served'),
    outputFolder: join(folder, 'out'),
  };
  const inputs: MeasureInputs = {
    model,
    challenger: {
      who: 'challenger',
      version: null,
      artifactDigest: digestBytes('new'),
      folder: join(folder, 'trained'),
      workspace: 'head',
      ...setup.challenger,
    },
    champion: setup.champion
      ? {
          who: 'champion',
          version: 1,
          artifactDigest: null,
          folder: join(folder, 'stored'),
          workspace: 'old',
          ...setup.champion,
        }
      : null,
    pull: { number: 3, headSha, fork: false },
    runId: 4711,
    runAttempt: 2,
  };
  return { measure: () => run(inputs, deps), tests, laid, printed, out: join(folder, 'out') };
}

const refused = (code: string) => expect.objectContaining({ code });

describe('measure-latency', () => {
  it('serves the proposal by the command of head, with the load of base and held-out rows without their key', async () => {
    const base = withLatency(latency());
    const head = withLatency(latency('  timeout-ms: 9000\n', 'path: /', 'serve-new'), proposed(base));
    const { measure, tests, laid, out, printed } = world({ base, head });
    const { record, recordDigest } = await measure();
    const [test] = tests as [LoadTest];
    expect(test.sides.map(({ who, serve, workspace }) => [who, serve.command, workspace])).toEqual([
      ['challenger', 'serve-new', 'head'],
    ]);
    expect(laid).toEqual(['new']);
    expect(test.load.timeoutMs).toBe(2000);
    expect(test.bodies.map(String)).toEqual(['{"hour":8}']);
    expect(test.env).toEqual({ PATH: '/bin' });
    const text = readFileSync(join(out, 'latency.json'), 'utf8');
    expect(parseLatencyRecord(text, 'latency.json')).toEqual(record);
    expect(digestBytes(text)).toBe(recordDigest);
    expect(record).toMatchObject({
      grade: 'measured',
      configDigest: digestOf(test.load),
      configFrom: 'base',
      requestsDigest: featuresDigest,
      traceDigest: null,
      challenger: { version: null, commit: headSha, artifactDigest: digestBytes('new'), sizeBytes: 3 },
      champion: null,
    });
    expect(printed).toEqual([]);
  });

  it('serves the champion by the command and bytes of its version, not by one byte of the pull request', async () => {
    const championYml = `${modelText({ labelsSha256 })}${latency('', 'path: /', 'serve-old')}`;
    const { measure, tests, laid } = world({ state: serving, champion: {}, championYml });
    const { record } = await measure();
    expect(tests[0]?.sides.map(({ serve }) => serve.command)).toEqual(['serve-head', 'serve-old']);
    expect(laid).toEqual(['new', 'old']);
    expect(record.champion).toMatchObject({
      version: 1,
      commit: championCommit,
      artifactDigest: digestBytes('old'),
    });
    const byMetric = evaluateLatency(record).metrics.map(({ metric, champion }) => [
      metric,
      champion !== null,
    ]);
    expect(byMetric).toContainEqual(['latency-p95', true]);
    const summary = renderMarkdown(latencyBlocks(record));
    expect(summary).toContain('| latency-p95 |');
    expect(summary).toContain('v1');
    expect(summary).toContain('a GPU');
  });

  it.each<readonly [string, string | null]>([
    ['says nothing of serving', modelText({ labelsSha256 })],
    ['has no model.yml', null],
    ['has one that is no longer understood', 'version: 0\n'],
  ])('serves a champion whose commit %s by the command that governs', async (_, championYml) => {
    const { measure, tests } = world({ state: serving, champion: {}, championYml });
    await measure();
    expect(tests[0]?.sides[1]?.serve.command).toBe('serve-head');
  });

  it('measures a version of the ledger for a promotion request', async () => {
    const challenger = { version: 1, artifactDigest: null, workspace: 'old', folder: '' };
    const handed = { trained: { 'model.bin': 'old' } };
    const { measure } = world({
      state: serving,
      challenger: { version: 1, artifactDigest: null, workspace: 'old' },
      handed,
    });
    const { record } = await measure();
    expect(record.challenger).toMatchObject({ version: 1, commit: championCommit });
    await expect(world({ state: serving, challenger }).measure()).rejects.toThrow(
      refused('LATENCY_MODEL_MISSING'),
    );
  });

  it('takes the load of head where base declares none, and says so', async () => {
    const base = baseFiles({ labelsSha256 });
    const { measure } = world({ base, head: withLatency(latency(), proposed(base)) });
    expect((await measure()).record.configFrom).toBe('head');
  });

  it('sends the lines of a file at the times of a trace', async () => {
    const trace = 'id,at\na,10\nb,10.5\nc,14\n';
    const declared = `latency:
  serve: { command: serve }
  request: { path: /predict, body: file, file: requests.jsonl }
  arrival: { pattern: recorded, file: day.csv, column: at, speed: 2 }
`;
    const files = { ...withLatency(declared), 'requests.jsonl': '{"a":1}\r\n\n{"a":2}', 'day.csv': trace };
    const { measure, tests } = world({ base: files });
    const { record } = await measure();
    expect(tests[0]?.bodies.map(String)).toEqual(['{"a":1}', '{"a":2}']);
    expect([...(tests[0]?.trace ?? [])]).toEqual([0, 0.25, 2]);
    expect(record).toMatchObject({
      pattern: 'recorded',
      traceDigest: digestBytes(trace),
      requestsDigest: digestBytes(String(files['requests.jsonl'])),
    });
    const { 'day.csv': _, ...without } = files;
    await expect(world({ base: without }).measure()).rejects.toThrow(refused('LATENCY_FILE_MISSING'));
    await expect(world({ base: { ...files, 'requests.jsonl': '\n' } }).measure()).rejects.toThrow(
      refused('LATENCY_REQUESTS_INVALID'),
    );
  });

  it('takes rows behind a pointer from an artifact, held against the pointer, and puts them under a name', async () => {
    const files = withLatency(latency('', 'path: /predict, rows-under: instances'));
    const { [featuresPath]: _, ...rest } = files;
    const md5 = createHash('md5').update(featuresText).digest('hex');
    const base = {
      ...rest,
      [path]: String(files[path]).replace(featuresPath, `${featuresPath}.dvc`),
      [`${featuresPath}.dvc`]: `outs:\n- md5: ${md5}\n  size: ${featuresText.length}\n  hash: md5\n  path: held-out.csv\n`,
    };
    const trained = { 'model.bin': 'new', 'features.csv': featuresText };
    const { measure, tests } = world({ base, handed: { trained } });
    await measure();
    expect(tests[0]?.bodies.map(String)).toEqual(['{"instances":[{"hour":8}]}']);
    const other = { trained: { ...trained, 'features.csv': 'row,hour\n1,9\n' } };
    await expect(world({ base, handed: other }).measure()).rejects.toThrow(refused('PREDICT_HANDED_OTHER'));
  });

  it.each<readonly [string, Partial<Setup>, string]>([
    ['no digest', { challenger: { artifactDigest: null } }, 'LATENCY_DIGEST_MISSING'],
    [
      'a model with one byte changed',
      { challenger: { artifactDigest: digestBytes('x') } },
      'LATENCY_MODEL_OTHER',
    ],
    ['no model file', { handed: { trained: {} } }, 'LATENCY_MODEL_MISSING'],
    ['another checkout', { checkouts: { head: 'c'.repeat(40) } }, 'LATENCY_CHECKOUT_OTHER'],
    [
      'a champion served from head',
      { state: serving, champion: { workspace: 'head' } },
      'LATENCY_CHECKOUT_OTHER',
    ],
    ['no checkout', { challenger: { workspace: 'none' } }, 'LATENCY_CHECKOUT_OTHER'],
    ['an unknown version', { state: serving, champion: { version: 7 } }, 'LATENCY_VERSION_UNKNOWN'],
    ['a version without a ledger', { champion: {} }, 'LATENCY_VERSION_UNKNOWN'],
    ['a model.yml without latency', { base: baseFiles({ labelsSha256 }) }, 'LATENCY_NOT_DECLARED'],
  ])('refuses %s, before a server runs', async (_, setup, code) => {
    const { measure, laid } = world(setup);
    await expect(measure()).rejects.toThrow(refused(code));
    expect(laid).toEqual([]);
  });
});
