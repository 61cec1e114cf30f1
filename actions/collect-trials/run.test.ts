import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readSearch } from '../../adapters/search/search-declared.ts';
import { makeRunRecord } from '../../core/evidence/run-record.fixture.ts';
import { nextTrials } from '../../core/search/next-trials.ts';
import { digestSearch, renderPlan } from '../../core/search/search-plan.ts';
import { run } from './run.ts';

const example = join(import.meta.dirname, '../../fixtures/flights/models/flight-delay/model.yml');
const model = 'flight-delay';
const random = `  search: { method: random, space: { a: [1, 2, 3] }, trials: 3, metric: auc, goal: maximize }\n`;

let folder: string;
let text: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-collect-'));
  const plain = (await readFile(example, 'utf8')).replace('__LABELS_SHA256__', 'a'.repeat(64));
  text = plain.replace('__LABELS__', 'https://labels.test/x').replace('predict:', `${random}predict:`);
});
afterEach(() => rm(folder, { recursive: true }));

async function finish(values: readonly (number | null)[]): Promise<void> {
  const search = readSearch(model, () => text);
  const plan = { v: 1, model, searchDigest: digestSearch(search), round: 1 } as const;
  await mkdir(join(folder, 'gatehouse-trial-plan-1'));
  const { trials } = nextTrials(search, []);
  await writeFile(join(folder, 'gatehouse-trial-plan-1/plan.json'), renderPlan({ ...plan, trials }));
  for (const [at, value] of values.entries()) {
    await mkdir(join(folder, `gatehouse-trial-1-${at + 1}`));
    const end = value === null ? { outcome: 'failed' as const, artifact: null } : { metrics: { auc: value } };
    await writeFile(join(folder, `gatehouse-trial-1-${at + 1}/run.json`), JSON.stringify(makeRunRecord(end)));
  }
}
const collect = () => run({ model, folder, read: () => text });

it('gives the best parameters, the picture, and every trial', async () => {
  await finish([0.6, 0.7, null]);
  const { verdict, best, files, summary } = await collect();
  expect([verdict, best?.number]).toEqual(['found', 2]);
  expect(JSON.parse(files['best-parameters.json'] ?? '')).toEqual(best?.parameters);
  const record = JSON.parse(files['search.json'] ?? '');
  expect(record).toMatchObject({ v: 1, grade: 'claimed', model, done: true, why: 'complete', best: 2 });
  expect(record.trials.map(({ number }: { number: number }) => number)).toEqual([2, 1, 3]);
  expect(files['parallel-coordinates.svg']).toMatch(/^<svg /);
  expect(summary).toContain('Trial 3 failed: failed');
});

it('says that it is not finished while something is lost', async () => {
  await finish([0.6]);
  expect(await collect()).toMatchObject({ verdict: 'unfinished', best: { number: 1 } });
});

it('evaluates nothing where no trial left its metric, and still shows them all', async () => {
  await finish([null, null, null]);
  const { verdict, best, files, summary } = await collect();
  expect([verdict, best, files['best-parameters.json']]).toEqual(['not evaluated', null, undefined]);
  expect(summary).toContain('3 trials: 3 failed.');
});
