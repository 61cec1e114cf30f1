import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bench, openBench } from './bench.ts';

let bench: Bench;
const workflow = (on: string): string => `on: ${on}
permissions: {}
jobs:
  tell:
    runs-on: ubuntu-latest
    steps:
      - env: { WHAT: '\${{ github.event_name }} \${{ github.ref }} \${{ github.event.schedule }}' }
        run: echo "on $WHAT at $GITHUB_SHA"
`;

beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

it('starts the workflows of the default branch that have a schedule, on its newest commit', async () => {
  await bench.repository('app', {
    '.github/workflows/night.yml': workflow("{ schedule: [{ cron: '0 6 * * *' }] }"),
    '.github/workflows/other.yml': workflow('workflow_dispatch'),
  });
  await bench.commit('acme/app', 'side', {
    '.github/workflows/side.yml': workflow("{ schedule: [{ cron: '1 1 * * *' }] }"),
  });
  await bench.actions.strike('acme/app', 'ada');
  const runs = await bench.settle();
  expect(runs.map(({ event, workflow: { path } }) => [event, path])).toEqual([
    ['schedule', '.github/workflows/night.yml'],
  ]);
  const sha = runs[0]?.sha ?? 'none';
  expect(bench.log('tell')).toContain(`on schedule refs/heads/main 0 6 * * * at ${sha}`);
});
