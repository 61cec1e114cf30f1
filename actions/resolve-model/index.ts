import { runAction } from '../../adapters/actions/boundary.ts';
import { openLedgerSource } from '../../adapters/actions/ledger-access.ts';
import { needInput, setOutputs, writeSummary } from '../../adapters/actions/toolkit.ts';
import { run } from './run.ts';

await runAction(async () => {
  const inputs = { model: needInput('model'), endpoint: needInput('endpoint') };
  const { verdict, version, artifactDigest, since, previous, summary } = await run(
    inputs,
    openLedgerSource(),
  );
  await writeSummary(summary);
  setOutputs({ verdict, version: String(version), 'artifact-digest': artifactDigest, since, previous });
});
