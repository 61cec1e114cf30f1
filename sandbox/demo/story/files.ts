import type { World } from '../world.ts';

export const paramsPath = 'models/flight-delay/params.json';
export const stagesPath = 'models/flight-delay/stages.yml';
export const callerPath = '.github/workflows/gatehouse.yml';

/** @param pauseSeconds after each month: a training that takes long enough for something to happen to it */
export const params = (features: readonly string[], smoothing = 20, pauseSeconds?: number): string =>
  `${JSON.stringify({ features, smoothing, ...(pauseSeconds === undefined ? {} : { 'pause-seconds': pauseSeconds }) })}\n`;

export const stages = (text: string): string =>
  `# What should serve where. A pull request that changes this file asks for it; the ledger says what is.\n${text}\n`;

/** Files of the admin's pull request: configuration, contracts, workflow, data pointers and model.yml. */
export function setupFiles(world: World): Record<string, string> {
  const entries = Object.entries(world.setup).filter(([path]) => !isModelCode(path));
  return { ...Object.fromEntries(entries), ...world.pointers };
}

/** Files of the first proposal: the model, whose training looks at the hour alone. */
export function modelFiles(world: World): Record<string, string> {
  return Object.fromEntries(Object.entries(world.setup).filter(([path]) => isModelCode(path)));
}

/** model.yml comes with the set-up: it says where labels lie, and only what base says of that is believed. */
const isModelCode = (path: string): boolean => path.startsWith('models/') && !path.endsWith('.yml');

/** A file of the set-up, changed by replacing text that must be there. */
export function changed(world: World, path: string, from: string | RegExp, to: string): string {
  const text = world.setup[path] ?? '';
  const result = text.replace(from, to);
  if (result === text) throw new Error(`${path} holds no ${from}.`);
  return result;
}
