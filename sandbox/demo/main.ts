import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createNarrator } from './narrator.ts';
import { writeOutput } from './output.ts';
import type { Stage } from './story/stage.ts';
import { story } from './story/story.ts';
import { printSummary } from './summary.ts';
import { startWorld, type World } from './world.ts';

const folder = join(import.meta.dirname, '..', '..', 'demo');
const tell = createNarrator((line) => console.log(line));
let world: World | null = null;
let ending = false;

/** Also on Ctrl-C: servers, runners and their children end with us. */
async function end(code: number): Promise<never> {
  ending = true;
  await world?.close();
  process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (ending) return;
    console.error('\nInterrupted: everything is being stopped. Start again with: npm run demo');
    void end(130);
  });
}

try {
  tell.heading(
    'Gatehouse demo: one real model, from pull request to production, on a GitHub on this machine',
  );
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  world = await startWorld({
    folder: join(folder, 'world'),
    every: 1,
    contract: false,
    cloneFolder: join(folder, 'flights'),
  });
  tell.say(
    'The clock of this GitHub runs ahead: each review is given a minute and a half after what it is about',
  );
  tell.say('3,000,000 flights of 2001 are written as monthly CSV files, tracked by .dvc pointers');
  const stage: Stage = {
    world,
    tell,
    pulls: new Map(),
    verifications: new Map(),
    seen: new Map(),
    afterStep: (now) => writeOutput(now, folder),
  };
  for (const step of story) await step(stage);
  await printSummary(stage, (line) => console.log(line));
  await world.close();
  for (const part of ['tables', 'actions', 'clones', 'release', 'tools']) {
    rmSync(join(folder, 'world', part), { recursive: true, force: true });
  }
} catch (error) {
  if (ending) await new Promise(() => {});
  console.error(error);
  console.error('\nThe demo stopped. What it wrote so far lies in demo/; start again with: npm run demo');
  await end(1);
}
process.exit(0);
