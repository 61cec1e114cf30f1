import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SearchMethod, searchMethods } from '../config/search.ts';
import { nextTrials } from './next-trials.ts';
import { bestTrial, rankTrials } from './ranking.ts';
import { finish, makeSearch, play } from './search.fixture.ts';
import { keyOf } from './space.ts';
import { type FinishedTrial, mostAttempts, type PlannedTrial } from './trial.ts';

const resource = { name: 'epochs', least: 1, most: 9, reduction: 3 };
const space = {
  rate: { from: 0.001, to: 1, scale: 'log' },
  depth: { from: 1, to: 6, whole: true },
  kind: ['a', 'b'],
};
const gridSpace = { depth: { from: 1, to: 6, whole: true }, kind: ['a', 'b'] };
const searchOf = (method: SearchMethod, own: object = {}) =>
  makeSearch({
    ...{ method, space: method === 'grid' ? gridSpace : space, trials: 16, parallel: 3 },
    ...(method === 'halving' || method === 'hyperband' ? { resource } : {}),
    ...own,
  });
const lossOf = ({ parameters }: PlannedTrial) =>
  Math.abs(Math.log10(Number(parameters.rate ?? 1)) + 2) + Number(parameters.depth);

const ends = ['done', 'done', 'done', 'failed', 'lost'] as const;
const history = fc.record({
  method: fc.constantFrom(...searchMethods),
  trials: fc.integer({ min: 12, max: 30 }),
  parallel: fc.integer({ min: 1, max: 7 }),
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  ends: fc.array(fc.constantFrom(...ends), { minLength: 1, maxLength: 20 }),
});

