import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runAction } from '../../adapters/actions/boundary.ts';
import { readRunFacts } from '../../adapters/actions/event.ts';
import { makeFolder } from '../../adapters/actions/job.ts';
import { needInput, say, setOutputs, writeSummary } from '../../adapters/actions/toolkit.ts';
import { readTree, resolveRef } from '../../adapters/git/read.ts';
import { readDeclared } from '../../adapters/training/declared.ts';
import { InputError } from '../../core/error/error.ts';
import { renderSummary } from '../../core/report/summary.ts';
import { runTraining } from './run.ts';

await runAction(async () => {
  const { runId, runAttempt } = readRunFacts();
  const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
  const modelName = needInput('model');
  const commit = await resolveRef(workspace, 'HEAD');
  if (commit === null) {
    throw new InputError('CHECKOUT_MISSING', `${workspace} holds no commit`, {
      hint: 'Put actions/checkout before this step, with ref: the head of the pull request.',
    });
  }
  const outputFolder = makeFolder('model');
  const record = await runTraining(
    {
      modelName,
      ...readDeclared(modelName, (path) => readFileSync(join(workspace, path), 'utf8')),
      listing: await readTree(workspace, commit),
      commit,
      workspace,
      dataFolder: makeFolder('data'),
      outputFolder,
      runId,
      runAttempt,
      runner: process.env.RUNNER_NAME ?? '',
      env: process.env,
    },
    {
      readBlob: async ({ path }) => readFileSync(join(workspace, path)),
      now: () => new Date(),
      log: say,
    },
  );
  await writeSummary(renderSummary({ kind: 'training', record }));
  setOutputs({ folder: outputFolder, 'artifact-digest': record.artifact.digest });
});
