import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../json/canonical.ts';
import { requireFinished, toClaimedRun } from './claimed-run.ts';
import { cleanRecord } from './clean-record.ts';
import { makeRunRecord } from './run-record.fixture.ts';
import { maxRunRecordBytes, parseRunRecord } from './run-record.ts';

const record = makeRunRecord();
const parse = (value: unknown) => parseRunRecord(JSON.stringify(value), 'run.json');
const invalid = expect.objectContaining({ code: 'RUN_RECORD_INVALID' });

describe('parseRunRecord', () => {
  it('reads what train-model writes, as text and as bytes', () => {
    expect(parse(record)).toEqual(record);
    expect(parseRunRecord(Buffer.from(JSON.stringify(record)), 'run.json')).toEqual(record);
  });

  it.each<readonly [string, unknown]>([
    ['nothing', null],
    ['a list', []],
    ['another version', { ...record, v: 1 }],
    ['a better grade', { ...record, grade: 'judged' }],
    ['an unknown key', { ...record, verdict: 'pass' }],
    ['a short commit', { ...record, commit: 'abc' }],
    ['a run that is no whole number', { ...record, runId: 1.5 }],
    ['a time that is none', { ...record, startedAt: 'yesterday' }],
    ['a metric as text', { ...record, metrics: { auc: '0.9' } }],
    ['a digest that is none', { ...record, artifact: { ...record.artifact, digest: 'sha256:x' } }],
    ['an empty name', { ...record, artifact: { ...record.artifact, name: '' } }],
    ['half a surrogate pair', { ...record, runner: '\ud800' }],
    [
      'too many parameters',
      { ...record, parameters: Object.fromEntries(Array.from({ length: 301 }, (_, at) => [`p${at}`, at])) },
    ],
    ['a text without end', { ...record, runner: 'x'.repeat(2_001) }],
    ['a model file of a run that failed', { ...record, outcome: 'failed' }],
    ['no model file of a run that ended well', { ...record, artifact: null }],
    ['an outcome that is none', { ...record, outcome: 'passed' }],
    ['too many packages', { ...record, packages: Array.from({ length: 3_001 }, () => ['a', '1']) }],
    ['a package without a version', { ...record, packages: [['a']] }],
    ['more than all of a GPU', { ...record, usage: { ...record.usage, gpuUtilisation: 1.1 } }],
    ['a price in no currency', { ...record, cost: { amount: 1, hourly: 1, currency: '$' } }],
  ])('refuses %s', (_, value) => expect(() => parse(value)).toThrow(invalid));

  it('refuses too many bytes, bytes that are no text, and doubled keys', () => {
    expect(() => parseRunRecord('x'.repeat(maxRunRecordBytes + 1), 'run.json')).toThrow(invalid);
    expect(() => parseRunRecord(Uint8Array.of(0xff), 'run.json')).toThrow(invalid);
    expect(() => parseRunRecord(Buffer.from('{"v":1,"v":1}'), 'run.json')).toThrow(
      expect.objectContaining({ kind: 'input' }),
    );
  });

  it('gives a value with a canonical form, or refuses', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.double(), (text, value) => {
        const changed = { ...record, runner: text, parameters: { [text]: value } };
        let parsed: unknown = null;
        try {
          parsed = parse(changed);
        } catch (error) {
          expect(error).toMatchObject({ kind: 'input' });
        }
        expect(() => canonicalJson(parsed)).not.toThrow();
      }),
    );
  });
});

describe('requireFinished', () => {
  it('takes a run that ended well, and refuses every other one as not about the model', () => {
    expect(requireFinished(record)).toEqual(record);
    const lost = makeRunRecord({ outcome: 'lost-runner', artifact: null });
    expect(parse(lost)).toEqual(lost);
    expect(() => requireFinished(lost)).toThrow(
      expect.objectContaining({
        code: 'JUDGE_RUN_UNFINISHED',
        message: expect.stringContaining('says nothing about the model'),
      }),
    );
  });
});

describe('toClaimedRun', () => {
  it('leaves the long lists to the store', () => {
    const claimed = toClaimedRun(record);
    expect(claimed).toMatchObject({ artifact: record.artifact, parameters: record.parameters, attempts: 1 });
    for (const key of ['packages', 'history', 'outputs', 'environment', 'v'])
      expect(claimed).not.toHaveProperty(key);
  });
});

