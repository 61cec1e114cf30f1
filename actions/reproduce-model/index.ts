import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runAction } from '../../adapters/actions/boundary.ts';
import { readRunFacts } from '../../adapters/actions/event.ts';
import { makeFolder } from '../../adapters/actions/job.ts';
import { openLedgerSource } from '../../adapters/actions/ledger-access.ts';
import { failStep, input, needInput, say, setOutputs, writeSummary } from '../../adapters/actions/toolkit.ts';
import { readCurrentPolicy } from '../../adapters/reproduce/current-policy.ts';
import { reproduceVersion } from '../../adapters/reproduce/reproduce.ts';
import { run } from './run.ts';

await runAction(async () => {
  const { serverUrl } = readRunFacts();
  const repository = process.env.GITHUB_WORKSPACE ?? process.cwd();
  const inputs = {
    model: needInput('model'),
    version: input('version'),
    endpoint: input('endpoint'),
    tolerance: Number(needInput('tolerance')),
    predictions: input('predictions') === 'true',
    repository,
    origin: { serverUrl, token: needInput('token') },
    env: process.env,
  };
  const { verdict, found, summary } = await run(inputs, {
    ledger: openLedgerSource(),
    policy: () => readCurrentPolicy(repository),
    reproduce: (all) => reproduceVersion(all, { log: say, now: () => new Date() }),
  });
  const report = join(makeFolder('reproduction'), 'reproduction.json');
  writeFileSync(report, JSON.stringify(found, null, 2));
  await writeSummary(summary);
  setOutputs({ verdict, outcome: found.outcome, version: String(found.version), report });
  if (verdict === 'fail') failStep(`${found.model} v${found.version} came out otherwise. ${found.because}.`);
});
