import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePolicy } from '../core/config/policy-file.ts';
import { type BotBench, startBotBench } from '../test/bot/bench.ts';
import { onboard } from './onboard.ts';

describe('the onboarding pull request', () => {
  let bench: BotBench;
  const branch = 'gatehouse/onboarding';
  const pulls = () => bench.reader.pulls({ state: 'open', head: `acme:${branch}` });

  beforeAll(async () => {
    bench = await startBotBench();
  });
  afterAll(async () => {
    const { violations } = bench.hub;
    await bench.close();
    expect(violations).toEqual([]);
  });

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
    await onboard(bench.newDeps());
    // No model: nobody is asked.
    expect(await pulls()).toEqual([]);
    await bench.push('ada', 'main', { 'churn/train.py': 'x\n', 'data/train.csv.dvc': 'outs: []\n' });
    await onboard(bench.newDeps());
    await onboard(bench.newDeps());
    const open = await pulls();
    expect(open).toHaveLength(1);
    expect(open[0]?.body).toContain('uses: acme/gatehouse/.github/workflows/validate-data.yml@');
    expect(open[0]?.body).toContain('run dvc pull data/train.csv.dvc, then gatehouse init again');
    const bytes = await bench.reader.file('.github/gatehouse.yml', open[0]?.head.sha ?? '');
    expect(parsePolicy(new TextDecoder().decode(bytes ?? new Uint8Array()), 'p').enforce).toBe(false);
    const changed = [...(await bench.reader.tree(open[0]?.head.sha ?? '')).keys()];
    expect(changed.filter((path) => path.startsWith('.github/'))).toEqual(['.github/gatehouse.yml']);
  });

  it('is not opened again by who closed it', async () => {
    const [open] = await pulls();
    await bench.newDeps().writer.updatePull(open?.number ?? 0, { state: 'closed' });
    await onboard(bench.newDeps());
    expect(await pulls()).toEqual([]);
  });
});
