import type { SearchConfig } from '../config/search.ts';
import { openBoard } from './board.ts';
import { countPoints, nextTrials } from './next-trials.ts';
import { openRungs } from './rungs.ts';
import type { FinishedTrial, PlannedTrial } from './trial.ts';

/** GitHub starts no more jobs of one matrix. */
const mostJobs = 256;

/**
 * How many trainings the next round holds, so that the rounds that are left suffice if all goes well. Never fewer than
 * run at once: what is above that waits for its turn (`max-parallel`).
 * @param roundsLeft with the next one, 1 or more
 */
export function roundWidth(
  search: SearchConfig,
  finished: readonly FinishedTrial[],
  roundsLeft: number,
): number {
  const { parallel } = search;
  // Nobody knows yet what one costs.
  if (search.budget !== undefined && finished.length === 0) return parallel;
  const points = countPoints(search);
  if (openRungs(search, points) === null) {
    const settled = [...openBoard(finished).trials.values()].filter((rungs) => rungs.get(0)?.kind !== 'lost');
    const needed = Math.ceil((points - settled.length) / roundsLeft);
    return Math.min(Math.max(parallel, needed), mostJobs);
  }
  let [least, most] = [parallel, mostJobs];
  // The least width that suffices: what is wider never takes more rounds.
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    if (suffices(search, finished, middle, roundsLeft)) most = middle;
    else least = middle + 1;
  }
  return least;
}

/** Plays the rounds that are left, as if every training ended well: rungs wait for each other. */
function suffices(
  { budget: _, ...search }: SearchConfig,
  finished: readonly FinishedTrial[],
  width: number,
  roundsLeft: number,
): boolean {
  const played = [...finished];
  const later = Math.max(0, ...finished.map(({ round }) => round));
  for (let round = 1; round <= roundsLeft; round++) {
    played.push(...nextTrials(search, played, width).trials.map((trial) => endWell(trial, later + round)));
  }
  return nextTrials(search, played, width).done;
}

function endWell(trial: PlannedTrial, round: number): FinishedTrial {
  const { number, rung, parameters, resource } = trial;
  return {
    number,
    rung,
    round,
    parameters,
    resource,
    state: 'done',
    how: 'done',
    value: 0,
    hours: 0,
    cost: null,
  };
}
