import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FinishedRun } from '../evidence/evidence.ts';
import { makeRunRecord } from '../evidence/run-record.fixture.ts';
import { digestBytes } from '../json/canonical.ts';
import { compareReproduction, compareScores, type Rerun } from './reproduction.ts';

const then: FinishedRun = makeRunRecord({
  image: `ghcr.io/a/b@sha256:${'1'.repeat(64)}`,
  metrics: { auc: 0.66, rows: 1000 },
});
const rerun = (own: Partial<Rerun> = {}): Rerun => ({ ...then, how: 'exit code 0', ...own });
const version = {
  ...{ model: 'flight-delay', version: 7, commit: then.commit },
  artifactDigest: then.artifact.digest,
};
const other = { ...then.artifact, digest: digestBytes('other model') };
const compare = (
  own: Partial<Rerun>,
  tolerance = 0.001,
  scores: ReturnType<typeof compareScores> | null = null,
) => compareReproduction(version, then, rerun(own), tolerance, scores);

describe('the outcome', () => {
  it('is equal when the model file is the same, whatever else differs', () => {
    const found = compare({ metrics: { auc: 0.1 }, machine: { ...then.machine, cpus: 2 } });
    expect(found).toMatchObject({ outcome: 'equal', artifact: { was: version.artifactDigest } });
    expect(found.causes).toEqual([{ kind: 'differs', about: 'CPUs, and so threads', was: '16', is: '2' }]);
  });

  const close = { rows: 2, changed: 1, unmatched: 0, largestDifference: 0.0005 };
  it.each([
    ['metrics are close', { metrics: { auc: 0.6605, rows: 1000.9 } }, null, 'within tolerance'],
    ['scores are close as well', {}, close, 'within tolerance'],
    ['a metric is not', { metrics: { auc: 0.6621, rows: 1000 } }, null, 'differs'],
    ['a metric is not claimed any more', { metrics: { auc: 0.66 } }, null, 'differs'],
    ['a metric is no number', { metrics: { auc: Number.NaN, rows: 1000 } }, null, 'differs'],
    ['scores are not', {}, { ...close, largestDifference: 0.01 }, 'differs'],
    ['scores are no numbers', {}, { ...close, largestDifference: Number.NaN }, 'differs'],
    ['scores of other rows', {}, { ...close, unmatched: 1 }, 'differs'],
    ['scores of no rows', {}, { ...close, rows: 0 }, 'differs'],
  ] as const)('of another model file, when %s', (_, own, scores, outcome) => {
    expect(compare({ artifact: other, ...own }, 0.001, scores).outcome).toBe(outcome);
  });

  it('differs when there is no model file, or nothing else to compare', () => {
    expect(compare({ artifact: null, how: 'exit code 3' })).toMatchObject({
      ...{ outcome: 'differs', because: 'The training left no model: exit code 3', artifact: { is: null } },
    });
    const bare = makeRunRecord({ metrics: {} });
    const found = compareReproduction(version, bare, { ...rerun(), ...bare, artifact: other }, 1, null);
    expect(found).toMatchObject({ outcome: 'differs', metrics: [] });
  });

  it('never gets better with a smaller tolerance', () => {
    const rank = { differs: 0, 'within tolerance': 1, equal: 2 };
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(value, value, share, share, (was, is, a, b) => {
        const record = makeRunRecord({ metrics: { m: was } });
        const outcome = (tolerance: number) =>
          compareReproduction(
            version,
            record,
            rerun({ artifact: other, metrics: { m: is } }),
            tolerance,
            null,
          ).outcome;
        expect(rank[outcome(Math.min(a, b))]).toBeLessThanOrEqual(rank[outcome(Math.max(a, b))]);
      }),
    );
  });
});

