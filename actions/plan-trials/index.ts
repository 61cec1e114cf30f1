import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runAction } from '../../adapters/actions/boundary.ts';
import { makeFolder } from '../../adapters/actions/job.ts';
import { input, needInput, say, setOutputs } from '../../adapters/actions/toolkit.ts';
import { renderPlan } from '../../core/search/search-plan.ts';
import { run } from './run.ts';

await runAction(async () => {
  const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
  const { plan, matrix, parallel, said } = await run({
    model: needInput('model'),
    round: needInput('round'),
    rounds: needInput('rounds'),
    folder: resolve(workspace, input('trials-folder') || 'gatehouse-trials'),
    read: (path) => readFileSync(join(workspace, path), 'utf8'),
  });
  say(said);
  const folder = plan.trials.length === 0 ? '' : makeFolder('plan');
  if (folder !== '') writeFileSync(join(folder, 'plan.json'), renderPlan(plan));
  setOutputs({
    verdict: folder === '' ? 'done' : 'planned',
    trials: JSON.stringify(matrix),
    parallel: String(parallel),
    'plan-folder': folder,
  });
});