describe('nextTrials', () => {
  it('asks for nothing twice, keeps the limit, stays inside the space, and ends, whatever is lost', () => {
    fc.assert(
      fc.property(history, ({ method, trials, parallel, seed, ends: given }) => {
        const search = searchOf(method, { trials, parallel, seed });
        let at = 0;
        const { rounds, finished } = play(search, (trial) => {
          const state = given[at++ % given.length] ?? 'done';
          return state === 'done' ? lossOf(trial) : { state, value: null };
        });
        const asked = new Map<string, number>();
        for (const round of rounds) {
          expect(round.length).toBeLessThanOrEqual(parallel);
          expect(new Set(round.map(({ number }) => number)).size).toBe(round.length);
          for (const { number, rung, parameters } of round) {
            expect(number >= 1 && number <= trials).toBe(true);
            const key = `${number}/${rung}`;
            asked.set(key, (asked.get(key) ?? 0) + 1);
            expect(Number(parameters.depth) >= 1 && Number(parameters.depth) <= 6).toBe(true);
            expect(['a', 'b']).toContain(parameters.kind);
          }
        }
        // What is asked for more than once was lost every time but the last.
        for (const [key, times] of asked) {
          const tries = finished.filter(({ number, rung }) => `${number}/${rung}` === key);
          expect(times).toBeLessThanOrEqual(mostAttempts);
          expect(tries.filter(({ state }) => state !== 'lost').length).toBeLessThanOrEqual(1);
          expect(tries.slice(0, -1).every(({ state }) => state === 'lost')).toBe(true);
          expect(new Set(tries.map(({ parameters }) => keyOf(parameters))).size).toBe(1);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('does not care in which order results came, or whether one came twice', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 40 }), ({ method, seed, ends: given }, cut) => {
        const search = searchOf(method, { seed });
        const { finished } = play(search, (trial, round) => {
          const state = given[(trial.number + round) % given.length] ?? 'done';
          return state === 'done' ? lossOf(trial) : { state, value: null };
        });
        const known = finished.slice(0, cut);
        const answer = nextTrials(search, known);
        expect(nextTrials(search, known.toReversed())).toEqual(answer);
        expect(nextTrials(search, [...known, ...known.slice(0, 3)])).toEqual(answer);
        expect(bestTrial(search, known.toReversed())).toEqual(bestTrial(search, known));
      }),
      { numRuns: 60 },
    );
  });

  it.each(searchMethods)('%s: other seeds try other points, but for a grid', (method) => {
    const [one, two] = [1, 2].map((seed) => nextTrials(searchOf(method, { seed }), []).trials);
    if (method === 'grid') expect(one).toEqual(two);
    else expect(one).not.toEqual(two);
  });

  it('goes through a grid once, in its order', () => {
    const { rounds } = play(searchOf('grid'), lossOf);
    const points = rounds.flat().map(({ parameters }) => `${parameters.depth}${parameters.kind}`);
    expect(points).toEqual([1, 2, 3, 4, 5, 6].flatMap((depth) => [`${depth}a`, `${depth}b`]));
  });

  it('asks for a lost trial again under its number and with its point, three times in all', () => {
    const search = searchOf('tpe', { trials: 8, parallel: 8 });
    const [first] = [nextTrials(search, []).trials];
    const nextAfter = (lost: readonly FinishedTrial[]) =>
      nextTrials(search, [
        ...first.slice(1).map((trial) => finish(trial, 1, { value: lossOf(trial) })),
        ...lost,
      ]);
    const lose = (round: number) => finish(first[0] as PlannedTrial, round, { state: 'lost', value: null });
    expect(nextAfter([lose(1)]).trials).toEqual([first[0]]);
    expect(nextAfter([lose(1), lose(2)]).trials).toEqual([first[0]]);
    expect(nextAfter([lose(1), lose(2), lose(3)])).toEqual({ trials: [], done: true, why: 'complete' });
  });

  it('repeats a whole round that was lost', () => {
    const search = searchOf('random');
    const { trials } = nextTrials(search, []);
    const lost = trials.map((trial) => finish(trial, 1, { state: 'lost', value: null }));
    expect(nextTrials(search, lost).trials).toEqual(trials);
  });
});

describe('the budget', () => {
  it('ends the search by hours, and is passed by less than one training', () => {
    const search = searchOf('random', { budget: { hours: 5 } });
    const { finished } = play(search, () => ({ value: 1, hours: 1.5 }));
    const spent = finished.reduce((sum, { hours }) => sum + hours, 0);
    expect(spent).toBeGreaterThanOrEqual(5);
    expect(spent).toBeLessThan(6.5);
    expect(nextTrials(search, finished)).toEqual({ trials: [], done: true, why: 'budget' });
  });

  it('ends it by cost, and where nobody knows what it cost', () => {
    const search = searchOf('random', { budget: { cost: 10 } });
    expect(play(search, () => ({ value: 1, cost: 4 })).finished.length).toBe(3);
    const unknown = play(search, () => ({ value: 1, cost: null })).finished;
    expect(nextTrials(search, unknown)).toMatchObject({ done: true, why: 'cost unknown' });
  });
});

describe('halving and hyperband', () => {
  it('sends the best of a rung on, each from where it was, of equals the lower number', () => {
    const search = searchOf('halving', { trials: 9, parallel: 9 });
    const { rounds } = play(search, ({ number }) => [0, 5, 3, 3, 9, 8, 3, 7, 1, 6][number] ?? 0);
    expect(rounds.map((round) => round.map(({ number }) => number))).toEqual([
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
      [8, 2, 3],
      [8],
    ]);
    expect(rounds.map((round) => round[0]?.resource)).toEqual([1, 3, 9]);
    expect(rounds.flat().map(({ resumeFrom }) => resumeFrom)).toEqual([
      ...new Array(9).fill(null),
      ...['gatehouse-trial-1-8', 'gatehouse-trial-1-2', 'gatehouse-trial-1-3'],
      'gatehouse-trial-2-8',
    ]);
    const maximal = play({ ...search, goal: 'maximize' }, ({ number }) => number).rounds;
    expect(maximal[1]?.map(({ number }) => number)).toEqual([9, 8, 7]);
  });

  it('waits until a rung is settled, and never sends on what failed', () => {
    const search = searchOf('halving', { trials: 9, parallel: 9 });
    const { trials } = nextTrials(search, []);
    const ended = trials.map((trial) => finish(trial, 1, { value: trial.number }));
    const lost = finish(trials[4] as PlannedTrial, 1, { state: 'lost', value: null });
    const half = [...ended.filter(({ number }) => number !== 5), lost];
    expect(nextTrials(search, half).trials.map(({ number, rung }) => [number, rung])).toEqual([[5, 0]]);
    const failed = ended.map((one) =>
      one.number > 2 ? { ...one, state: 'failed' as const, value: null } : one,
    );
    expect(nextTrials(search, failed).trials.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('trains all brackets of hyperband side by side, and spends what the table says', () => {
    const search = searchOf('hyperband', { trials: 15, parallel: 256 });
    const { rounds } = play(search, lossOf);
    expect(rounds.map((round) => round.length)).toEqual([9 + 3 + 3, 3 + 1, 1]);
    const spent = rounds.flat().reduce((sum, { resource: each }) => sum + (each ?? 0), 0);
    expect(spent).toBe(9 * 1 + 3 * 3 + 1 * 9 + (3 * 3 + 1 * 9) + 3 * 9);
  });
});

it('refuses results of a rung that the search does not have', () => {
  const search = searchOf('halving', { trials: 9 });
  const { trials } = nextTrials(search, []);
  const strange = { ...(trials[0] as PlannedTrial), rung: 7 };
  const lost = finish(strange, 1, { state: 'lost', value: null });
  expect(() => nextTrials(search, [lost])).toThrow(/trial 1 has no rung 7/);
});

describe('rankTrials', () => {
  const search = searchOf('halving', { trials: 9, parallel: 9 });
  const { finished } = play(search, ({ number, rung }) =>
    number === 4 ? { state: 'failed', value: null } : number + 10 * rung,
  );

  it('puts one that was stopped early below those that got more, and one without a value last', () => {
    const ranked = rankTrials(search, finished);
    // 1 got 9 epochs and a loss of 21, 2 and 3 got 3 with 12 and 13, 5 got 1 with 5.
    expect(ranked.map(({ number }) => number)).toEqual([1, 2, 3, 5, 6, 7, 8, 9, 4]);
    expect(ranked[0]).toMatchObject({ number: 1, resource: 9, value: 21, round: 3, trainings: 3, hours: 3 });
    expect(ranked.at(-1)).toMatchObject({ number: 4, state: 'failed', value: null });
    expect(bestTrial(search, finished)?.number).toBe(1);
  });

  it('has no best one where none left its metric', () => {
    expect(bestTrial(search, [])).toBeNull();
    const { trials } = nextTrials(search, []);
    const failed = trials.map((trial) => finish(trial, 1, { state: 'failed', value: null }));
    expect(bestTrial(search, failed)).toBeNull();
    expect(rankTrials(search, failed).length).toBe(9);
  });

  it('shows one that failed above by what it reached below, and says how it ended', () => {
    const last = finished.map((one) =>
      one.number === 1 && one.rung === 2
        ? { ...one, state: 'failed' as const, value: null, how: 'exit code 1' }
        : one,
    );
    expect(rankTrials(search, last)[0]).toMatchObject({
      number: 1,
      resource: 3,
      value: 11,
      how: 'exit code 1',
    });
  });
});
