import type { AddCommand } from '../context.ts';
import { checkDataCommand } from './data/check.ts';
import type { OpenEngine } from './data/engine.ts';
import { inferDataCommand } from './data/infer.ts';
import { profileDataCommand } from './data/profile.ts';

/** `gatehouse data ...`: everything about data that needs no pull request. */
export const dataCommand =
  (open: OpenEngine): AddCommand =>
  (program, context) => {
    const data = program.command('data').description('Checks, describes and compares data on this machine');
    for (const add of [checkDataCommand(open), profileDataCommand(open), inferDataCommand(open)]) {
      add(data, context);
    }
  };
