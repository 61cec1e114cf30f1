import { runAction } from '../../adapters/actions/boundary.ts';
import { inputDigest, inputNumber } from '../../adapters/actions/input.ts';
import { makeFolder, openJob } from '../../adapters/actions/job.ts';
import { needInput, say, setOutputs } from '../../adapters/actions/toolkit.ts';
import { readAtTip } from '../../adapters/proposal/tip.ts';
import { run } from './run.ts';

await runAction(async () => {
  const { pull, reader } = openJob();
  const inputs = {
    model: needInput('model'),
    artifactDigest: inputDigest('artifact-digest'),
    championVersion: inputNumber('champion-version'),
    scoringFolder: needInput('scoring-folder'),
    pull,
    workspace: process.env.GITHUB_WORKSPACE ?? process.cwd(),
  };
  const outputs = await run(inputs, {
    github: reader,
    proposal: (commits) => readAtTip(reader, commits),
    environment: { PATH: process.env.PATH ?? '', HOME: makeFolder('home') },
    folder: makeFolder('predict'),
    print: say,
  });
  setOutputs({ folder: outputs.folder, file: outputs.file, rows: String(outputs.rows) });
});
