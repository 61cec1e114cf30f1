import { describe, expect, it } from 'vitest';
import { parseIncidentsFile } from './incidents-file.ts';
import { recordOf } from './registry.fixture.ts';
import { parseEndpointFile, parseVersionFile } from './registry-files.ts';
import { parseStateFile } from './state-file.ts';
import { renderYaml } from './yaml.ts';

type Step = string | number;

const digest = `sha256:${'a'.repeat(64)}`;
const commit = 'c'.repeat(40);
const dataset = { dataset: 'flights', dataDigest: digest, rows: 5, source: 's' };
const plain = recordOf('churn', 'bytes');
const record = {
  ...{ v: 1, version: 3, ...plain },
  lineage: { ...plain.lineage, datasets: [dataset, { ...dataset, rows: null }] },
  metrics: [
    { metric: 'auc', slice: null, challenger: 0.6, challengerInterval: [0.5, 0.7], grade: 'judged' },
    { metric: 'loss', challenger: 0.6, challengerInterval: null, grade: 'claimed' },
  ],
  gates: [
    { gate: 'auc min', against: 2, result: 'pass', found: '0.6', required: '0.5' },
    { gate: 'auc min', against: null, result: 'pass', found: '0.6', required: '0.5' },
  ],
  validation: [{ dataset: 'flights', verdict: 'pass', warnings: 0 }],
  owners: { users: ['omar'], teams: ['acme/ml'] },
  approvals: [
    { reviewer: { id: 3, login: 'rita' }, role: 'owner', submittedAt: '2026-11-21T10:00:00Z', reviewId: 7 },
  ],
};
const endpoint = {
  ...{ v: 1, model: 'churn', endpoint: 'eu', champion: 3, previous: 2, artifactDigest: digest },
  ...{ since: '2026-11-21T10:00:00Z', by: { pullRequest: 12 }, fallback: 'previous' },
};
const incident = {
  ...{ number: 0, at: 'then', by: { id: 3, login: 'rita' }, reason: 'waiting', model: 'churn' },
  ...{ pullRequest: 9, commit, baseRef: 'main', base: commit, codes: ['gate/failed'] },
};
const incidents = {
  v: 1,
  incidents: [
    { ...incident, closed: 'open' },
    { ...incident, number: 1, model: null, pullRequest: null, closed: { at: 'later', because: 'mended' } },
  ],
  corrections: [
    { number: 2, at: 'then', restored: commit, size: 4, found: commit, foreign: [commit], codes: ['a/b'] },
  ],
};
const stay = {
  ...{ version: 1, endpoint: 'eu', from: 'then', until: 'serving', pullRequest: 4, how: 'promoted' },
  approvals: [{ id: 3, login: 'rita', role: 'owner', submittedAt: 'then' }],
};
const state = {
  ...{ v: 1, model: 'churn', stages: { '1': 'production' }, deployments: [stay] },
  lastEvent: { seq: 3, hash: digest, at: 'then' },
};

/** The same value with one place of it changed, or without it. */
function changed(value: unknown, [step, ...rest]: readonly Step[], put: unknown): unknown {
  if (step === undefined) return put;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<Step, unknown>;
  if (put === undefined && rest.length === 0) delete copy[step];
  else copy[step] = changed(copy[step], rest, put);
  return copy;
}

const readRecord = (value: unknown) => parseVersionFile(renderYaml(value), 'x.yml', 'churn', 3);
const readEndpoint = (value: unknown) => parseEndpointFile(renderYaml(value), 'x.yml', 'churn', 'eu');
const readIncidents = (value: unknown) => parseIncidentsFile(renderYaml(value), 'x.yml');
const readState = (value: unknown) => parseStateFile(renderYaml(value), 'x.yml', 'churn');
const refused = (path: string) =>
  expect.objectContaining({
    ...{ kind: 'input', code: 'LEDGER_FILE_INVALID', where: { file: 'x.yml' } },
    ...{ message: expect.stringMatching(`^x.yml is not what the app writes: .* at ${path}$`) },
    hint: 'Run gatehouse verify: it names the first bad entry and what should stand there.',
  });

