import type { AddCommand } from '../context.ts';
import { compareRunsCommand } from './runs/compare.ts';
import { listRunsCommand } from './runs/list.ts';
import { showRunCommand } from './runs/show.ts';

/** `gatehouse runs ...`: what was trained, with what, and what came of it. */
export const runsCommand: AddCommand = (program, context) => {
  const runs = program.command('runs').description('Lists, shows and compares training runs');
  for (const add of [listRunsCommand, showRunCommand, compareRunsCommand]) add(runs, context);
};
