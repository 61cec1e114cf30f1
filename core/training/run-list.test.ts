import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../evidence/evidence.ts';
import { makeRunRecord } from '../evidence/run-record.fixture.ts';
import { digestOf } from '../json/canonical.ts';
import { compareRuns } from './run-comparison.ts';
import { findRuns, type ListedRun, mergeRuns, runName, selectRuns, versionsOf } from './run-list.ts';

const listed = (over: Partial<RunRecord>, ...places: readonly string[]): ListedRun => {
  const record = makeRunRecord(over);
  return { record, digest: digestOf(record), places };
};
const old = listed({ runId: 1, startedAt: '2026-11-01T00:00:00Z', metrics: { auc: 0.7 } }, 'churn@v1');
const lost = listed(
  { runId: 2, startedAt: '2026-11-02T00:00:00Z', outcome: 'lost-runner', artifact: null, metrics: {} },
  'gatehouse-model',
);
const trial = listed(
  { runId: 3, startedAt: '2026-11-03T00:00:00Z', metrics: { auc: 0.6 } },
  'gatehouse-trial-4',
);
const retried = listed(
  { runId: 3, runAttempt: 2, startedAt: '2026-11-04T00:00:00Z', metrics: { auc: 0.8 } },
  'a/run.json',
);
const all = [old, lost, trial, retried];
const names = (runs: readonly ListedRun[]) => runs.map(runName);

describe('selectRuns', () => {
  it('shows the newest first, or by a metric with those that lack it last, in both orders', () => {
    expect(names(selectRuns(all, {}, { order: 'desc' }))).toEqual(['3.2', '3.1/4', '2.1', '1.1']);
    expect(names(selectRuns(all, {}, { metric: 'auc', order: 'desc' }))).toEqual([
      '3.2',
      '1.1',
      '3.1/4',
      '2.1',
    ]);
    expect(names(selectRuns(all, {}, { metric: 'auc', order: 'asc' }))).toEqual([
      '3.1/4',
      '1.1',
      '3.2',
      '2.1',
    ]);
    expect(names(selectRuns(all, {}, { metric: 'toString', order: 'asc' }))).toEqual([
      '3.2',
      '3.1/4',
      '2.1',
      '1.1',
    ]);
  });

  it('leaves out what is not asked for', () => {
    const select = (filter: object) => names(selectRuns(all, filter, { order: 'desc' }));
    expect(select({ outcome: 'lost-runner' })).toEqual(['2.1']);
    expect(select({ since: '2026-11-03T00:00:00.000Z' })).toEqual(['3.2', '3.1/4']);
    expect(select({ model: 'churn' })).toEqual([]);
  });
});

describe('findRuns', () => {
  it('knows a run by id, attempt, trial, version, place and the beginning of its digest', () => {
    for (const text of [
      '1',
      '1.1',
      'v1',
      'churn@v1',
      old.digest,
      old.digest.slice(7, 19),
      old.digest.slice(0, 19),
    ])
      expect(findRuns(all, text)).toEqual([old]);
    expect(findRuns(all, '3.1/4')).toEqual([trial]);
    expect(findRuns(all, '3.1')).toEqual([trial]);
    expect(findRuns(all, 'a/run.json')).toEqual([retried]);
    expect(findRuns(all, '3')).toEqual([trial, retried]);
    expect(findRuns(all, 'v')).toEqual([]);
    expect(findRuns(all, '')).toEqual([]);
  });
});

it('mergeRuns lists a record once, with every place that has it', () => {
  const again = { ...old, places: ['gatehouse-model'] };
  const merged = mergeRuns([again, lost, old]);
  expect(merged.map(({ places }) => places)).toEqual([['gatehouse-model', 'churn@v1'], ['gatehouse-model']]);
  expect(versionsOf(merged[0] as ListedRun)).toEqual(['v1']);
});

describe('compareRuns', () => {
  it('lays every fact side by side and says which differ', () => {
    const first = makeRunRecord();
    const second = makeRunRecord({
      parameters: { depth: 3 },
      packages: [
        ['numpy', '2.1.0'],
        ['torch', '2.4'],
        ['torch', '2.5'],
      ],
      changedFiles: ['train.mjs'],
      seed: null,
      cost: null,
      usage: null,
    });
    const facts = compareRuns([first, second]);
    const differing = facts
      .filter(({ differs }) => differs)
      .map(({ aspect, name, values }) => [aspect, name, ...values]);
    expect(differing).toEqual([
      ['parameters', 'optimizer.lr', '0.01', null],
      ['parameters', 'seed', '7', null],
      ['parameters', 'depth', null, '3'],
      ['code', 'not as in the commit', null, 'train.mjs'],
      ['environment', 'package torch', '2.5.1', '2.4, 2.5'],
      ['cost', 'cost', 'less than 0.01 USD', null],
      ['cost', 'memory at most', '900 MiB', null],
      ['cost', 'gpu memory at most', '4000 MiB', null],
      ['cost', 'gpu busy', '80 %', null],
      ['cost', 'gpu energy', '1.5 Wh', null],
    ]);
    expect(facts.find(({ name }) => name === 'commit')).toMatchObject({ differs: false });
  });

  it('finds no difference of a run to itself, and has a value for every run', () => {
    const parameters = fc.dictionary(fc.string({ maxLength: 5 }), fc.oneof(fc.string(), fc.boolean()), {
      maxKeys: 5,
    });
    fc.assert(
      fc.property(parameters, parameters, (a, b) => {
        const [first, second] = [makeRunRecord({ parameters: a }), makeRunRecord({ parameters: b })];
        expect(compareRuns([first, first]).some(({ differs }) => differs)).toBe(false);
        for (const { values } of compareRuns([first, second, first])) expect(values).toHaveLength(3);
      }),
    );
  });
});
