import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, openBench } from './bench.ts';

const ACTION = `
name: Double
inputs:
  number: { required: true }
  unit: { default: 'm' }
outputs:
  result: { description: doubled }
runs: { using: node24, main: main.js, post: post.js }
`;
const MAIN = `
const fs = require('node:fs');
const out = (name, line) => fs.appendFileSync(process.env[name], line + '\\n');
out('GITHUB_OUTPUT', 'result=' + 2 * Number(process.env.INPUT_NUMBER) + process.env.INPUT_UNIT);
out('GITHUB_STATE', 'kept=yes');
out('GITHUB_STEP_SUMMARY', '# doubled');
console.log('node ' + process.versions.node.split('.')[0] + ' home ' + process.env.HOME.includes('_home'));
`;
const WORKFLOW = `
name: Two jobs
on: { push: { branches: [main] }, pull_request: {} }
permissions: {}
jobs:
  first:
    runs-on: ubuntu-latest
    permissions: { contents: read }
    outputs: { answer: '\${{ steps.double.outputs.result }}' }
    steps:
      - uses: actions/checkout@v5
      - id: read
        run: echo "number=$(cat number.txt)" >> "$GITHUB_OUTPUT"
      - id: double
        uses: ./double
        with: { number: '\${{ steps.read.outputs.number }}' }
  second:
    needs: first
    runs-on: ubuntu-latest
    steps:
      - run: echo "answer is \${{ needs.first.outputs.answer }} on $GITHUB_EVENT_NAME at $GITHUB_SHA"
`;

describe('a workflow with two jobs', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
    await bench.repository('app', {
      '.github/workflows/two.yml': WORKFLOW,
      'number.txt': '21\n',
      'double/action.yml': ACTION,
      'double/main.js': MAIN,
      'double/post.js': `console.log('post kept ' + process.env.STATE_kept);`,
    });
  });
  afterAll(() => bench.close());

  it('runs a shell step, a node action with its post part, and hands outputs on', async () => {
    const [run] = await bench.settle();
    expect(run?.message).toBeUndefined();
    expect([run?.event, run?.status, run?.conclusion]).toEqual(['push', 'completed', 'success']);
    expect(bench.log('first')).toContain('node 24 home true');
    expect(bench.log('first')).toContain('post kept yes');
    expect(bench.log('second')).toContain('answer is 42m on push');
    expect(bench.actions.summaryOf(run?.id ?? 0)).toBe('# doubled\n');
  });

  it('runs a pull request on its merge commit and reports the head', async () => {
    const head = await bench.commit('acme/app', 'change', { 'number.txt': '4\n' });
    const number = await bench.openPull('acme/app', 'change');
    const run = (await bench.settle()).at(-1);
    expect([run?.event, run?.conclusion, run?.headSha]).toEqual(['pull_request', 'success', head]);
    const merge = await bench.hub.git(bench.hub.repository('acme/app')).resolve(`refs/pull/${number}/merge`);
    expect(run?.sha).toBe(merge);
    expect(bench.log('second')).toContain(`answer is 8m on pull_request at ${merge}`);
  });
});

describe('close', () => {
  it('leaves no process behind in the middle of a job', async () => {
    const other = await openBench();
    await other.repository('app', {
      '.github/workflows/w.yml':
        'on: push\njobs:\n  a: { runs-on: ubuntu-latest, steps: [{ run: \'echo "pid $$"; sleep 300\' }, { if: always(), run: sleep 300 }] }',
    });
    while (!/pid \d+/.test(other.log('a'))) await new Promise((resolve) => setTimeout(resolve, 10));
    const pid = Number(/pid (\d+)/.exec(other.log('a'))?.[1]);
    await other.close();
    const stat = `/proc/${pid}/stat`;
    expect(existsSync(stat) && !/\) Z/.test(readFileSync(stat, 'utf8'))).toBe(false);
  });
});
