import { describe, expect, it } from 'vitest';
import { digest } from '../evidence/evidence.fixture.ts';
import { requestOf } from '../policy/decision.fixture.ts';
import { differencesToLedger, viewOf } from './alignment.ts';
import { type Bars, barredProposal, barredVersions } from './barred.ts';
import { usesBefore } from './break-glass.ts';
import { championsOf, planScoring } from './champion.ts';
import { commandOf } from './command.ts';
import { endOf } from './incident-end.ts';
import type { ModelState } from './ledger.ts';
import { toLedgerFacts } from './ledger-facts.ts';
import { propose } from './propose.ts';
import { artifactOf, move, moveIn, register, staged, after as stateAfter } from './registry.fixture.ts';
import { lineOf, servedAt, servingStays, shownVersion } from './registry-answer.ts';
import type { StateFile } from './state-file.ts';

const served = stateAfter(
  ...[staged('a'), staged('b'), staged('c')],
  ...[move({ version: 2, endpoint: 'us' }), move({ version: 1, endpoint: 'eu' })],
  move({ version: 3, endpoint: 'asia' }),
);
/** The same endpoints, in each order in which they could have come. */
const orders: readonly (readonly string[])[] = [
  ...[
    ['asia', 'eu', 'us'],
    ['us', 'eu', 'asia'],
    ['eu', 'us', 'asia'],
    ['eu', 'asia', 'us'],
  ],
];
const inOrder = (names: readonly string[]): ModelState => ({
  ...served,
  endpoints: new Map(names.flatMap((name) => [...served.endpoints].filter(([at]) => at === name))),
});

describe('whatever the order in which things came', () => {
  it.each(orders)('champions come by endpoint: %s, %s, %s', (...names) => {
    const state = inOrder(names);
    const expected = ['asia', 'eu', 'us'];
    expect(championsOf(state).map(({ endpoint }) => endpoint)).toEqual(expected);
    expect(toLedgerFacts(requestOf(), state).champions.map(({ endpoint }) => endpoint)).toEqual(expected);
    const stays = names.map((endpoint, at) => ({
      ...{ version: at + 1, endpoint, from: '2026-01-01T00:00:00Z', until: null, pullRequest: 1 },
      ...{ how: 'promoted' as const, approvals: [] },
    }));
    const file: StateFile = {
      ...{ model: 'm', stages: new Map(), deployments: stays },
      lastEvent: { seq: 1, hash: digest('x'), at: 'then' },
    };
    expect(servingStays(file).map(({ endpoint }) => endpoint)).toEqual(expected);
    const since = stays.map(({ endpoint, version, from }) => ({ endpoint, version, since: from }));
    const byName = since.sort((a, b) => expected.indexOf(a.endpoint) - expected.indexOf(b.endpoint));
    expect(lineOf(file).serving).toEqual(byName);
    expect(servedAt(file, Date.parse('2027-01-01')).map(({ endpoint }) => endpoint)).toEqual(expected);
    expect(shownVersion(file)).toBe(names.indexOf('asia') + 1);
    const [stay] = stays;
    const twice = { ...file, deployments: [7, 8].map((version) => ({ ...stay, version })) as typeof stays };
    expect(servingStays(twice).map(({ version }) => version)).toEqual([7, 8]);
    const stages = new Map([1, 2, 3].map((version) => [version, 'staging' as const]));
    expect(lineOf({ ...file, stages })).toMatchObject({ newest: 3, versions: 3, stages: { staging: 3 } });
    expect(shownVersion({ ...file, deployments: [] })).toBeNull();
    expect(lineOf({ ...file, deployments: [] })).toMatchObject({ newest: 0, versions: 0, stages: {} });
  });

  it('a version that the file lists twice differs twice, in the order of the stages', () => {
    const desired = { ...{ staging: [1], candidate: [1], archived: [1], rejected: [1] }, production: {} };
    const one = stateAfter(() => register('flight-delay', 'a', 'registered'));
    expect(differencesToLedger(desired, one).map((each) => each.desired)).toEqual([
      ...['staging', 'candidate', 'archived', 'rejected'],
    ]);
    expect(differencesToLedger({ ...desired, archived: [9] }, one).at(-1)).toEqual({
      ...{ version: 9, endpoint: null, desired: 'archived', ledger: null },
    });
    expect(viewOf(served).champions.get('us')).toEqual({ version: 2, previous: null });
    expect(viewOf(served).versions).toEqual(new Map([1, 2, 3].map((version) => [version, 'production'])));
  });

  it('uses of one moment and endpoint stay as they were told', () => {
    const use = (pullRequest: number) => ({
      ...{ model: 'm', version: 1, endpoint: 'eu', pullRequest, at: '2026-03-01T00:00:00Z' },
      ...{ reviewBy: 'soon', reviewed: false },
    });
    const uses = [4, 2, 3].map(use);
    expect(usesBefore([{ ...served, breakGlass: uses }], '2026-03-02T00:00:00Z')).toEqual(uses);
  });
});

