import type { SearchConfig } from '../config/search.ts';
import { type Board, openBoard, pointOf } from './board.ts';
import { drawPoints } from './fresh-point.ts';
import { askRungs, asRungs, openRungs, type Rungs } from './rungs.ts';
import { gridPoint, spaceSize } from './space.ts';
import { type Observed, suggestPoint } from './tpe.ts';
import { type FinishedTrial, type Parameters, type PlannedTrial, trialArtifact } from './trial.ts';

export interface NextTrials {
  /** What is to be trained now; empty exactly when the search is done. */
  readonly trials: readonly PlannedTrial[];
  readonly done: boolean;
  /** Why it is done: all was tried, the budget is spent, or what it cost is not known. */
  readonly why: 'complete' | 'budget' | 'cost unknown' | null;
}

/**
 * Says which trainings come next: a pure function, so that a search goes on from what its artifacts say.
 * @param finished all that was planned before and runs no more, in any order; what was lost is asked for again
 * @param width trainings of one answer at most
 */
export function nextTrials(
  search: SearchConfig,
  finished: readonly FinishedTrial[],
  width: number = search.parallel,
): NextTrials {
  const board = openBoard(finished);
  const spent = whatIsSpent(search, board);
  if (spent !== null) return { trials: [], done: true, why: spent };
  const trials = chooseTrials(search, board, Math.min(width, affordable(search, board)));
  return trials.length > 0 ? { trials, done: false, why: null } : { trials, done: true, why: 'complete' };
}

/** Points that are tried: a small space has fewer than `trials`. */
export const countPoints = ({ space, trials }: SearchConfig): number => Math.min(trials, spaceSize(space));

function chooseTrials(search: SearchConfig, board: Board, width: number): readonly PlannedTrial[] {
  const rungs = openRungs(search, countPoints(search));
  const again = [...board.trials.values()]
    .flatMap((settled) => [...settled.values()])
    .filter(({ kind }) => kind === 'lost')
    .map(({ by }) => toPlanned(board, rungs, by.number, by.rung, by.parameters))
    .slice(0, width);
  return [...again, ...askFresh(search, board, rungs, width - again.length)];
}

function askFresh(
  search: SearchConfig,
  board: Board,
  rungs: Rungs | null,
  width: number,
): readonly PlannedTrial[] {
  if (width <= 0) return [];
  const { space, seed, method } = search;
  const count = countPoints(search);
  if (rungs !== null) {
    const points = drawPoints(space, seed, count);
    return askRungs(rungs, board, search.goal)
      .slice(0, width)
      .map(({ number, rung }) => toPlanned(board, rungs, number, rung, points[number - 1] ?? {}));
  }
  const numbers = Array.from({ length: count }, (_, at) => at + 1)
    .filter((number) => !board.trials.has(number))
    .slice(0, width);
  if (method === 'tpe') return suggestAll(search, board, numbers);
  const points = method === 'random' ? drawPoints(space, seed, count) : null;
  return numbers.map((number) =>
    toPlanned(board, null, number, 0, points?.[number - 1] ?? gridPoint(space, number - 1)),
  );
}

/** Each sees those suggested before it in the same round, as points without a value. */
function suggestAll(search: SearchConfig, board: Board, numbers: readonly number[]): readonly PlannedTrial[] {
  const observed: Observed[] = [...board.trials]
    .sort(([a], [b]) => a - b)
    .flatMap(([, rungs]) => {
      const settled = rungs.get(0);
      if (settled === undefined) return [];
      return [{ parameters: settled.by.parameters, value: settled.kind === 'done' ? settled.value : null }];
    });
  return numbers.map((number) => {
    const parameters = suggestPoint(search, observed, number);
    observed.push({ parameters, value: null });
    return toPlanned(board, null, number, 0, parameters);
  });
}

function toPlanned(
  board: Board,
  rungs: Rungs | null,
  number: number,
  rung: number,
  parameters: Parameters,
): PlannedTrial {
  const settled = board.trials.get(number);
  const below = settled?.get(rung - 1);
  return {
    number,
    rung,
    // What was tried before stays what it is.
    parameters: (settled && pointOf(settled)) ?? parameters,
    resource: rungs === null ? null : asRungs(rungs, number, rung).resource,
    resumeFrom: below === undefined ? null : trialArtifact(below.by.round, number),
  };
}

function whatIsSpent({ budget }: SearchConfig, { hours, cost }: Board): 'budget' | 'cost unknown' | null {
  if (budget?.hours !== undefined && !(hours < budget.hours)) return 'budget';
  if (budget?.cost === undefined) return null;
  if (cost === null) return 'cost unknown';
  return cost < budget.cost ? null : 'budget';
}

/** How many trainings as long and dear as the worst so far fit into what is left; one always does, while there is any. */
function affordable({ budget }: SearchConfig, { hours, cost, most }: Board): number {
  const shares = [
    ((budget?.hours ?? Number.POSITIVE_INFINITY) - hours) / most.hours,
    ((budget?.cost ?? Number.POSITIVE_INFINITY) - (cost ?? 0)) / most.cost,
  ];
  // Nothing spent so far: 0 / 0 and x / 0 say nothing.
  return Math.max(
    1,
    Math.floor(Math.min(...shares.map((share) => (Number.isNaN(share) ? Infinity : share)))),
  );
}
