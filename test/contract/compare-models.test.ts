import { cpSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describePlatform, toolCacheFolder } from '../../adapters/engine/locate.ts';
import { BundleBench } from './bundle.fixture.ts';

/** The root action from its bundle, as a runner runs it on a push. */
const rows = Array.from({ length: 400 }, (_, at) => at);
const late = (row: number): number => (row % 3 === 0 ? 1 : 0);
/** Spread over 0 to 1 without a random number. */
const spread = (row: number): number => ((row * 37) % 101) / 100;
const csv = (head: string, value: (row: number) => number): string =>
  `${[head, ...rows.map((row) => `r${row},${value(row)}`)].join('\n')}\n`;

let bench: BundleBench;
beforeAll(() => {
  bench = new BundleBench();
  bench.write('labels.csv', csv('key,label', late));
  bench.write(
    'good.csv',
    csv('key,score', (row) => 0.6 * spread(row) + 0.4 * late(row)),
  );
  bench.write('noise.csv', csv('key,score', spread));
  bench.write('flights.csv', 'delay,origin\n1,LAX\n2,JFK\n');
  bench.write('broken.csv', 'delay,origin\n1,LAX\n99999,JFK\n');
  bench.write('flights.yml', contract);
});
afterAll(() => bench.remove());

const contract = `version: 1
description: flights
owner: { users: [omar] }
source: a table
legal-basis: public data
approved-by: omar
expires: "2099-01-01"
access: ['*']
files: [flights.csv]
rows: { min: 2 }
columns:
  - { name: delay, type: integer, min: -120, max: 2000 }
  - { name: origin, type: text }
`;
const inputs = {
  token: 'none',
  model: 'churn',
  challenger: 'good.csv',
  champion: 'noise.csv',
  labels: 'labels.csv',
  gates: 'auc >= 0.6\nauc not-worse 0.01',
};

describe('two files of predictions', () => {
  it('a better challenger passes: exit code 0, report, summary, no comment on a push', async () => {
    const { code, log, outputs, summary } = await bench.runAction('compare-models', inputs);
    expect([code, log]).toEqual([0, expect.not.stringContaining('::error')]);
    expect(outputs).toMatchObject({ verdict: 'pass', 'comment-url': '' });
    const report = JSON.parse(readFileSync(outputs.report ?? '', 'utf8'));
    expect(report).toMatchObject({ v: 1, model: 'churn', grade: 'measured', verdict: 'pass', rows: 400 });
    expect(report.gates.map(({ result }: { result: string }) => result)).toEqual(['pass', 'pass']);
    expect(summary).toMatch(/^### ✅ Pass: churn passed 2 gates on 400 rows/);
  });

  it('a worse challenger fails: exit code 1, and all else is written', async () => {
    const worse = { ...inputs, challenger: 'noise.csv', champion: 'good.csv' };
    const { code, outputs, summary } = await bench.runAction('compare-models', worse);
    expect([code, outputs.verdict]).toEqual([1, 'fail']);
    expect(JSON.parse(readFileSync(outputs.report ?? '', 'utf8'))).toMatchObject({ verdict: 'fail' });
    expect(summary).toMatch(/^### ❌ Fail: churn failed 2 of 2 gates on 400 rows/);
  });

  it('fail-on: never reports the same and lets the step pass', async () => {
    const worse = { ...inputs, challenger: 'noise.csv', champion: 'good.csv', 'fail-on': 'never' };
    const { code, outputs } = await bench.runAction('compare-models', worse);
    expect([code, outputs.verdict]).toEqual([0, 'fail']);
  });

  it.each([
    ['a file that is not there', { challenger: 'none.csv' }, 'FILE_MISSING'],
    ['gates that nobody can read', { gates: 'auc > 1' }, 'GATES_INVALID'],
  ])('%s: not evaluated, exit code 1', async (_, wrong, error) => {
    const { code, log, outputs, summary } = await bench.runAction('compare-models', { ...inputs, ...wrong });
    expect([code, outputs]).toEqual([1, { verdict: 'not evaluated' }]);
    expect(log).toContain(error);
    expect(summary).toContain(error);
  });
});

describe('data with a contract', () => {
  const data = { ...inputs, data: 'flights.csv', contract: 'flights.yml', offline: 'true' };
  const toolCache = (): string => join(bench.folder, 'tools');
  beforeAll(() => {
    const platform = describePlatform();
    const binding = createRequire(import.meta.url).resolve(`@duckdb/node-bindings-${platform}/duckdb.node`);
    cpSync(dirname(binding), toolCacheFolder(toolCache(), platform), { recursive: true });
  });

  it('good data: the engine of the tool cache is found, and the comparison goes on', async () => {
    const { code, log, outputs } = await bench.runAction('compare-models', data, {
      RUNNER_TOOL_CACHE: toolCache(),
    });
    expect([code, log]).toEqual([0, expect.not.stringContaining('::error')]);
    expect(outputs.verdict).toBe('pass');
  });

  it('broken data: nothing is compared, the finding says row and limit', async () => {
    const { code, outputs, summary } = await bench.runAction(
      'compare-models',
      { ...data, data: 'broken.csv' },
      { RUNNER_TOOL_CACHE: toolCache() },
    );
    expect([code, outputs.verdict]).toEqual([1, 'data invalid']);
    expect(summary).toMatch(/^### ⛔ Data invalid: nothing was compared/);
    expect(summary).toContain('2000');
    expect(JSON.parse(readFileSync(outputs.report ?? '', 'utf8'))).toMatchObject({ gates: [], rows: 0 });
  });

  it('no engine and offline: not evaluated, which says nothing about model or data', async () => {
    const { code, log, outputs } = await bench.runAction('compare-models', data, {
      RUNNER_TOOL_CACHE: join(bench.folder, 'empty'),
    });
    expect([code, outputs]).toEqual([1, { verdict: 'not evaluated' }]);
    expect(log).toContain('ENGINE_MISSING');
  });

  it('no engine and no npm on the runner: the fix names engine-registry', async () => {
    const { log, outputs } = await bench.runAction(
      'compare-models',
      { ...data, offline: 'false' },
      { RUNNER_TOOL_CACHE: join(bench.folder, 'empty'), PATH: join(bench.folder, 'empty') },
    );
    expect(outputs.verdict).toBe('not evaluated');
    expect(log).toMatch(/ENGINE_MISSING.*npm.*engine-registry/);
  });
});
