import { downloadArtifact } from '../../adapters/actions/artifact.ts';
import { runAction } from '../../adapters/actions/boundary.ts';
import { openGovernedStore } from '../../adapters/actions/governed-store.ts';
import { inputNumber } from '../../adapters/actions/input.ts';
import { makeFolder, openJob } from '../../adapters/actions/job.ts';
import { input, needInput, setOutputs } from '../../adapters/actions/toolkit.ts';
import { copyFeatures } from '../../adapters/dvc/features.ts';
import { InputError } from '../../core/error/error.ts';
import { run } from './run.ts';

await runAction(async () => {
  const { run: facts, pull, token, reader } = openJob();
  const inputs = {
    model: needInput('model'),
    artifactId: inputNumber('artifact-id'),
    pull,
    runId: facts.runId,
    handOver: readHandOver(),
  };
  const store = openGovernedStore(reader);
  const outputs = await run(inputs, {
    github: reader,
    proposal: store.proposal,
    download: (id, file) => downloadArtifact({ ...facts, token }, id, file),
    store,
    copyFromStore: store.copyFromStore,
    copyFeatures,
    folder: makeFolder('artifact'),
  });
  setOutputs({
    'artifact-digest': outputs.artifactDigest,
    'record-digest': outputs.recordDigest,
    'features-digest': outputs.featuresDigest,
    'score-challenger': String(outputs.challengerFolder !== null),
    'score-champion': String(outputs.champion !== null),
    'challenger-folder': outputs.challengerFolder ?? '',
    'champion-folder': outputs.champion?.folder ?? '',
    'champion-version': outputs.champion === null ? '' : String(outputs.champion.version),
    'champion-commit': outputs.champion?.commit ?? '',
    'challenger-version': outputs.promoted === null ? '' : String(outputs.promoted.version),
    'challenger-commit': outputs.promoted?.commit ?? '',
  });
});

function readHandOver(): 'scoring' | 'all' {
  const value = input('hand-over') || 'scoring';
  if (value === 'scoring' || value === 'all') return value;
  throw new InputError('INPUT_INVALID', `The input "hand-over" is ${JSON.stringify(value.slice(0, 80))}`, {
    hint: 'Write scoring or all.',
  });
}
