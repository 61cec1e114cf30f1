import { afterAll, beforeAll, expect, it } from 'vitest';
import { evaluate } from '../../bot/evaluate.ts';
import { type BotBench, startBotBench } from '../bot/bench.ts';
import { playJudge } from '../bot/judge.ts';

let bench: BotBench;
beforeAll(async () => {
  bench = await startBotBench();
});
afterAll(() => bench.close());

it('input that breaks the app itself leaves no success of before standing', async () => {
  const head = await bench.push('ben', 'fine', { 'models/flight-delay/params.json': '{"fine":1}\n' });
  const number = await bench.openPull('ben', 'fine');
  await playJudge(bench, number);
  await evaluate(bench.newDeps(), number);
  await bench.approve('rita', number);
  await evaluate(bench.newDeps(), number);
  expect((await bench.checks(head)).at(-1)).toMatchObject({ conclusion: 'success' });
  const deps = bench.newDeps();
  const reviews = () => Promise.reject(new TypeError('cannot read properties of undefined'));
  const broken = { ...deps, newReader: () => ({ ...deps.newReader(), reviews }) };
  await expect(evaluate(broken, number)).rejects.toThrow(TypeError);
  expect((await bench.checks(head)).at(-1)).toMatchObject({ conclusion: 'action_required' });
  await evaluate(deps, number);
  expect((await bench.checks(head)).at(-1)).toMatchObject({ conclusion: 'success' });
});
