import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bench, openBench } from './bench.ts';

const WORKFLOW = `
on: push
jobs:
  act:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: ./act
      - { if: cancelled(), run: echo tidied }
`;
const ACTION = `
console.log('under way');
const hold = setInterval(() => undefined, 1000);
process.once('SIGINT', () => {
  console.log('heard SIGINT');
  setTimeout(() => { console.log('said the last word'); clearInterval(hold); }, 100);
});
`;

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

it('a cancelled action is asked to end and may say a last word', async () => {
  await bench.repository('app', {
    '.github/workflows/w.yml': WORKFLOW,
    'act/action.yml': 'name: act\nruns: { using: node24, main: index.mjs }\n',
    'act/index.mjs': ACTION,
  });
  while (!bench.log('act').includes('under way')) await new Promise((resolve) => setTimeout(resolve, 20));
  const [run] = bench.actions.runs.keys();
  const { status } = await bench.request(
    'POST',
    `/repos/acme/app/actions/runs/${run}/cancel`,
    bench.tokenOf('ada'),
  );
  expect(status).toBe(202);
  const [ended] = await bench.settle();
  expect(ended?.conclusion).toBe('cancelled');
  const log = bench.log('act');
  for (const line of ['heard SIGINT', 'said the last word', 'The operation was canceled', 'tidied']) {
    expect(log).toContain(line);
  }
});
