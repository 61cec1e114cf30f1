import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tellStory } from '../audit/ledger.fixture.ts';
import type { Contract } from '../config/contract.ts';
import { buildLineage } from './build.ts';
import { carriedBy } from './constraint.ts';
import { contract } from './contract.fixture.ts';
import { expiredVersions, unfitVersions } from './expired.ts';
import { findEntity } from './find-entity.ts';
import { traceDown, traceUp } from './trace.ts';

const states = [...tellStory().snapshot.states.values()];
const flights: Contract = {
  ...contract,
  dataset: 'flights',
  source: 'vega-datasets',
  derivedFrom: ['raw'],
  access: ['*'],
  expires: '2030-01-01',
};
const raw: Contract = {
  ...contract,
  dataset: 'raw',
  source: 'the bureau',
  derivedFrom: [],
  access: ['flight-delay'],
  expires: '2027-06-30',
  legalBasis: 'contract 17',
  approvedBy: 'rita',
  columns: contract.columns.map((column, at) =>
    at === 0 ? { ...column, name: 'pilot', privacy: 'personal' } : column,
  ),
};
const lineage = buildLineage({ contracts: [flights, raw], states });
const today = '2026-11-21';

test('an endpoint leads up to its champion, run, data, transformation and sources', () => {
  const ids = traceUp(lineage, 'endpoint:eu/flight-delay').lines.map(
    ({ entity, past }) => `${past ? 'past ' : ''}${entity.id}`,
  );
  expect(ids).toContain('flight-delay@v1');
  expect(ids).toContain('past flight-delay@v2');
  expect(ids).toContain('run:501');
  expect(ids.some((id) => /^dataset:flights@sha256:[0-9a-f]{64}$/.test(id))).toBe(true);
  expect(ids).toContain('dataset:flights');
  expect(ids).toContain('transformation:flights');
  expect(ids).toContain('dataset:raw');
  expect(ids).toContain('source:"the bureau"');
  expect(ids).not.toContain('churn@v1');
});

test('a source leads down to every version and endpoint made from it', () => {
  const ids = traceDown(lineage, 'source:"the bureau"').lines.map(({ entity }) => entity.id);
  for (const id of [
    'dataset:raw',
    'dataset:flights',
    'run:501',
    'churn@v1',
    'flight-delay@v2',
    'endpoint:eu/flight-delay',
  ]) {
    expect(ids).toContain(id);
  }
});

test('constraints are inherited along every step, each with the dataset that it comes from', () => {
  const carried = carriedBy(lineage, 'endpoint:eu/flight-delay');
  expect(carried).toContainEqual({ kind: 'retention', value: '2027-06-30', from: 'dataset:raw' });
  expect(carried).toContainEqual({ kind: 'retention', value: '2030-01-01', from: 'dataset:flights' });
  expect(carried).toContainEqual({ kind: 'legal basis', value: 'contract 17', from: 'dataset:raw' });
  expect(carried).toContainEqual({ kind: 'approver', value: 'rita', from: 'dataset:raw' });
  expect(carried).toContainEqual({ kind: 'access', value: 'flight-delay', from: 'dataset:raw' });
  expect(carried).toContainEqual({ kind: 'privacy', value: 'personal: pilot', from: 'dataset:raw' });
  // Nothing flows up.
  expect(carriedBy(lineage, 'dataset:raw').every(({ from }) => from === 'dataset:raw')).toBe(true);
  expect(carriedBy(lineage, 'source:"the bureau"')).toEqual([]);
});

