import { readRefusedBatches } from '../../adapters/actions/batch-issues.ts';
import { runAction } from '../../adapters/actions/boundary.ts';
import { makeFolder, openReader } from '../../adapters/actions/job.ts';
import { failStep, needInput, setOutputs, writeSummary } from '../../adapters/actions/toolkit.ts';
import { openRecordStore } from '../../adapters/dataset/record-store.ts';
import { parseRepositoryName } from '../../adapters/github/client.ts';
import { run } from './run.ts';

await runAction(async () => {
  const { run: facts, client, reader } = openReader();
  const { repository, repositoryId, runId, runAttempt } = facts;
  const recordFolder = makeFolder('record');
  const { validation, summary } = await run(
    {
      plan: needInput('plan'),
      shards: needInput('shards-folder'),
      answers: needInput('answers-folder'),
      workdir: makeFolder('data'),
      recordFolder,
      run: { repository, repositoryId, runId, runAttempt },
      now: new Date().toISOString(),
    },
    {
      reader,
      openStore: (policy) => openRecordStore(policy, makeFolder('store')),
      readRefused: () => readRefusedBatches(client, parseRepositoryName(repository)),
    },
  );
  const { verdict, rows, record, findings } = validation;
  await writeSummary(summary);
  setOutputs({
    verdict,
    rows: String(rows ?? ''),
    record: record ?? '',
    'record-folder': record === null ? '' : recordFolder,
  });
  const first = findings.find(({ severity }) => severity === 'fail');
  if (verdict !== 'pass') failStep(`${first?.message ?? verdict} ${first?.fix ?? ''}`);
});
