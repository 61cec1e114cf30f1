import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { ArtifactFacts } from '../../adapters/github/reader.ts';
import { canonicalJson, digestBytes, digestOf } from '../../core/json/canonical.ts';
import type { LatencyRecord } from '../../core/load/latency-record.ts';
import { makeLatencies, makeLatencyRecord, makeRound } from '../../core/load/record.fixture.ts';
import { baseFiles, model, modelText, runId } from '../../test/memory/flights.ts';
import { configOf } from './full.fixture.ts';
import { latencyAgainst, readLatency } from './latency.ts';
import { champion, judgeIn, modelBytes, poor, texts } from './world.fixture.ts';

const latency = `latency:
  serve: { command: python serve.py }
  request: { path: /predict, body: none, method: GET }
  arrival: { pattern: poisson, rate: 50, seconds: 60 }
`;
const served = (gates: string) => modelText({ ...texts, gates }).replace('gates:', `${latency}gates:`);
const withLatency = (gates: string) => ({
  ...baseFiles(texts),
  'models/flight-delay/model.yml': served(gates),
});
const gates = '[{ metric: auc, min: 0.6 }, { metric: latency-p95, max: 40 }]';
const config = configOf(withLatency(gates));
const configDigest = digestOf(config.latency?.load);
const rounds = [1, 2, 3].flatMap((round) => [
  makeRound({ round, who: 'challenger', latenciesMs: makeLatencies(400, 10, round) }),
  makeRound({ round, who: 'champion', latenciesMs: makeLatencies(400, 20, 10 + round) }),
]);
const bytesOf = (text: string) => ({ artifactDigest: digestBytes(text), sizeBytes: text.length });
const plain = makeLatencyRecord(rounds);
const good: LatencyRecord = {
  ...plain,
  ...{ model, runId, configDigest },
  challenger: { ...plain.challenger, ...bytesOf(modelBytes), version: null },
  champion: plain.champion && { ...plain.champion, ...bytesOf('old model'), version: 1 },
};
const challenger = {
  artifact: { ...bytesOf(modelBytes), digest: digestBytes(modelBytes), name: 'm' },
  version: null,
};

interface Handed {
  readonly record?: unknown;
  readonly files?: Readonly<Record<string, string>>;
  readonly digest?: string;
  readonly runId?: number;
}

function read({ record = good, files, digest, runId: of = runId }: Handed) {
  const texts = files ?? { 'latency.json': canonicalJson(record) };
  const zip = zipSync(Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, strToU8(text)])));
  const github = {
    artifact: async (id: number) => ({ id, runId: of }) as ArtifactFacts,
    artifactZip: async () => zip,
  };
  const inputs = { model, runId, latency: { id: 9, digest: digest ?? digestBytes(zip) } };
  return readLatency(challenger, config, inputs as Parameters<typeof readLatency>[2], { github });
}

describe('latency that a job of this run measured', () => {
  it('is taken when it is of this model, its bytes, this run and the declared load', async () => {
    expect(await read({})).toEqual({ record: good, findings: [] });
  });

  const other = { artifactDigest: digestBytes('other') };
  it.each<[string, Handed, RegExp]>([
    ['of another run', { runId: 1 }, /not of this run/],
    ['whose record is of another run', { record: { ...good, runId: 1 } }, /another model, version or run/],
    ['of another model', { record: { ...good, model: 'churn' } }, /another model/],
    [
      'of other bytes',
      { record: { ...good, challenger: { ...good.challenger, ...other } } },
      /another model/,
    ],
    [
      'that calls the file smaller than it is',
      { record: { ...good, challenger: { ...good.challenger, sizeBytes: 1 } } },
      /another model/,
    ],
    [
      'of a version',
      { record: { ...good, challenger: { ...good.challenger, version: 4 } } },
      /another model/,
    ],
    ['under another load', { record: { ...good, configDigest: digestBytes('x') } }, /another load/],
    ['whose bytes were replaced', { digest: digestBytes('x') }, /not those that were handed over/],
    ['with a digest that is none', { digest: 'none' }, /not those that were handed over/],
    ['with another file', { files: { 'other.json': '{}' } }, /exactly latency\.json/],
    ['with a file more', { files: { 'latency.json': '{}', 'x.json': '{}' } }, /entries/],
    ['that is no record', { files: { 'latency.json': '{}' } }, /latency/],
    ['that calls itself judged', { record: { ...good, grade: 'judged' } }, /grade/],
  ])('%s is not used, and costs no more than itself', async (_, handed, message) => {
    const { record, findings } = await read(handed);
    expect(record).toBeNull();
    expect(findings.map(({ severity }) => severity)).toEqual(['warn']);
    expect(findings[0]?.message).toMatch(message);
  });

  it('speaks of the champion alone that was measured beside it', () => {
    const measured = { record: good, findings: [] };
    const v = (version: number, text: string) => ({
      version,
      artifact: { digest: digestBytes(text), sizeBytes: 77 },
    });
    const p95 = (met: Parameters<typeof latencyAgainst>[1]) =>
      latencyAgainst(measured, met).metrics.find(({ metric }) => metric === 'latency-p95');
    expect(p95(v(1, 'old model'))?.champion).toBeGreaterThan(10);
    // Its size is the ledger's, whatever the machine that measured says of it.
    const sizes = latencyAgainst(measured, v(1, 'old model')).metrics.filter(
      ({ metric }) => metric === 'size-bytes',
    );
    expect(sizes).toMatchObject([{ champion: 77, difference: modelBytes.length - 77 }]);
    for (const met of [null, v(2, 'old model'), v(1, 'other')]) {
      expect(p95(met)).toMatchObject({ champion: null, difference: null, pWorse: null, pBetter: null });
      expect(p95(met)?.challenger).toBe(p95(v(1, 'old model'))?.challenger);
    }
    expect(latencyAgainst({ record: null, findings: [] }, null)).toEqual({ metrics: [], findings: [] });
  });
});

describe('a gate on latency', () => {
  const setup = { base: withLatency(gates), state: champion(poor) };

  it('is answered by what was measured', async () => {
    const { evidence } = await judgeIn({ ...setup, latency: canonicalJson(good) });
    const gate = evidence.comparisons[0]?.gates.find(({ metric }) => metric === 'latency-p95');
    expect(gate?.result).toBe('pass');
    expect(evidence.verdict).toBe('pass');
    const p95 = evidence.comparisons[0]?.metrics.find(({ metric }) => metric === 'latency-p95');
    expect(p95?.grade).toBe('measured');
  });

  it.each<[string, Parameters<typeof judgeIn>[0]]>([
    ['nothing was measured', {}],
    ['something else was measured', { latency: canonicalJson({ ...good, configDigest: digestBytes('x') }) }],
  ])('does not pass when %s', async (_, own) => {
    const { evidence } = await judgeIn({ ...setup, ...own });
    const gate = evidence.comparisons[0]?.gates.find(({ metric }) => metric === 'latency-p95');
    expect(['fail', 'not evaluated']).toContain(gate?.result);
    expect(evidence.verdict).not.toBe('pass');
  });
});