describe('causes', () => {
  const about = (own: Partial<Rerun>, record = then) =>
    compareReproduction(version, record, { ...rerun(), ...own }, 0, null).causes.map(
      ({ kind, about, was, is }) => `${kind === 'unpinned' ? '? ' : ''}${about}: ${was} -> ${is}`,
    );

  it('are none when nothing differs and all is held', () => {
    expect(about({})).toEqual([]);
  });

  it('name everything that differs, what matters most first', () => {
    const digest = digestBytes('x');
    expect(
      about({
        datasets: [{ dataset: 'flights', dataDigest: digest }],
        image: null,
        lockFiles: [{ path: 'requirements.txt', digest }],
        packages: [['numpy', '2.2.0']],
        runtimes: { node: 'v24.21.0' },
        environment: { OMP_NUM_THREADS: '8' },
        parameters: { 'optimizer.lr': 0.02 },
        seed: null,
        machine: {
          ...{ os: 'Linux 7', cpu: 'other', cpus: 1, memoryMib: 1, diskFreeMib: null },
          ...{ gpus: [], gpuDriver: null, gpuRuntime: null, gpuTool: null },
        },
      }),
    ).toEqual([
      `data flights: ${digestBytes('data')} -> ${digest}`,
      `image: ${then.image} -> ran without`,
      `lock file requirements.txt: ${digestBytes('numpy==2.1.0')} -> ${digest}`,
      'packages: numpy 2.1.0, torch 2.5.1 -> numpy 2.2.0, torch none',
      'runtime python: 3.11.2 -> none',
      'variable OMP_NUM_THREADS: 4 -> 8',
      'parameter optimizer.lr: 0.01 -> 0.02',
      'seed: 7 -> none',
      'operating system: Linux 6.1.0 x64 -> Linux 7',
      'CPU: AMD EPYC 9654 -> other',
      'CPUs, and so threads: 16 -> 1',
      'GPU: NVIDIA H100 -> none',
      'GPU driver: 550.54.15 -> none',
      'CUDA or ROCm: 12.4 -> none',
    ]);
    const bare = { ...then, image: null };
    expect(about({ image: then.image }, bare)).toEqual([`image: none -> ${then.image}`]);
  });

  it('name what the record does not hold, and what is gone with the machine', () => {
    const [attempt] = then.attempts;
    if (attempt === undefined) throw new Error('the fixture has no attempt');
    const loose = makeRunRecord({
      ...{ image: null, packages: [], seed: null, changedFiles: ['train.py'] },
      attempts: [attempt, { ...attempt, number: 2, resumedFrom: digestBytes('c') }],
    });
    expect(about({ image: null, seed: null }, loose)).toEqual([
      'code: changed and not committed: train.py -> as committed',
      '? image: no container image is recorded -> ',
      '? packages: none are recorded -> ',
      '? seed: none is recorded -> ',
      'attempts: 2, 1 of them from a checkpoint -> 1, from the beginning',
    ]);
    const { machine } = then;
    const plain = { ...machine, gpus: [], gpuDriver: null, gpuRuntime: null };
    expect(about({ machine }, { ...then, machine: plain })).toEqual([
      ...['GPU: none -> NVIDIA H100', 'GPU driver: none -> 550.54.15', 'CUDA or ROCm: none -> 12.4'],
    ]);
    const elsewhere = [{ path: 'other.lock', digest: digestBytes('l') }];
    expect(about({ lockFiles: [...then.lockFiles, ...elsewhere] })).toEqual([
      `lock file other.lock: none -> ${digestBytes('l')}`,
    ]);
    // An image holds its packages.
    expect(about({}, { ...then, packages: [] })).toEqual([]);
  });

  it('are cut where they would be a list of everything', () => {
    const many = Object.fromEntries([...'abcdefgh'].map((name) => [name, name]));
    expect(about({ environment: { ...then.environment, ...many } }).at(-1)).toBe('variable: 3 more -> ');
    const packages = [...'abcdefgh'].map((name): [string, string] => [name, '1']);
    expect(about({ packages: [...then.packages, ...packages] })).toEqual([
      'packages: a none, b none, c none, d none, e none and 3 more -> a 1, b 1, c 1, d 1, e 1 and 3 more',
    ]);
  });
});

describe('scores', () => {
  const file = (rows: Readonly<Record<string, number>>) => ({
    scores: Float64Array.from(Object.values(rows)),
    rowOf: new Map(Object.keys(rows).map((key, row) => [key, row])),
  });

  it('are compared by key, whatever their order', () => {
    expect(compareScores(file({ a: 0.1, b: 0.2 }), file({ b: 0.2, a: 0.1 }))).toEqual({
      ...{ rows: 2, changed: 0, unmatched: 0, largestDifference: 0 },
    });
    expect(compareScores(file({ a: 0.5, b: 0.2, c: 1 }), file({ b: 0.25, a: 0.5, d: 1, e: 1 }))).toEqual({
      ...{ rows: 3, changed: 4, unmatched: 3, largestDifference: expect.closeTo(0.05) },
    });
    const broken = compareScores(file({ a: 0.5, b: 0.5 }), file({ a: Number.NaN, b: 0.4 }));
    expect(broken.largestDifference).toBeNaN();
  });
});
