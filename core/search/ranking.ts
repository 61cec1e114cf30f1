import { groupBy } from '../collection/group.ts';
import type { SearchConfig } from '../config/search.ts';
import { openBoard, type Settled } from './board.ts';
import type { FinishedTrial, Parameters, TrialState } from './trial.ts';

/** What became of one point. */
export interface RankedTrial {
  readonly number: number;
  readonly parameters: Parameters;
  readonly state: TrialState;
  readonly how: string;
  /** On the highest rung that it ended well; null: it never did. */
  readonly value: number | null;
  /** What that training got; null without rungs. */
  readonly resource: number | null;
  readonly rung: number;
  /** Round of that training: in the name of its artifact. */
  readonly round: number;
  /** Of all its trainings. */
  readonly hours: number;
  readonly trainings: number;
}

/**
 * Ranks every point that was tried, the best first. One that was stopped on a lower rung ranks below those that got
 * more of the resource, whatever its metric said then; those without a value come last, and none is left out.
 */
export function rankTrials(
  { goal }: SearchConfig,
  finished: readonly FinishedTrial[],
): readonly RankedTrial[] {
  const sign = goal === 'maximize' ? -1 : 1;
  const byNumber = groupBy(finished, ({ number }) => number);
  return [...openBoard(finished).trials]
    .map(([number, rungs]) => toRanked(rungs, byNumber.get(number) ?? []))
    .sort(
      (a, b) =>
        Number(a.value === null) - Number(b.value === null) ||
        (b.resource ?? 0) - (a.resource ?? 0) ||
        sign * ((a.value ?? 0) - (b.value ?? 0)) ||
        a.number - b.number,
    );
}

/** The best point so far; null: none left its metric. */
export function bestTrial(search: SearchConfig, finished: readonly FinishedTrial[]): RankedTrial | null {
  const [first] = rankTrials(search, finished);
  return first === undefined || first.value === null ? null : first;
}

function toRanked(rungs: ReadonlyMap<number, Settled>, trainings: readonly FinishedTrial[]): RankedTrial {
  const settled = [...rungs.values()].sort((a, b) => b.by.rung - a.by.rung);
  const done = settled.find(({ kind }) => kind === 'done');
  const shown = done ?? (settled[0] as Settled);
  const { number, parameters, state, resource, rung, round } = shown.by;
  return {
    ...{ number, parameters, resource, rung, round },
    state: done === undefined ? state : 'done',
    // A trial that ended well below and failed above says both.
    how: settled[0]?.by.how ?? '',
    value: done?.kind === 'done' ? done.value : null,
    hours: trainings
      .map(({ hours }) => hours)
      .toSorted((a, b) => a - b)
      .reduce((sum, hours) => sum + hours, 0),
    trainings: trainings.length,
  };
}
