import { readRefusedBatches } from '../../adapters/actions/batch-issues.ts';
import { runAction } from '../../adapters/actions/boundary.ts';
import { makeFolder, openJob, writeEvidence } from '../../adapters/actions/job.ts';
import {
  askIdentityToken,
  canSign,
  input,
  say,
  setOutputs,
  writeSummary,
} from '../../adapters/actions/toolkit.ts';
import { openRecordStore } from '../../adapters/dataset/record-store.ts';
import { openEngine } from '../../adapters/engine/open.ts';
import { parseRepositoryName } from '../../adapters/github/client.ts';
import { findCarried } from '../../adapters/proposal/carried.ts';
import { readProposal } from '../../adapters/proposal/read-proposal.ts';
import { validateProposal } from './validate-proposal.ts';

await runAction(async () => {
  const job = openJob();
  const engine = {
    path: input('engine-path'),
    toolCache: process.env.RUNNER_TOOL_CACHE ?? null,
    registry: input('engine-registry'),
    offline: input('offline') === 'true',
  };
  const { verdict, train, judge, model, ...rest } = await validateProposal(
    { pull: job.pull, runId: job.run.runId, runAttempt: job.run.runAttempt, workdir: makeFolder('data') },
    {
      reader: job.reader,
      now: new Date().toISOString(),
      openStore: (policy) => openRecordStore(policy, makeFolder('store')),
      readRefused: () => readRefusedBatches(job.client, parseRepositoryName(job.run.repository)),
      readProposal: (commits) => readProposal(job.reader, commits),
      findCarried: (proposal, rules) =>
        findCarried(job.reader, job.pull.number, proposal, rules, job.run.runId),
      openEngine: () => openEngine(engine, { workdir: makeFolder('engine') }),
      idToken: canSign() ? askIdentityToken : null,
      writeEvidence,
      writeSummary,
      say,
    },
  );
  setOutputs({
    verdict,
    train,
    judge,
    model,
    'on-newer-push': rest['on-newer-push'],
    'evidence-folder': rest['evidence-folder'],
  });
});
