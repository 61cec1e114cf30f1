import { readFileSync } from 'node:fs';
import process from 'node:process';
import { type Coverage, measureCoverage, noteLoading } from './coverage.ts';
import type { Mutant } from './mutant.ts';
import { openSwitchboard } from './switchboard.ts';
import { Trials } from './trial.ts';
import { World } from './world.ts';

/** What a worker reads when it starts. */
export interface Prepared {
  readonly root: string;
  readonly tests: readonly string[];
  readonly codes: readonly (readonly [string, string])[];
  readonly budgetMs: number;
  /** `null`: the worker measures it, answers it and ends. */
  readonly coverage: Coverage | null;
}

const { root, tests, codes, coverage, budgetMs } = JSON.parse(
  readFileSync(process.argv[2] ?? '', 'utf8'),
) as Prepared;
const board = openSwitchboard();
const answer = (value: unknown) => new Promise((resolve) => process.send?.(value, resolve));

if (coverage === null) {
  await answer(await measureCoverage(new World(root, new Map(codes), noteLoading(board)), board, tests));
  process.disconnect();
} else {
  const trials = new Trials(new World(root, new Map(codes)), board, coverage, budgetMs);
  process.on('message', async (mutant: Mutant) => answer(await trials.try(mutant)));
}