describe('cleanRecord', () => {
  const secret = 'planted-token-1234';
  const hide = (text: string) => text.replaceAll(secret, '***');

  it('changes nothing where nothing is to hide', () => {
    expect(cleanRecord(record, hide)).toEqual(record);
  });

  it('hides a secret wherever the training side may have put it, names included', () => {
    const named = { [secret]: secret, [`commit ${secret}`]: secret };
    const planted = makeRunRecord({
      changedFiles: [secret],
      trigger: secret,
      command: `run --token ${secret}`,
      image: secret,
      runner: secret,
      machine: {
        ...record.machine,
        cpu: secret,
        gpus: record.machine.gpus.map((gpu) => ({ ...gpu, name: secret })),
      },
      runtimes: { [secret]: secret },
      packages: [[secret, `1.0+${secret}`]],
      lockFiles: [{ path: secret, digest: record.artifact.digest }],
      environment: { ...named, commit: secret },
      parameters: { ...named, outcome: secret, digest: secret },
      metrics: { [secret]: 1 },
      history: record.history.map((point) => ({ ...point, metrics: { [secret]: 1 } })),
      phases: [{ name: secret, durationMs: 1 }],
      attempts: record.attempts.map((attempt) => ({ ...attempt, runner: secret, how: secret })),
      featureVersion: secret,
      outputs: [{ path: secret, digest: record.artifact.digest, sizeBytes: 1 }],
    });
    const text = canonicalJson(cleanRecord(planted, hide));
    expect(text).not.toContain(secret);
    expect(text).toContain('***');
  });

  it('cuts what is too long, and drops history before anything else', () => {
    const name = (at: number) => `${at} ${'é'.repeat(180)}`;
    const metrics = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [name(at), at]));
    const long = makeRunRecord({
      command: 'x'.repeat(5_000),
      parameters: Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`p${at}`, '😀'.repeat(400)])),
      history: Array.from(
        { length: 200 },
        () => ({ ...record.history[0], metrics }) as (typeof record.history)[0],
      ),
    });
    const clean = cleanRecord(long, hide);
    expect(clean.command).toHaveLength(4_000);
    expect(clean.command.endsWith('…')).toBe(true);
    expect(Object.keys(clean.parameters)).toHaveLength(300);
    expect(clean.packages).toEqual(record.packages);
    expect(clean.history.length).toBeGreaterThan(2);
    expect(clean.history.length).toBeLessThan(200);
    expect(Buffer.byteLength(canonicalJson(clean))).toBeLessThanOrEqual(maxRunRecordBytes);
  });

  it('loses no training to many stages, many attempts, or a parameter that strict JSON has no name for', () => {
    const phases = Array.from({ length: 60 }, (_, at) => ({ name: `stage ${at}`, durationMs: 1 }));
    const attempts = Array.from({ length: 101 }, (_, at) =>
      record.attempts.map((one) => ({ ...one, number: at + 1 })),
    ).flat();
    const parameters = Object.fromEntries([
      ['constructor', 1],
      ['__proto__', 2],
      ['lr', 3],
    ]);
    const clean = cleanRecord(makeRunRecord({ phases, attempts, parameters }), hide);
    expect(clean.phases).toHaveLength(50);
    expect(clean.attempts.at(-1)?.number).toBe(101);
    expect(clean.parameters).toEqual({ lr: 3 });
  });

  it('drops the list of packages when nothing else helps, and refuses what is no record even so', () => {
    const packages = Array.from({ length: 3_000 }, (_, at): [string, string] => [
      `${at}${'é'.repeat(190)}`,
      'é'.repeat(190),
    ]);
    const clean = cleanRecord(makeRunRecord({ packages: [...packages, ['', '1'], ['a', '']] }), hide);
    expect(clean.packages).toEqual([]);
    expect(clean.history).toEqual(record.history);
    expect(
      cleanRecord(
        makeRunRecord({
          packages: [
            ['a', ''],
            ['', '1'],
          ],
        }),
        hide,
      ).packages,
    ).toEqual([['a', 'unknown']]);
    expect(() => cleanRecord(makeRunRecord({ commit: 'abc' }), hide)).toThrow(invalid);
    const strange = makeRunRecord({ parameters: { [`${'x'.repeat(199)}😀`]: `${'y'.repeat(498)}😀z` } });
    expect(Object.entries(cleanRecord(strange, hide).parameters)).toEqual([
      [`${'x'.repeat(199)}…`, `${'y'.repeat(498)}…`],
    ]);
  });
});
