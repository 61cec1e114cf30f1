import { expect, it } from 'vitest';
import { registration, requestOf, stageMove } from '../policy/decision.fixture.ts';
import { recordsTowardsProduction, toLedgerFacts } from './ledger-facts.ts';
import { artifactOf, move, staged, after as stateAfter } from './registry.fixture.ts';
import { findRollbackTargets } from './rollback-target.ts';

const state = stateAfter(
  ...[staged('a'), staged('b'), staged('c'), staged('d')],
  ...[move({ version: 2, endpoint: 'us' }), move({ version: 1, endpoint: 'eu' })],
  ...[move({ version: 1, endpoint: 'asia' }), move({ version: 3, endpoint: 'eu' })],
);
const vacate = (endpoint: string, fields: object) => ({
  ...state,
  endpoints: new Map(
    [...state.endpoints].map(([at, each]) => [at, at === endpoint ? { ...each, ...fields } : each]),
  ),
});

it('a decision is told of the champions by endpoint, and of the versions that it names, ascending', () => {
  const change = requestOf({
    moves: [stageMove({ version: 4 }), registration, stageMove({ version: 2 }), stageMove({ version: 4 })],
  });
  expect(toLedgerFacts(change, state)).toEqual({
    champions: [
      { endpoint: 'asia', version: 1, artifactDigest: artifactOf('a'), previous: null },
      { endpoint: 'eu', version: 3, artifactDigest: artifactOf('c'), previous: 1 },
      { endpoint: 'us', version: 2, artifactDigest: artifactOf('b'), previous: null },
    ],
    artifacts: [
      {
        ...{ version: 2, artifactDigest: artifactOf('b'), stage: 'production' },
        ...{ since: '2026-01-01T00:05:00.000Z', featureVersion: 'unknown', wasInProductionAt: ['us'] },
      },
      {
        ...{ version: 4, artifactDigest: artifactOf('d'), stage: 'staging' },
        ...{ since: '2026-01-01T00:04:00.000Z', featureVersion: 'unknown', wasInProductionAt: [] },
      },
    ],
  });
});

it('it is told of no version that the ledger does not know, and of nothing for what asks for none', () => {
  const facts = (change: Parameters<typeof toLedgerFacts>[0]) => toLedgerFacts(change, state).artifacts;
  expect(facts(requestOf({ moves: [stageMove({ version: 9 })] }))).toEqual([]);
  expect(facts(requestOf({ moves: [registration] }))).toEqual([]);
  expect(facts({ kind: 'nothing', because: 'docs' })).toEqual([]);
  const unknown = toLedgerFacts(requestOf({ moves: [stageMove()] }), null);
  expect(unknown).toEqual({ champions: [], artifacts: [] });
});

it.each([{ champion: null }, { artifactDigest: null }])('an endpoint with %j has no champion', (fields) => {
  const { champions } = toLedgerFacts(requestOf(), vacate('eu', fields));
  expect(champions.map(({ endpoint }) => endpoint)).toEqual(['asia', 'us']);
});

it('who made a version is asked about when it moves up, and only then', () => {
  const recordsOf = (...moves: Parameters<typeof stageMove>[0][]) =>
    recordsTowardsProduction(requestOf({ moves: [registration, ...moves.map(stageMove)] }), state);
  expect(recordsOf({ version: 2 }, { version: 4, to: 'candidate' })).toEqual(
    [2, 4].map((version) => state.versions.get(version)?.record),
  );
  for (const to of ['staging', 'archived', 'rejected'] as const) {
    expect(recordsOf({ version: 2, to })).toEqual([]);
  }
  expect(recordsOf({ version: 9 })).toEqual([]);
  const moves = [stageMove()];
  expect(recordsTowardsProduction(requestOf({ moves }), null)).toEqual([]);
  expect(recordsTowardsProduction({ kind: 'nothing', because: 'docs' }, state)).toEqual([]);
});

it('a rollback goes where a version serves and another one is recorded before it', () => {
  const other = { ...state, model: 'churn' };
  const states = new Map([
    ['flight-delay', state],
    ['churn', other],
  ]);
  const target = { endpoint: 'eu', from: 3, to: 1 };
  const own = { model: 'flight-delay', ...target };
  expect(findRollbackTargets(states, 'eu', null)).toEqual([{ model: 'churn', ...target }, own]);
  const turned = new Map([...states].reverse());
  expect(findRollbackTargets(turned, 'eu', null)).toEqual([{ model: 'churn', ...target }, own]);
  expect(findRollbackTargets(states, 'eu', 'flight-delay')).toEqual([own]);
  expect(findRollbackTargets(states, 'eu', 'fraud')).toEqual([]);
  expect(findRollbackTargets(states, 'us', null)).toEqual([]);
  expect(findRollbackTargets(states, 'mars', null)).toEqual([]);
  const vacant = new Map([['flight-delay', vacate('eu', { champion: null })]]);
  expect(findRollbackTargets(vacant, 'eu', null)).toEqual([]);
});
