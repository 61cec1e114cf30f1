import { flights } from '../world.ts';
import { modelFiles, setupFiles, stages, stagesPath } from './files.ts';
import { merge, openPull, review, type Stage } from './stage.ts';

/** 0: the admin sets up acme/flights, and a pull request about something else is green at once. */
export async function setUp(stage: Stage): Promise<void> {
  const { world, tell } = stage;
  tell.heading('0. An admin sets up acme/flights, which calls acme/gatehouse at a commit');
  await world.people.ada.push(flights, 'main', 'Start', { 'README.md': '# flights\n' }, null);
  await openPull(stage, { name: 'setup', by: 'ada', title: 'Set up Gatehouse', edit: setupFiles(world) });
  await merge(stage, 'setup', 'ada');
  await openPull(stage, {
    name: 'unrelated',
    by: 'ben',
    title: 'Say more in the README',
    edit: { 'README.md': '# flights\n\nWhich flights arrive late?\n' },
  });
  await merge(stage, 'unrelated', 'ben');
  await stage.afterStep(stage);
}

/** a: version 1 is proposed, approved, registered and staged; then promoted to production at the endpoint eu. */
export async function proposeFirst(stage: Stage): Promise<void> {
  stage.tell.heading('a. Version 1 looks at the hour of day: no champion yet, so absolute gates decide');
  await openPull(stage, {
    name: 'v1',
    by: 'ben',
    title: 'Propose flight-delay by hour of day',
    edit: modelFiles(stage.world),
  });
  await review(stage, 'v1', 'rita');
  await merge(stage, 'v1', 'ben');
  await promote(stage, 'promote-v1', 1);
  await stage.afterStep(stage);
}

/** A one-line pull request asks for production; the owner of the model approves. */
export async function promote(stage: Stage, name: string, version: number): Promise<void> {
  const edit = { [stagesPath]: stages(`production: { eu: ${version} }`) };
  await openPull(stage, { name, by: 'ben', title: `Move v${version} to production at eu`, edit });
  await review(stage, name, 'omar');
  await merge(stage, name, 'ben');
}
