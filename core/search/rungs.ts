import type { SearchConfig } from '../config/search.ts';
import type { Board, Settled } from './board.ts';
import { type Bracket, bracketsOf, type Rung } from './bracket.ts';

/** The brackets of a search with halving or hyperband. */
export type Rungs = readonly Bracket[];

/** @returns null for the other methods */
export function openRungs(search: SearchConfig, points: number): Rungs | null {
  const { resource, method } = search;
  if (resource === undefined || (method !== 'halving' && method !== 'hyperband')) return null;
  return bracketsOf({ ...search, resource }, points);
}

/** The rung of a trial by its number. */
export function asRungs(rungs: Rungs, number: number, rung: number): Rung {
  const bracket = rungs.findLast(({ first }) => first <= number);
  const found = bracket?.rungs[rung];
  if (found === undefined) throw new RangeError(`trial ${number} has no rung ${rung}`);
  return found;
}

/**
 * What can be trained now and was not asked for: of every bracket the first rung that is not full. A rung begins when
 * all of the one below it is settled, so that it is the best that go on.
 */
export function askRungs(
  rungs: Rungs,
  board: Board,
  goal: SearchConfig['goal'],
): readonly { readonly number: number; readonly rung: number }[] {
  return rungs.flatMap((bracket) => askBracket(bracket, board, goal));
}

function askBracket({ first, rungs }: Bracket, { trials }: Board, goal: SearchConfig['goal']) {
  let members = Array.from({ length: rungs[0]?.trials ?? 0 }, (_, at) => first + at);
  for (const [rung] of rungs.entries()) {
    const open = members.filter((number) => trials.get(number)?.get(rung) === undefined);
    if (open.length > 0) return open.map((number) => ({ number, rung }));
    const settled = members.map((number) => [number, trials.get(number)?.get(rung)] as const);
    if (settled.some(([, one]) => one?.kind === 'lost')) return [];
    members = keepBest(settled, rungs[rung + 1]?.trials ?? 0, goal);
  }
  return [];
}

/** The best go on, of equals the one with the lower number; one that failed never does. */
function keepBest(
  settled: readonly (readonly [number, Settled | undefined])[],
  count: number,
  goal: SearchConfig['goal'],
): number[] {
  const sign = goal === 'maximize' ? -1 : 1;
  return settled
    .flatMap(([number, one]) => (one?.kind === 'done' ? [{ number, value: one.value }] : []))
    .sort((a, b) => sign * (a.value - b.value) || a.number - b.number)
    .slice(0, count)
    .map(({ number }) => number);
}
