import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeRunRecord } from '../../core/evidence/run-record.fixture.ts';
import { nextTrials } from '../../core/search/next-trials.ts';
import { makeSearch } from '../../core/search/search.fixture.ts';
import { digestSearch, renderPlan, type SearchPlan } from '../../core/search/search-plan.ts';
import { readFinished } from './search-folder.ts';

const search = makeSearch({ metric: 'auc', goal: 'maximize', trials: 4 });
const model = 'flight-delay';
const { trials } = nextTrials(search, []);
const plan: SearchPlan = { v: 1, model, searchDigest: digestSearch(search), round: 1, trials };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-search-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(path: string, text: string): Promise<void> {
  await mkdir(join(folder, path, '..'), { recursive: true });
  await writeFile(join(folder, path), text);
}
const putPlan = (round = 1, own: Partial<SearchPlan> = {}) =>
  put(`gatehouse-trial-plan-${round}/plan.json`, renderPlan({ ...plan, round, ...own }));
const putRecord = (number: number, own: object = {}, round = 1) =>
  put(`gatehouse-trial-${round}-${number}/run.json`, JSON.stringify(makeRunRecord(own)));
const read = (before = 2) => readFinished({ folder, model, search, before });

describe('readFinished', () => {
  it('knows nothing before the first round', async () => {
    expect(await readFinished({ folder: join(folder, 'none'), model, search, before: 1 })).toEqual([]);
  });

  it('reads what each planned trial left: its metric, an end of its own, one that says nothing, nothing', async () => {
    await putPlan();
    await putRecord(1, { metrics: { auc: 0.7, loss: 3 }, durationMs: 7_200_000 });
    await putRecord(2, { outcome: 'failed', artifact: null });
    await putRecord(3, { outcome: 'killed', artifact: null, cost: null });
    const [one, two, three, four] = await read();
    expect(one).toMatchObject({ number: 1, state: 'done', value: 0.7, hours: 2, cost: 0.0063, round: 1 });
    expect(two).toMatchObject({ number: 2, state: 'failed', value: null, how: 'failed' });
    expect(three).toMatchObject({ number: 3, state: 'lost', value: null, how: 'killed', cost: null });
    expect(four).toMatchObject({ number: 4, state: 'lost', how: 'left no result', hours: 0 });
    expect([one, two, three, four].map((trial) => trial?.parameters)).toEqual(
      trials.map(({ parameters }) => parameters),
    );
  });

  it('takes nobody at his word who claims no such metric, another model, or leaves no record', async () => {
    await putPlan();
    await putRecord(1, { metrics: { accuracy: 0.9 } });
    await putRecord(2, { model: 'other' });
    await put('gatehouse-trial-1-3/run.json', '{"metrics": {"auc": 1}}');
    await mkdir(join(folder, 'gatehouse-trial-1-4'));
    await put('elsewhere.json', JSON.stringify(makeRunRecord()));
    await symlink(join(folder, 'elsewhere.json'), join(folder, 'gatehouse-trial-1-4/run.json'));
    const finished = await read();
    expect(finished.map(({ state, value }) => [state, value])).toEqual(new Array(4).fill(['failed', null]));
    expect(finished.map(({ how }) => how)).toEqual([
      'did not claim the metric auc',
      'left the run record of another model',
      'left no run record that can be read',
      'left no run record that can be read',
    ]);
  });

  it('looks at rounds before its own alone: a job that runs again finds what came after it', async () => {
    await putPlan();
    await putPlan(2, { trials: trials.slice(0, 1) });
    expect((await read(2)).length).toBe(4);
    expect((await read(3)).length).toBe(5);
    expect((await read(1)).length).toBe(0);
  });

  it('reads a plan that was unpacked alone into the folder itself', async () => {
    await put('plan.json', renderPlan(plan));
    expect((await read()).map(({ state }) => state)).toEqual(new Array(4).fill('lost'));
  });

  it.each<readonly [string, () => Promise<void>]>([
    ['no JSON', () => put('gatehouse-trial-plan-1/plan.json', 'x')],
    ['no plan', () => put('gatehouse-trial-plan-1/plan.json', '{"v":1}')],
    ['an artifact without its file', () => put('gatehouse-trial-plan-1/other.json', '{}')],
    ['another model', () => putPlan(1, { model: 'other' })],
    ['another search', () => putPlan(1, { searchDigest: digestSearch(makeSearch()) })],
    ['a trial twice', () => putPlan(1, { trials: [...trials, ...trials.slice(0, 1)] })],
    ['a round that is missing', () => putPlan(2)],
    ['a round twice', () => Promise.all([putPlan(), putPlan(2, { round: 1 })]).then(() => {})],
  ])('refuses a plan of %s', async (_, write) => {
    await write();
    await expect(read(9)).rejects.toMatchObject({ code: 'SEARCH_PLAN' });
  });
});
