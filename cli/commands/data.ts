import type { FetchAnchors } from '../anchors.ts';
import type { AddCommand } from '../context.ts';
import { acceptDataCommand } from './data/accept.ts';
import { calibrateDataCommand } from './data/calibrate.ts';
import { checkDataCommand } from './data/check.ts';
import { diffDataCommand } from './data/diff.ts';
import type { OpenEngine } from './data/engine.ts';
import { inferDataCommand } from './data/infer.ts';
import { productionLikeCommand } from './data/production-like.ts';
import { profileDataCommand } from './data/profile.ts';

/** `gatehouse data ...`: everything about data that needs no pull request. */
export const dataCommand =
  (open: OpenEngine, fetchAnchors: FetchAnchors): AddCommand =>
  (program, context) => {
    const data = program.command('data').description('Checks, describes and compares data on this machine');
    const commands = [
      checkDataCommand(open),
      profileDataCommand(open),
      inferDataCommand(open),
      acceptDataCommand(open),
      diffDataCommand(open),
      calibrateDataCommand(fetchAnchors),
      productionLikeCommand,
    ];
    for (const add of commands) {
      add(data, context);
    }
  };
