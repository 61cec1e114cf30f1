import { expect, test } from 'vitest';
import { tellStory } from '../audit/ledger.fixture.ts';
import { endpointPath, statePath, versionPath } from './layout.ts';
import { answerState } from './past-answer.ts';
import { answerModel, lineOf, servedAt, shownVersion } from './registry-answer.ts';
import { parseEndpointFile, parseVersionFile } from './registry-files.ts';
import { parseStateFile } from './state-file.ts';
import { emptyState } from './stream.ts';
import { diffVersions } from './version-diff.ts';

const { files, snapshot } = tellStory();
const text = (path: string): string => files.get(path) ?? '';
const model = 'flight-delay';
const state = parseStateFile(text(statePath(model)), statePath(model), model);
const record = (version: number) =>
  parseVersionFile(text(versionPath(model, version)), versionPath(model, version), model, version);
const endpoint = parseEndpointFile(text(endpointPath('eu', model)), 'eu.yml', model, 'eu');

test('one answer says what serves, since when, by whom, trained on what, how well', () => {
  const answer = answerModel(state, [endpoint], record(1));
  expect(answer).toMatchObject({
    version: 1,
    stage: 'production',
    stages: [
      { version: 1, stage: 'production' },
      { version: 2, stage: 'archived' },
    ],
    serving: [
      { endpoint: 'eu', version: 1, since: '2026-11-21T10:06:00Z', how: 'rolled back', previous: null },
    ],
    record: { lineage: { datasets: [{ dataset: 'flights', rows: 500_000 }] }, metrics: [{ metric: 'auc' }] },
  });
  expect(answer.serving[0]?.approvals.map(({ login }) => login)).toEqual(['omar']);
  // The same from the entries, without a file.
  const folded = snapshot.states.get(model);
  expect(folded && answerState(folded)).toEqual(answer);
  expect(answerState(emptyState(model))).toBeNull();
});

test('files that do not say the same give no answer', () => {
  expect(() => answerModel(state, [], record(1))).toThrow(/no such file/);
  expect(() => answerModel(state, [{ ...endpoint, champion: 2 }], record(1))).toThrow(/there it is v2/);
  expect(() => answerModel({ ...state, stages: new Map() }, [endpoint], record(1))).toThrow(
    /does not name v1/,
  );
  expect(() => parseVersionFile(text(versionPath(model, 2)), 'x', model, 1)).toThrow(/flight-delay v2/);
  expect(() => parseEndpointFile(text(endpointPath('eu', model)), 'x', 'churn', 'eu')).toThrow(
    /flight-delay at eu/,
  );
});

test('what served at an instant: from its first moment, until the next one begins', () => {
  const at = (time: string) => servedAt(state, Date.parse(time)).map(({ version }) => version);
  expect(at('2026-11-21T10:01:59.999Z')).toEqual([]);
  expect(at('2026-11-21T10:02:00Z')).toEqual([1]);
  expect(at('2026-11-21T10:04:59.999Z')).toEqual([1]);
  expect(at('2026-11-21T10:05:00Z')).toEqual([2]);
  expect(at('2026-11-21T10:06:00Z')).toEqual([1]);
  expect(at('2031-01-01T00:00:00Z')).toEqual([1]);
  const [stay] = state.deployments;
  const forged = { ...state, deployments: stay === undefined ? [] : [{ ...stay, until: 'soon' }] };
  expect(() => servedAt(forged, 0)).toThrow(/no time/);
});

test('a line of the list, and the version that is meant when none is named', () => {
  expect(lineOf(state)).toMatchObject({ newest: 2, versions: 2, stages: { production: 1, archived: 1 } });
  expect(shownVersion(state)).toBe(1);
  expect(shownVersion({ ...state, deployments: [] })).toBe(2);
});

test('two versions side by side: what differs, by name and not by place', () => {
  const [one, other] = [record(1), record(2)];
  const differing = diffVersions(one, other).filter(({ differs }) => differs);
  expect(differing.map(({ part }) => part)).toContain('artifact');
  expect(differing.every(({ values }) => values[0] !== values[1])).toBe(true);
  expect(diffVersions(one, one).some(({ differs }) => differs)).toBe(false);
  const turned = { ...one, gates: [...one.gates].reverse(), metrics: [...one.metrics].reverse() };
  expect(diffVersions(one, turned).filter(({ differs }) => differs)).toEqual([]);
  const fewer = diffVersions(one, { ...one, gates: one.gates.slice(1) }).filter(({ differs }) => differs);
  expect(fewer[0]).toMatchObject({ part: 'gates', values: ['auc min 0.6', null] });
});
