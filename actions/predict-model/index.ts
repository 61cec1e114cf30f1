import { runAction } from '../../adapters/actions/boundary.ts';
import { openGovernedStore } from '../../adapters/actions/governed-store.ts';
import { inputDigest, inputNumber } from '../../adapters/actions/input.ts';
import { makeFolder, openJob } from '../../adapters/actions/job.ts';
import { needInput, say, setOutputs } from '../../adapters/actions/toolkit.ts';
import { copyFeatures } from '../../adapters/dvc/features.ts';
import { run } from './run.ts';

await runAction(async () => {
  const { pull, reader } = openJob();
  const store = openGovernedStore(reader);
  const inputs = {
    model: needInput('model'),
    artifactDigest: inputDigest('artifact-digest'),
    championVersion: inputNumber('champion-version'),
    pull,
    workspace: process.env.GITHUB_WORKSPACE ?? process.cwd(),
  };
  const outputs = await run(inputs, {
    github: reader,
    proposal: store.proposal,
    copyFromStore: store.copyFromStore,
    copyFeatures,
    environment: { PATH: process.env.PATH ?? '', HOME: makeFolder('home') },
    folder: makeFolder('predict'),
    print: say,
  });
  setOutputs({ file: outputs.file, rows: String(outputs.rows) });
});
