import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { policyPath } from '../core/config/layout.ts';
import { parsePolicy } from '../core/config/policy-file.ts';
import { sealKeyOf } from '../core/config/seal-key.ts';
import { type BotBench, startBotBench } from '../test/bot/bench.ts';
import { evaluate } from './evaluate.ts';
import { onboard } from './onboard.ts';

/** A policy with `enforce: false`, and the pull request that brings it. One bench for both: it takes seconds to start. */
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
    // Alone the first would be neutral: its base only reports. The other base has another policy than this head left.
    expect((await bench.checks(head)).at(-1)).toMatchObject({ conclusion: 'failure' });
  });

  describe('the onboarding pull request', () => {
    const branch = 'gatehouse/onboarding';
    const pulls = () => bench.reader.pulls({ state: 'open', head: `acme:${branch}` });

    it('is not opened where Gatehouse is set up', async () => {
      await onboard(bench.newDeps());
      expect(await pulls()).toEqual([]);
    });

    it('brings a policy that only reports, and the workflow in words; twice is once', async () => {
      const { git } = bench.bench;
      const work = await bench.bench.clone('acme/flights', 'ada', bench.tokens.ada ?? '', 'bare');
      await git(work, 'rm', '-rq', '.');
      await git(work, 'commit', '-q', '-m', 'Nothing of Gatehouse');
      await git(work, 'push', '-q', 'origin', 'HEAD:main');
      // Switched off: what is still open, and whatever comes, is held up by nothing.
      const { head, number } = await propose('after');
      await evaluate(bench.newDeps(), number);
      expect(await bench.checks(head)).toMatchObject([{ status: 'completed', conclusion: 'neutral' }]);
      expect(await bench.comments(number)).toEqual([]);
      await onboard(bench.newDeps());
      // No model: nobody is asked.
      expect(await pulls()).toEqual([]);
      await bench.push('ada', 'main', { 'churn/train.py': 'x\n', 'data/train.csv.dvc': 'outs: []\n' });
      await bench.push('ben', 'better', { 'churn/train.py': 'y\n' });
      const merged = await bench.openPull('ben', 'better');
      await bench.approve('rita', merged);
      await bench.merge('ada', merged);
      bench.hub.log.take();
      await onboard(bench.newDeps());
      await onboard(bench.newDeps());
      const open = await pulls();
      expect(open).toHaveLength(1);
      expect(open[0]?.body).toContain('uses: acme/gatehouse/.github/workflows/validate-data.yml@');
      expect(open[0]?.body).toContain('run dvc pull data/train.csv.dvc, then gatehouse init again');
      expect(open[0]?.body).toContain('Of the last 2 merged pull requests 1 touches a model');
      // Rita holds no role that anybody named yet.
      expect(open[0]?.body).toMatch(
        new RegExp(`pull/${merged}\\) \\| model churn \\| ⏳ held up: 1 × reviewer`),
      );
      const calls = bench.hub.log
        .take()
        .filter(({ caller, status }) => caller === 'installation' && status !== 304);
      expect(calls.length).toBeLessThanOrEqual(30);
      expect(open[0]?.body).not.toContain('Install the app');
      const bytes = await bench.reader.file('.github/gatehouse.yml', open[0]?.head.sha ?? '');
      const policy = parsePolicy(new TextDecoder().decode(bytes ?? new Uint8Array()), 'p');
      expect(policy.enforce).toBe(false);
      // The app knows its own key: results are sealed from the first one on.
      expect(policy.evidence?.sealTo).toEqual([sealKeyOf(bench.app.privateKey)]);
      const changed = [...(await bench.reader.tree(open[0]?.head.sha ?? '')).keys()];
      expect(changed.filter((path) => path.startsWith('.github/'))).toEqual(['.github/gatehouse.yml']);
    });

    it('is not opened again by who closed it', async () => {
      const [open] = await pulls();
      const { lag } = bench.hub;
      lag.watch();
      await bench.newDeps().writer.updatePull(open?.number ?? 0, { state: 'closed' });
      lag.watch(false);
      await onboard(bench.newDeps());
      expect(await pulls()).toEqual([]);
      // One list tells of now, the next of before it was closed.
      for (const late of [1, 2]) {
        let lists = 0;
        const which = ({ path }: { readonly path: string }) => path.endsWith('/pulls') && ++lists === late;
        lag.begin({ behind: lag.last ?? 0, reads: 1, which });
        await onboard(bench.newDeps());
        expect(lists).toBeGreaterThan(0);
        lag.end();
        expect(await pulls()).toEqual([]);
      }
    });
  });
});
