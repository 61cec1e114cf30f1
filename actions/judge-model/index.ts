import { runAction } from '../../adapters/actions/boundary.ts';
import { openGovernedStore } from '../../adapters/actions/governed-store.ts';
import { inputDigest, inputNumber } from '../../adapters/actions/input.ts';
import {
  fetchLabels,
  makeFolder,
  openJob,
  writeEnvelope,
  writeEvidence,
  writeReport,
} from '../../adapters/actions/job.ts';
import {
  askIdentityToken,
  input,
  needInput,
  setOutputs,
  writeSummary,
} from '../../adapters/actions/toolkit.ts';
import { compareInThreads } from '../../adapters/compare/compare-in-threads.ts';
import { readRowsIn } from '../../adapters/dvc/features.ts';
import type { GitHubReader } from '../../adapters/github/reader.ts';
import type { Proposal } from '../../adapters/proposal/read-proposal.ts';
import { readWaivers } from '../../adapters/proposal/read-waivers.ts';
import { histogramsOf } from '../../core/load/summary.ts';
import type { Waiving } from '../../core/policy/waiver-rule.ts';
import { renderHtmlReport } from '../../core/report/html/report.ts';
import { renderSealedSummary } from '../../core/report/sealed-summary.ts';
import { renderSummary } from '../../core/report/summary.ts';
import type { HandedArtifact } from './predictions-artifact.ts';
import { type JudgeOutputs, run } from './run.ts';

function handed(what: 'challenger-predictions' | 'champion-predictions' | 'latency'): HandedArtifact | null {
  const id = inputNumber(`${what}-id`);
  return id === null ? null : { id, digest: input(`${what}-digest`) };
}

const pageOf = ({ evidence, latency }: NonNullable<JudgeOutputs['shown']>, waiving: Waiving): string =>
  renderHtmlReport(evidence, { waiving, ...(latency === null ? {} : { latency: histogramsOf(latency) }) });

const readWaiving = async (
  reader: GitHubReader,
  proposal: Proposal | null,
  model: string,
): Promise<Waiving> => ({
  waivers: proposal === null ? [] : await readWaivers(reader, proposal, model),
  now: new Date().toISOString(),
});

await runAction(async () => {
  const { run: facts, pull, reader } = openJob();
  const store = openGovernedStore(reader);
  let proposal: Proposal | null = null;
  const inputs = {
    model: needInput('model'),
    artifactId: inputNumber('artifact-id'),
    artifactDigest: inputDigest('artifact-digest'),
    recordDigest: inputDigest('record-digest'),
    featuresDigest: inputDigest('features-digest'),
    challengerPredictions: handed('challenger-predictions'),
    championPredictions: handed('champion-predictions'),
    latency: handed('latency'),
    pull,
    runId: facts.runId,
    runAttempt: facts.runAttempt,
  };
  const outputs = await run(inputs, {
    github: reader,
    proposal: async (commits) => {
      proposal = await store.proposal(commits);
      return proposal;
    },
    store,
    readRows: readRowsIn(makeFolder('rows')),
    compare: compareInThreads,
    idToken: askIdentityToken,
    fetchLabels,
    ...{ writeEvidence, writeEnvelope },
  });
  const { shown } = outputs;
  const waiving = await readWaiving(reader, shown === null ? null : proposal, inputs.model);
  await writeSummary(
    shown === null ? renderSealedSummary(pull.number) : renderSummary(shown.evidence, [], waiving),
  );
  setOutputs({
    verdict: outputs.verdict,
    'evidence-folder': outputs.evidenceFolder,
    'report-folder': shown === null ? '' : writeReport(pageOf(shown, waiving)),
  });
});
