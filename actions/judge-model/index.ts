import { runAction } from '../../adapters/actions/boundary.ts';
import { openGovernedStore } from '../../adapters/actions/governed-store.ts';
import { inputDigest, inputNumber } from '../../adapters/actions/input.ts';
import { fetchLabels, openJob, writeEvidence } from '../../adapters/actions/job.ts';
import {
  askIdentityToken,
  input,
  needInput,
  setOutputs,
  writeSummary,
} from '../../adapters/actions/toolkit.ts';
import { renderSummary } from '../../core/report/summary.ts';
import type { HandedArtifact } from './predictions-artifact.ts';
import { run } from './run.ts';

function handed(who: 'challenger' | 'champion'): HandedArtifact | null {
  const id = inputNumber(`${who}-predictions-id`);
  return id === null ? null : { id, digest: input(`${who}-predictions-digest`) };
}

await runAction(async () => {
  const { run: facts, pull, reader } = openJob();
  const store = openGovernedStore(reader);
  const inputs = {
    model: needInput('model'),
    artifactId: inputNumber('artifact-id'),
    artifactDigest: inputDigest('artifact-digest'),
    recordDigest: inputDigest('record-digest'),
    featuresDigest: inputDigest('features-digest'),
    challengerPredictions: handed('challenger'),
    championPredictions: handed('champion'),
    pull,
    runId: facts.runId,
    runAttempt: facts.runAttempt,
  };
  const outputs = await run(inputs, {
    github: reader,
    proposal: store.proposal,
    store,
    idToken: askIdentityToken,
    fetchLabels,
    writeEvidence,
  });
  await writeSummary(renderSummary(outputs.evidence));
  setOutputs({ verdict: outputs.verdict, 'evidence-folder': outputs.evidenceFolder });
});
