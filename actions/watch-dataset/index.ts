import { downloadArtifact } from '../../adapters/actions/artifact.ts';
import { openBatchIssues } from '../../adapters/actions/batch-issues.ts';
import { runAction } from '../../adapters/actions/boundary.ts';
import { readBranchEvent } from '../../adapters/actions/branch-event.ts';
import { inputDigest, inputNumber } from '../../adapters/actions/input.ts';
import { makeFolder, openReader } from '../../adapters/actions/job.ts';
import { input, say, setOutputs, writeSummary } from '../../adapters/actions/toolkit.ts';
import { openRecordStore } from '../../adapters/dataset/record-store.ts';
import { openRemote } from '../../adapters/dvc/remote.ts';
import { openEngine } from '../../adapters/engine/open.ts';
import { parseRepositoryName } from '../../adapters/github/client.ts';
import { renderNothingCame } from '../../core/report/batch-summary.ts';
import { renderSummary } from '../../core/report/summary.ts';
import { readIngest } from './incoming-batch.ts';
import { run } from './run.ts';
import { validateWork } from './validate-work.ts';

await runAction(async () => {
  const { run: facts, token, client, reader } = openReader();
  const event = readBranchEvent();
  const engine = {
    path: input('engine-path'),
    toolCache: process.env.RUNNER_TOOL_CACHE ?? null,
    registry: input('engine-registry'),
    offline: input('offline') === 'true',
  };
  const ingest = readIngest(
    input('ingest') === 'true',
    inputNumber('ingest-id'),
    inputDigest('ingest-digest'),
  );
  const now = new Date().toISOString();
  const folder = makeFolder('store');
  const { verdict, batch, record, issue, ready } = await run(
    {
      dataset: input('dataset') || null,
      ingest,
      run: { id: facts.runId, attempt: facts.runAttempt, repositoryId: facts.repositoryId },
      ...event,
    },
    {
      reader,
      now,
      artifact: (artifact) => reader.artifact(artifact),
      download: (artifact, file) => downloadArtifact({ ...facts, token }, artifact, file),
      makeFolder,
      validate: (work) =>
        validateWork(work, {
          ...{ reader, now, say, workdir: makeFolder('data') },
          records: () => openRecordStore(work.watched.policy, folder),
          openEngine: () => openEngine(engine, { workdir: makeFolder('engine') }),
        }),
      openRemote,
      store: async ({ policy }, text) => (await openRecordStore(policy, folder)).put(text),
      issues:
        input('issues') === 'false' ? null : openBatchIssues(client, parseRepositoryName(facts.repository)),
      summarize: (result, looks) =>
        writeSummary(result === null ? looks.map(renderNothingCame).join('\n') : summaryOf(result)),
      say,
    },
  );
  setOutputs({ verdict, batch, record, issue, ready });
});

function summaryOf({
  evidence,
  results,
}: Parameters<Parameters<typeof run>[1]['summarize']>[0] & object): string {
  const details = results.map(({ observations, measurement }) => ({
    observations,
    drift: measurement?.drift ?? null,
  }));
  return renderSummary(evidence, details);
}
