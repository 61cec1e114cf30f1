import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runAction } from '../../adapters/actions/boundary.ts';
import { makeFolder } from '../../adapters/actions/job.ts';
import { failStep, input, needInput, setOutputs, writeSummary } from '../../adapters/actions/toolkit.ts';
import { trialArtifact } from '../../core/search/trial.ts';
import { run } from './run.ts';

await runAction(async () => {
  const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
  const { verdict, best, files, summary } = await run({
    model: needInput('model'),
    folder: resolve(workspace, input('trials-folder') || 'gatehouse-trials'),
    read: (path) => readFileSync(join(workspace, path), 'utf8'),
  });
  const folder = makeFolder('search');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  await writeSummary(summary);
  setOutputs({
    verdict,
    parameters: best === null ? '' : JSON.stringify(best.parameters),
    trial: best === null ? '' : String(best.number),
    value: best === null ? '' : String(best.value),
    artifact: best === null ? '' : trialArtifact(best.round, best.number),
    folder,
  });
  if (best === null) failStep('No trial left its metric: the summary says how each of them ended.');
});
