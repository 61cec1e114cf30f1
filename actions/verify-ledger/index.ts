import { runAction } from '../../adapters/actions/boundary.ts';
import { openLedgerSource } from '../../adapters/actions/ledger-access.ts';
import { failStep, setOutputs, writeSummary } from '../../adapters/actions/toolkit.ts';
import { isFailure } from '../../core/finding/finding.ts';
import { run } from './run.ts';

await runAction(async () => {
  const { verdict, entries, root, summary, verification } = await run(openLedgerSource());
  await writeSummary(summary);
  setOutputs({ verdict, entries: String(entries), root });
  const first = verification.findings.find(isFailure);
  if (verdict === 'fail') failStep(`${first?.message ?? 'The ledger is not proven'}. ${first?.fix ?? ''}`);
});