test('versions whose data is past its retention are listed with where they serve, on the day after and not before', () => {
  expect(expiredVersions(lineage, '2027-06-30')).toEqual([]);
  const expired = expiredVersions(lineage, '2027-07-01');
  expect(expired.map(({ version, from, serves }) => [version, from, serves])).toEqual([
    ['flight-delay@v1', 'dataset:raw', ['endpoint:eu/flight-delay']],
    ['flight-delay@v2', 'dataset:raw', []],
    ['churn@v1', 'dataset:raw', []],
  ]);
  // Neither a day that is none nor a contract without one counts as kept.
  expect(expiredVersions(lineage, 'tomorrow')).not.toEqual([]);
  const broken = buildLineage({ contracts: [{ ...flights, derivedFrom: [], expires: '9999' }], states });
  expect(expiredVersions(broken, today)).toHaveLength(3);
});

test('a model that the origin does not name is told, although the derived dataset names all', () => {
  expect(unfitVersions(lineage, today)).toEqual([
    { version: 'churn@v1', because: 'access', from: 'dataset:raw', value: 'flight-delay', serves: [] },
  ]);
  const closed = buildLineage({ contracts: [{ ...flights, derivedFrom: [], access: [] }], states });
  expect(unfitVersions(closed, today).map(({ because }) => because)).toEqual(['access', 'access', 'access']);
});

test('a dataset without a readable contract binds by what nobody knows', () => {
  for (const sources of [
    { contracts: [], states },
    { contracts: [], unreadable: ['flights'], states },
    { contracts: [flights], states },
  ]) {
    const found = unfitVersions(buildLineage(sources), today);
    expect(found.map(({ because }) => because)).toEqual(['unknown', 'unknown', 'unknown']);
  }
});

test('names that are not there say what was meant', () => {
  const message = (text: string) => {
    try {
      return findEntity(lineage, text).id;
    } catch (error) {
      return error instanceof Error && 'hint' in error ? String(error.hint) : 'no error';
    }
  };
  expect(message('flight-delay@7')).toBe('Did you mean "flight-delay@v1"?');
  expect(message('flight-delya@v2')).toBe('Did you mean "flight-delay@v2"?');
  expect(message('flights')).toBe('Did you mean "dataset:flights"?');
  expect(message('flight-delay')).toBe('Did you mean "flight-delay@v1"?');
  expect(message('nothing of this kind')).toContain('Write it as one of');
  expect(message('source:the bureau')).toBe('source:"the bureau"');
  const whole = [...lineage.entities.keys()].find((id) => id.startsWith('dataset:flights@')) ?? '';
  expect(message(whole.slice(0, 'dataset:flights@sha256:'.length + 7))).toBe(whole);
});

test('contracts that name each other in circles and chains end: every entity once, every constraint once', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const parents = fc.record(
    Object.fromEntries(names.map((name) => [name, fc.uniqueArray(fc.constantFrom(...names, 'gone'))])),
  );
  fc.assert(
    fc.property(parents, (derived) => {
      const contracts = names.map((dataset) => ({
        ...flights,
        dataset,
        derivedFrom: derived[dataset] ?? [],
      }));
      const graph = buildLineage({ contracts, states: [] });
      for (const name of names) {
        const id = `dataset:${name}`;
        for (const trace of [traceUp(graph, id), traceDown(graph, id)]) {
          const open = trace.lines.filter(({ cut }) => !cut).map(({ entity }) => entity.id);
          expect(new Set(open).size).toBe(open.length);
          expect(open).not.toContain(id);
        }
        const reached = new Set([name]);
        for (const at of reached) for (const parent of derived[at] ?? []) reached.add(parent);
        const bound = new Set(carriedBy(graph, id).map(({ from }) => from));
        expect(bound).toEqual(new Set([...reached].map((each) => `dataset:${each}`)));
      }
    }),
    { numRuns: 60 },
  );
  const chain = Array.from({ length: 3000 }, (_, at) => ({
    ...flights,
    dataset: `d${at}`,
    derivedFrom: at === 0 ? [] : [`d${at - 1}`],
  }));
  const long = buildLineage({ contracts: chain, states: [] });
  expect(carriedBy(long, 'dataset:d2999')).toHaveLength(3000 * 4);
});
