import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runAction } from '../../adapters/actions/boundary.ts';
import { readRunFacts } from '../../adapters/actions/event.ts';
import { makeFolder } from '../../adapters/actions/job.ts';
import { openLedgerSource } from '../../adapters/actions/ledger-access.ts';
import {
  askIdentityToken,
  failStep,
  hide,
  input,
  setOutputs,
  writeSummary,
} from '../../adapters/actions/toolkit.ts';
import { openWitness } from '../../adapters/anchor/witness.ts';
import { createTokenClient } from '../../adapters/github/token-client.ts';
import { anchorFileName } from '../../core/audit/signed-anchor.ts';
import { isFailure } from '../../core/finding/finding.ts';
import { run } from './run.ts';

await runAction(async () => {
  const { apiUrl, repositoryId } = readRunFacts();
  const access = openLedgerSource();
  const witness = { repository: input('witness'), token: input('witness-token') };
  if (witness.token !== '') hide(witness.token);
  const { releases, repository, expectations, keys } = access;
  const second =
    witness.repository === ''
      ? []
      : [openWitness(createTokenClient(apiUrl, witness.token), witness.repository, repositoryId)];
  const { verdict, size, digest, file, summary, findings } = await run({
    ...{ source: access, places: [releases, ...second], repository, expectations, keys },
    idToken: askIdentityToken,
  });
  const path = file === null ? '' : join(makeFolder('anchor'), anchorFileName);
  if (file !== null) writeFileSync(path, file);
  await writeSummary(summary);
  setOutputs({ verdict, size: String(size), digest, path });
  const first = findings.find(isFailure);
  if (verdict === 'fail') failStep(`${first?.message ?? 'The ledger is not proven'}. ${first?.fix ?? ''}`);
});
