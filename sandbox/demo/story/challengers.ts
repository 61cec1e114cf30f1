import { join } from 'node:path';
import type { Run } from '../../actions-service/run.ts';
import { pointTo } from '../flights-repository.ts';
import type { PullView } from '../github-view.ts';
import { flights } from '../world.ts';
import { changed, params, paramsPath, stages, stagesPath } from './files.ts';
import { promote } from './first-version.ts';
import { announce, close, look, merge, openPull, pushMore, review, type Stage, tellRows } from './stage.ts';

/** b: somebody points to damaged data: nothing trains, and the comment says which rule, where and how many. */
export async function damageData(stage: Stage): Promise<void> {
  const { world } = stage;
  stage.tell.heading(
    'b. The pointer of April moves to damaged data: a renamed column, nulls, impossible values',
  );
  const pointer = await pointTo(world.files.damaged, 'flights-2001-04.csv', join(world.folder, 'dvc-remote'));
  const view = await openPull(stage, {
    name: 'damaged',
    by: 'ben',
    title: 'Use the new export of April',
    edit: { 'data/flights-2001-04.csv.dvc': pointer },
  });
  tellRows(stage, view, /`data\//);
  await close(stage, 'damaged', 'ben');
  await stage.afterStep(stage);
}

/** c: a worse challenger is judged on the same held-out rows as the champion and blocked. */
export async function proposeWorse(stage: Stage): Promise<void> {
  stage.tell.heading('c. A challenger by distance and weekday: judged against the champion, and blocked');
  const view = await openPull(stage, {
    name: 'worse',
    by: 'ben',
    title: 'Propose distance and weekday',
    edit: { [paramsPath]: params(['distance', 'weekday']) },
  });
  tellRows(stage, view, /`auc not-worse/);
  await review(stage, 'worse', 'rita');
  await close(stage, 'worse', 'ben');
  await stage.afterStep(stage);
}

/** d: a better challenger; who may approve it and which push voids an approval. */
export async function proposeBetter(stage: Stage): Promise<void> {
  stage.tell.heading('d. A better challenger by hour and weekday: whose approval counts, and for how long');
  await announce(stage, {
    name: 'v2',
    by: 'ben',
    title: 'Propose hour and weekday',
    edit: { [paramsPath]: params(['hour', 'weekday'], 20, 2) },
  });
  const first = await loseRunner(stage, 'v2');
  tellRows(stage, first, /`auc not-worse/);
  await review(stage, 'v2', 'rita');
  await pushMore(stage, 'v2', 'eve', 'Smooth a little more', {
    [paramsPath]: params(['hour', 'weekday'], 30),
  });
  tellRows(stage, await review(stage, 'v2', 'eve'), /^\| `(?:eve|rita)` .* UTC on /);
  await review(stage, 'v2', 'rita');
  await pushMore(stage, 'v2', 'ben', 'Say so in the README', {
    'README.md': '# flights\n\nHour and weekday.\n',
  });
  await merge(stage, 'v2', 'ben');
  await stage.afterStep(stage);
}

/** The GPU machine goes away in the middle of the training; on the next attempt it goes on where it stopped. */
async function loseRunner(stage: Stage, name: string): Promise<PullView> {
  const { actions, people } = stage.world;
  const run = await untilCheckpoint(stage);
  actions.loseRunner('gpu-1');
  stage.tell.say('gpu-1 loses contact in the middle of the training, after its first checkpoint was safe');
  await look(stage, name);
  actions.returnRunner('gpu-1');
  // On a schedule sweep-runs does the same by itself.
  await people.ada.ask('POST', `/repos/${flights}/actions/runs/${run.id}/rerun-failed-jobs`);
  stage.tell.say('ada runs the failed jobs again; the training goes on from its checkpoint');
  const view = await look(stage, name);
  const attempts = actions.service.artifacts.listOf(run).filter((one) => one.name === 'gatehouse-model');
  if (attempts.length === 0) throw new Error('The second attempt left no model.');
  return view;
}

async function untilCheckpoint({ world }: Stage): Promise<Run> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const found = world.actions.service.artifacts
      .list()
      .findLast((one) => one.name.startsWith('gatehouse-checkpoint-'));
    if (found !== undefined && found.run.status !== 'completed') return found.run;
    if (Date.now() > deadline) throw new Error('The training left no checkpoint.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** d, continued: registered to production in one move is refused; through staging it goes. */
export async function promoteBetter(stage: Stage): Promise<void> {
  await askTooMuch(stage);
  await pushMore(stage, 'stage-v2', 'ben', 'Ask for staging first', {
    [stagesPath]: stages('production: { eu: 1 }\nstaging: [2]'),
  });
  await review(stage, 'stage-v2', 'rita');
  await merge(stage, 'stage-v2', 'ben');
  await promote(stage, 'promote-v2', 2);
  await stage.afterStep(stage);
}

async function askTooMuch(stage: Stage): Promise<void> {
  await openPull(stage, {
    name: 'stage-v2',
    by: 'ben',
    title: 'Move v2 to production at once',
    edit: { [stagesPath]: stages('production: { eu: 2 }') },
  });
}

/** The governors tighten the policy: from now on a merge registers and does not stage. Judged by the old policy. */
export async function tightenPolicy(stage: Stage): Promise<void> {
  const path = '.github/gatehouse.yml';
  stage.tell.heading('   The governors change the policy: a merge registers, staging is asked for');
  await openPull(stage, {
    name: 'policy',
    by: 'ada',
    title: 'Ask for staging in a pull request of its own',
    edit: { [path]: changed(stage.world, path, /$/, 'proposal: { on-merge: registered }\n') },
  });
  await review(stage, 'policy', 'omar');
  await merge(stage, 'policy', 'ada');
  await stage.afterStep(stage);
}
