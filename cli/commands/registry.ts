import type { FetchAnchors } from '../anchors.ts';
import type { AddCommand } from '../context.ts';
import { atCommand } from './registry/at.ts';
import { diffVersionsCommand } from './registry/diff.ts';
import { registryHistoryCommand } from './registry/history.ts';
import { incidentsCommand } from './registry/incidents.ts';
import { listModelsCommand } from './registry/list.ts';
import { showModelCommand } from './registry/show.ts';
import { whoCommand } from './registry/who.ts';

/** `gatehouse registry ...`: what serves where, trained on what, approved by whom, since when, how well; from a clone alone. */
export const registryCommand =
  (fetchAnchors: FetchAnchors): AddCommand =>
  (program, context) => {
    const registry = program
      .command('registry')
      .description('Answers what serves where, made from what, approved by whom, since when, how well');
    const commands = [
      listModelsCommand,
      showModelCommand,
      registryHistoryCommand,
      atCommand,
      whoCommand,
      diffVersionsCommand,
      incidentsCommand,
    ];
    for (const add of commands) add(fetchAnchors)(registry, context);
  };