describe('what bars versions', () => {
  const bars = (fields: Partial<Bars>): Bars => ({
    ...{ model: 'flight-delay', withdrawn: { kind: 'missing' }, revoked: new Map() },
    ...fields,
  });
  const unreadable = bars({ withdrawn: { kind: 'unreadable', because: 'no YAML' } });
  const withdrawn = bars({
    withdrawn: { kind: 'read', value: { versions: [{ version: 1, reason: 'r', by: 'omar' }] } },
  });

  it('is told by version, each once, and of one that the ledger does not know as well', () => {
    const versionsOf = (versions: readonly number[]) =>
      barredVersions(versions, unreadable, served).map(({ version }) => version);
    expect(versionsOf([3, 1, 2, 3])).toEqual([1, 2, 3]);
    expect(versionsOf([1, 2, 10])).toEqual([1, 2, 10]);
    expect(versionsOf([10, 2, 1])).toEqual([1, 2, 10]);
    expect(versionsOf([99])).toEqual([99]);
    expect(barredVersions([99], withdrawn, served)).toEqual([]);
    expect(barredVersions([1], withdrawn, null)).toEqual([
      { kind: 'withdrawn', version: 1, path: 'models/flight-delay/withdrawn.yml' },
    ]);
    expect(barredVersions([2], withdrawn, null)).toEqual([]);
    const several = [3, 2].map((version) => ({ version, reason: 'r', by: 'omar' }));
    const many = bars({ withdrawn: { kind: 'read', value: { versions: several } } });
    expect(barredVersions([1, 2, 3], many, null).map(({ version }) => version)).toEqual([2, 3]);
  });

  it('bars a proposal by bytes only where the ledger knows whose they are', () => {
    expect(barredProposal(null, artifactOf('a'), withdrawn, null)).toEqual([]);
    expect(barredProposal(null, artifactOf('a'), unreadable, served)).toEqual([]);
    expect(barredProposal(null, artifactOf('b'), withdrawn, served)).toEqual([]);
    expect(barredProposal(null, artifactOf('a'), withdrawn, { ...served, versions: new Map() })).toEqual([]);
    expect(barredProposal(null, artifactOf('a'), withdrawn, served)).toEqual([
      { kind: 'withdrawn', version: null, path: 'models/flight-delay/withdrawn.yml', bytesOf: 1 },
    ]);
  });

  it('names every dataset whose data was revoked, by name', () => {
    const data = digest('rows');
    const revoked = (...names: readonly string[]) => new Map(names.map((name) => [name, ['x', data]]));
    const validation = { datasets: [{ dataDigest: digest('other') }, { dataDigest: data }] } as never;
    for (const names of [
      ['a', 'b', 'c'],
      ['c', 'b', 'a'],
    ]) {
      const found = barredProposal(validation, null, bars({ revoked: revoked(...names) }), null);
      expect(found).toEqual(
        ['a', 'b', 'c'].map((dataset) => ({
          ...{ kind: 'revoked', version: null, dataset, path: `datasets/${dataset}.yml` },
        })),
      );
    }
  });
});

describe('which champion is scored again', () => {
  const rows = digest('rows');
  const sets = [{ name: 'behaviour', input: digest('suite') }] as const;
  const withRows = (texts: readonly string[]): ModelState => ({
    ...served,
    versions: new Map(
      [...served.versions].map(([version, each], at) => [
        version,
        {
          ...each,
          record: {
            ...each.record,
            predictions: { digest: rows, featuresDigest: digest(texts[at] ?? 'rows') },
          },
        },
      ]),
    ),
  });
  const plan = (texts: readonly string[], wanted: readonly (readonly never[] | typeof sets)[] = [sets]) => {
    const found = planScoring(withRows(texts), [1, 2, 3], rows, wanted[0] ?? []);
    return [found.stored.map(({ version }) => version), found.toScore?.version ?? null, found.left];
  };

  it('is the first of other rows, before one that lacks only a set', () => {
    expect(plan(['rows', 'old', 'rows'])).toEqual([[1, 3], 2, []]);
    expect(plan(['rows', 'rows', 'rows'])).toEqual([[2, 3], 1, []]);
    expect(plan(['old', 'old', 'rows'])).toEqual([[3], 1, [2]]);
    expect(plan(['rows', 'rows', 'old'], [[]])).toEqual([[1, 2], 3, []]);
    expect(plan(['rows', 'rows', 'rows'], [[]])).toEqual([[1, 2, 3], null, []]);
  });
});

