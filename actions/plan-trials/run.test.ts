import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeRunRecord } from '../../core/evidence/run-record.fixture.ts';
import { renderPlan } from '../../core/search/search-plan.ts';
import { run } from './run.ts';

const example = join(import.meta.dirname, '../../fixtures/flights/models/flight-delay/model.yml');
const model = 'flight-delay';
const halving = `  search:
    method: halving
    space: { smoothing: { from: 1, to: 1000, scale: log } }
    trials: 9
    parallel: 3
    metric: auc
    goal: maximize
    resource: { name: months, least: 1, most: 9 }
`;

let folder: string;
let text: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-plan-trials-'));
  const plain = (await readFile(example, 'utf8')).replace('__LABELS_SHA256__', 'a'.repeat(64));
  text = plain.replace('__LABELS__', 'https://labels.test/x').replace('predict:', `${halving}predict:`);
});
afterEach(() => rm(folder, { recursive: true }));

const plan = (round: string, rounds = '6') => run({ model, round, rounds, folder, read: () => text });

async function train(round: string, rounds?: string): Promise<readonly (number | string | null)[][]> {
  const { plan: planned, matrix, parallel } = await plan(round, rounds);
  expect(parallel).toBe(3);
  await mkdir(join(folder, `gatehouse-trial-plan-${round}`));
  await writeFile(join(folder, `gatehouse-trial-plan-${round}`, 'plan.json'), renderPlan(planned));
  for (const { number } of matrix) {
    await mkdir(join(folder, `gatehouse-trial-${round}-${number}`));
    const record = makeRunRecord({ metrics: { auc: number / 10 } });
    await writeFile(join(folder, `gatehouse-trial-${round}-${number}`, 'run.json'), JSON.stringify(record));
  }
  return matrix.map(({ number, rung, resource, resumeFrom }) => [number, rung, resource, resumeFrom]);
}

it('plans round by round, and hands over what a trial that goes on left', async () => {
  const all = [];
  for (const round of ['1', '2', '3', '4', '5']) all.push(await train(round));
  expect(all.slice(0, 3).map((trials) => trials.map(([number]) => number))).toEqual([
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ]);
  expect(all.slice(3)).toEqual([
    [
      [9, 1, 3, 'gatehouse-trial-3-9'],
      [8, 1, 3, 'gatehouse-trial-3-8'],
      [7, 1, 3, 'gatehouse-trial-3-7'],
    ],
    [[9, 2, 9, 'gatehouse-trial-4-9']],
  ]);
  expect(await plan('6')).toMatchObject({ matrix: [], said: 'Round 6 of 6: nothing to train, complete.' });
});

it('answers the same when it runs again, whatever came after', async () => {
  const first = await plan('1');
  await train('1');
  const second = await plan('2');
  await train('2');
  expect([await plan('1'), await plan('2')]).toEqual([first, second]);
});

it('makes rounds wider where there are few, and says the round in every trial', async () => {
  const { matrix } = await plan('1', '3');
  expect(matrix.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(matrix.every(({ round }) => round === 1)).toBe(true);
});

it('gives no more than an output holds: the rest waits', async () => {
  const long = Array.from(
    { length: 50 },
    (_, at) => `      p${at}: ["${'x'.repeat(200)}", "${'y'.repeat(200)}"]`,
  );
  const wide = `  search:\n    method: random\n    space:\n${long.join('\n')}\n    trials: 256\n    parallel: 256\n    metric: auc\n    goal: maximize\n`;
  text = text.replace(halving, wide);
  const { matrix, plan: planned } = await plan('1');
  expect(matrix.length).toBeGreaterThan(20);
  expect(JSON.stringify(matrix).length).toBeLessThan(500_000);
  expect(planned.trials.length).toBe(matrix.length);
});

it.each([
  ['0', '6'],
  ['7', '6'],
  ['1', '101'],
  ['', '6'],
  ['1.0', '6'],
])('refuses round %j of %j', async (round, rounds) => {
  await expect(plan(round, rounds)).rejects.toMatchObject({ code: 'SEARCH_ROUND' });
});

it('says where a search is missing', async () => {
  text = text.replace(halving, '');
  await expect(plan('1')).rejects.toMatchObject({
    code: 'SEARCH_MISSING',
    where: { file: 'models/flight-delay/model.yml' },
  });
  await expect(
    run({ model: '../x', round: '1', rounds: '1', folder, read: () => text }),
  ).rejects.toMatchObject({ code: 'MODEL_NAME' });
});