type Read = (value: unknown) => unknown;
/** Another value at a place, and the reader that refuses it. */
type Case = readonly [Read, unknown, readonly Step[], unknown];

const within = (path: readonly Step[], ...keys: readonly string[]): Step[][] =>
  keys.map((key) => [...path, key]);
/** An object in place of each key of what lies at a path. */
const each = (read: Read, value: unknown, path: readonly Step[]): readonly Case[] => {
  const place = path.reduce((at, step) => (at as Record<Step, unknown>)[step], value);
  return Object.keys(place as object).map((key) => [read, value, [...path, key], { other: [] }]);
};
/** Parts of a record that no reader shows. */
const unread = new Set(['runRecordDigest', 'predictions', 'predictCommand', 'endpoints', 'contributors']);

describe('a file of the ledger', () => {
  it('is read as it was written, with what no reader shows', () => {
    expect(readRecord({ ...record, more: { than: 'known' } })).toEqual({
      ...record,
      more: { than: 'known' },
    });
    const { v: _, model: __, by, ...rest } = endpoint;
    expect(readEndpoint(endpoint)).toEqual({ ...rest, pullRequest: by.pullRequest });
    const vacant = { ...endpoint, champion: null, previous: null, artifactDigest: null };
    expect(readEndpoint(vacant)).toMatchObject({ champion: null, previous: null, artifactDigest: null });
    const [first, second] = incidents.incidents;
    const person = { id: 3, login: 'rita', kind: 'User' };
    expect(readIncidents(incidents)).toEqual({
      incidents: [
        { ...first, by: person, closed: null },
        { ...second, by: person },
      ],
      corrections: incidents.corrections,
    });
    const long = { ...incident, commit: 'c'.repeat(64), closed: 'open' };
    expect(readIncidents({ ...incidents, incidents: [long] }).incidents).toHaveLength(1);
    expect(readState(state)).toEqual({
      ...{ model: 'churn', stages: new Map([[1, 'production']]) },
      deployments: [{ ...stay, until: null }],
      lastEvent: state.lastEvent,
    });
  });

  it.each<Step[]>([
    ...Object.keys(record)
      .filter((key) => !unread.has(key))
      .map((key) => [key]),
    ...within(['artifact'], 'digest', 'name', 'sizeBytes'),
    ...within(
      ['lineage'],
      'repository',
      'pullRequest',
      'codeCommit',
      'datasets',
      'heldOut',
      'run',
      'trainedBy',
    ),
    ...within(['lineage', 'datasets', 1], 'dataset', 'dataDigest', 'rows', 'source'),
    ...within(['lineage', 'trainedBy'], 'runId', 'runAttempt'),
    ...within(['lineage', 'run'], 'durationMs', 'runner'),
    ['lineage', 'heldOut', 'rows'],
    ...within(['metrics', 1], 'metric', 'challenger', 'challengerInterval', 'grade'),
    ...within(['gates', 0], 'gate', 'result', 'found', 'required'),
    ...within(['validation', 0], 'dataset', 'verdict', 'warnings'),
    ...within(['owners'], 'users', 'teams'),
    ...within(['approvals', 0], 'reviewer', 'role', 'submittedAt'),
    ...within(['approvals', 0, 'reviewer'], 'id', 'login'),
  ])('of a version is refused without %s %s %s, and with a list there', (...path) => {
    const pointer = `/${path.join('/')}`;
    expect(() => readRecord(changed(record, path, undefined))).toThrow(refused(pointer));
    expect(() => readRecord(changed(record, path, [[[]]]))).toThrow(refused(`${pointer}(/0)?`));
  });

  const cases: readonly Case[] = [
    [readRecord, record, ['metrics', 0, 'slice'], 7],
    [readRecord, record, ['metrics', 0, 'challengerInterval'], [1, 2, 3]],
    [readRecord, record, ['metrics', 0, 'challengerInterval', 1], 'x'],
    [readRecord, record, ['gates', 0, 'against'], 'two'],
    [readRecord, record, ['owners', 'users', 0], 7],
    [readRecord, record, ['owners', 'teams', 0], 7],
    [readRecord, record, ['v'], 2],
    [readRecord, record, ['version'], 0],
    [readRecord, record, ['lineage', 'trainedBy', 'runId'], 1.5],
    [readRecord, record, ['artifact', 'digest'], `x${digest}`],
    [readRecord, record, ['artifact', 'digest'], `${digest}0`],
    [readRecord, record, ['artifact', 'digest'], digest.toUpperCase()],
    ...each(readEndpoint, endpoint, []),
    [readEndpoint, endpoint, ['by', 'pullRequest'], 'x'],
    [readEndpoint, endpoint, ['champion'], 0],
    ...each(readIncidents, incidents, ['incidents', 0]),
    ...each(readIncidents, incidents, ['incidents', 0, 'by']),
    [readIncidents, incidents, ['v'], 2],
    [readIncidents, incidents, ['incidents', 0, 'closed'], 'closed'],
    [readIncidents, incidents, ['incidents', 0, 'number'], -1],
    [readIncidents, incidents, ['incidents', 0, 'commit'], `${commit}0`],
    [readIncidents, incidents, ['incidents', 0, 'commit'], `x${commit}`],
    [readIncidents, incidents, ['incidents', 0, 'codes', 0], 7],
    [readIncidents, incidents, ['incidents', 1, 'closed'], { at: 7, because: 'mended' }],
    [readIncidents, incidents, ['incidents', 1, 'closed'], { at: 'then', because: 'x' }],
    ...each(readIncidents, incidents, ['corrections', 0]),
    [readIncidents, incidents, ['corrections', 0, 'foreign', 0], 'x'],
    ...each(readState, state, ['deployments', 0]),
    ...each(readState, state, ['deployments', 0, 'approvals', 0]),
    ...each(readState, state, ['lastEvent']),
    [readState, state, ['v'], 2],
    [readState, state, ['lastEvent', 'seq'], -1],
    [readState, state, ['lastEvent', 'hash'], `${digest}0`],
    [readState, state, ['lastEvent', 'hash'], `x${digest}`],
    [readState, state, ['stages'], { '0': 'production' }],
    [readState, state, ['stages'], { '1x': 'production' }],
    [readState, state, ['stages'], { x1: 'production' }],
  ];
  it.each(cases.map(([read, value, ...change]) => [...change, read, value] as const))(
    'is refused at %j for %j',
    (path, put, read, value) => {
      expect(() => read(changed(value, path, put))).toThrow(refused(`/${path.join('/')}.*`));
    },
  );

  it('is refused when it is about something else, or no YAML', () => {
    const about = (what: string) => expect.objectContaining({ message: expect.stringContaining(what) });
    expect(() => readRecord({ ...record, model: 'fraud' })).toThrow(about('it is about fraud v3'));
    expect(() => readRecord({ ...record, version: 4 })).toThrow(about('it is about churn v4'));
    expect(() => readEndpoint({ ...endpoint, model: 'fraud' })).toThrow(about('it is about fraud at eu'));
    expect(() => readEndpoint({ ...endpoint, endpoint: 'us' })).toThrow(about('it is about churn at us'));
    expect(() => readState({ ...state, model: 'fraud' })).toThrow(about('another model, fraud'));
    for (const text of ['a: [', 'a: 1\na: 2', 'a: &x 1\nb: *x', '\t']) {
      expect(() => parseIncidentsFile(text, 'x.yml'), text).toThrow(
        about('x.yml is not what the app writes: '),
      );
    }
    const message = (text: string): string => {
      try {
        parseIncidentsFile(text, 'x.yml');
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    expect(message('a: [')).not.toContain('\n');
    expect(message('7')).toMatch(/: Invalid input: .* at \/$/);
    // A few lines of aliases stand for more values than there is time for: they are not even counted.
    expect(message('a: &x 1\nb: *x')).toMatch(/alias/i);
    expect(message(renderYaml({ ...incidents, v: 2 }))).toBe(
      'x.yml is not what the app writes: Invalid input: expected 1 at /v',
    );
  });
});