describe('a move', () => {
  it.each<[string, ModelState, Parameters<typeof moveIn>[1], object]>([
    [
      'to staging',
      stateAfter(() => register('flight-delay', 'a', 'registered')),
      { to: 'staging' },
      {
        ...{ type: 'VersionStaged', version: 1, from: 'registered', to: 'staging' },
      },
    ],
    [
      'to candidate',
      stateAfter(staged('a')),
      { to: 'candidate' },
      {
        ...{ type: 'VersionShortlisted', version: 1, from: 'staging', to: 'candidate' },
      },
    ],
    [
      'to rejected',
      stateAfter(staged('a')),
      { to: 'rejected' },
      {
        ...{ type: 'VersionRejected', version: 1, from: 'staging', to: 'rejected' },
      },
    ],
    [
      'to archived',
      stateAfter(staged('a')),
      { to: 'archived' },
      {
        ...{ type: 'VersionArchived', version: 1, from: 'staging', to: 'archived', endpoint: null },
        because: 'requested',
      },
    ],
    [
      'out of production',
      served,
      { version: 2, to: 'archived', endpoint: 'us' },
      {
        ...{ type: 'VersionArchived', version: 2, from: 'production', to: 'archived', endpoint: 'us' },
        because: 'demoted',
      },
    ],
    [
      'to production',
      stateAfter(staged('a')),
      {},
      {
        ...{ type: 'VersionPromoted', version: 1, from: 'staging', to: 'production', endpoint: 'eu' },
        ...{ replaced: null, artifactDigest: artifactOf('a'), fallback: 'previous' },
      },
    ],
  ])('%s is one event, and is read back from it', (_, state, fields, data) => {
    const command = moveIn(state, fields);
    const events = propose(command, state);
    expect(events).toEqual([data]);
    const asked = command.to === 'production' ? command : { ...command, replaced: null, fallback: '' };
    expect(commandOf(events)).toEqual(asked);
    // What only a promotion has is not read from anything else.
    const forged = { ...data, ...(command.to === 'production' ? {} : { replaced: 7, fallback: 'x' }) };
    expect(commandOf([forged] as never)).toEqual(asked);
  });

  it('declares triggers only where there is a version to return to', () => {
    const triggers = [{ name: 'errors', metric: 'e', above: 1, windowMinutes: 5 }];
    const first = stateAfter(staged('a'));
    expect(propose(moveIn(first, { triggers }), first)[0]).not.toHaveProperty('triggers');
    const second = stateAfter(staged('a'), move({}), staged('b'));
    expect(propose(moveIn(second, { version: 2, triggers }), second)).toMatchObject([
      { type: 'VersionPromoted', replaced: 1, triggers },
      { type: 'VersionArchived', version: 1, endpoint: 'eu', because: 'replaced' },
    ]);
    const third = stateAfter(staged('a'), move({}), staged('b'), move({ version: 2 }));
    expect(propose(moveIn(third, { version: 1, rollback: true }), third)).toMatchObject([
      { type: 'VersionRolledBack', replaced: 2 },
      { type: 'VersionArchived', version: 2, endpoint: 'eu', because: 'rolled back' },
    ]);
    expect(commandOf([])).toBeNull();
    expect(commandOf([{ type: 'VersionStaged', version: 1, from: 'staging', to: 'registered' }])).toBeNull();
  });
});

describe('an incident of several files', () => {
  const [code, stages, policy] = ['models/churn/a.py', 'models/churn/stages.yml', '.github/gatehouse.yml'];
  const end = (paths: readonly (string | undefined)[], fields: object) =>
    endOf(
      { reason: 'governors unknown' },
      {
        changed: paths.map((path = '') => ({ path, before: 'a', after: 'b', mode: '100644' })),
        tip: new Map(paths.map((path = '') => [path, { path, blob: 'b', mode: '100644' }])),
        ...{ recorded: false, registeredLater: false, aligned: new Set<string>(), mended: true },
        ...fields,
      },
    );

  it('ends by what is true of all of them', () => {
    const aligned = new Set(['churn']);
    expect(end([policy, code], {})).toBeNull();
    expect(end([code, policy], {})).toBeNull();
    expect(end([policy], {})).toBe('mended');
    expect(end([stages, code], { aligned, registeredLater: true })).toBe('recorded');
    expect(end([stages], { aligned, registeredLater: true })).toBe('aligned');
    expect(end([stages, code], { aligned })).toBeNull();
  });
});
