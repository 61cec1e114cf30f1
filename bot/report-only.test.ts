import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { policyPath } from '../core/config/layout.ts';
import { type BotBench, startBotBench } from '../test/bot/bench.ts';
import { evaluate } from './evaluate.ts';

/** A policy with `enforce: false`: the check holds nobody up, the ledger takes no more than otherwise. */
describe('report-only', () => {
  let bench: BotBench;
  const params = 'models/flight-delay/params.json';
  const propose = async (branch: string) => {
    const head = await bench.push('ben', branch, { [params]: `{"${branch}":1}\n` });
    return { head, number: await bench.openPull('ben', branch) };
  };

  beforeAll(async () => {
    bench = await startBotBench();
    const clone = await bench.bench.clone('acme/flights', 'ada', bench.tokens.ada ?? '', 'policy');
    const text = readFileSync(path.join(clone, policyPath), 'utf8');
    await bench.push('ada', 'main', { [policyPath]: `${text}enforce: false\n` });
    // Another governed branch, whose policy is as it was.
    await bench.push('ada', 'strict', { [policyPath]: `${text}branches: [main, strict]\n` });
    await bench.push('ada', 'main', { [policyPath]: `${text}enforce: false\nbranches: [main, strict]\n` });
  });
  afterAll(() => bench.close());

  it('a proposal without evidence ends neutral, and its merge records nothing', async () => {
    const { head, number } = await propose('unjudged');
    await evaluate(bench.newDeps(), number);
    expect(await bench.checks(head)).toMatchObject([
      {
        status: 'completed',
        conclusion: 'neutral',
        output: { title: expect.stringMatching(/^Report only: ⏳/) },
      },
    ]);
    await bench.merge('ada', number);
    await evaluate(bench.newDeps(), number);
    expect(await bench.reader.branchHead('gatehouse-ledger')).toBeNull();
    expect((await bench.comments(number))[0]?.body).toContain('Merged, not promoted');
    for (const { conclusion } of await bench.checks(head)) expect(conclusion).toBe('neutral');
  });

  it('an error in the files of the pull request ends neutral, too', async () => {
    const head = await bench.push('ben', 'broken', { 'models/flight-delay/stages.yml': 'production: [1\n' });
    const number = await bench.openPull('ben', 'broken');
    await evaluate(bench.newDeps(), number);
    expect(await bench.checks(head)).toMatchObject([{ conclusion: 'neutral' }]);
  });

  it('a base that enforces comes first when both share a head', async () => {
    const { head, number } = await propose('shared');
    const other = await bench.openPull('ben', 'shared', 'strict');
    for (const each of [number, other, number]) await evaluate(bench.newDeps(), each);
    expect((await bench.checks(head)).at(-1)).toMatchObject({ status: 'in_progress', conclusion: null });
  });
});
