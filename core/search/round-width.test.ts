import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchMethods } from '../config/search.ts';
import { nextTrials } from './next-trials.ts';
import { roundWidth } from './round-width.ts';
import { finish, makeSearch } from './search.fixture.ts';
import type { FinishedTrial } from './trial.ts';

const resource = { name: 'epochs', least: 1, most: 27, reduction: 3 };

function playRounds(search: ReturnType<typeof makeSearch>, rounds: number) {
  const finished: FinishedTrial[] = [];
  const sizes: number[] = [];
  for (let left = rounds; left > 0; left--) {
    const { trials } = nextTrials(search, finished, roundWidth(search, finished, left));
    if (trials.length === 0) break;
    sizes.push(trials.length);
    finished.push(...trials.map((trial) => finish(trial, rounds - left + 1, { value: trial.number })));
  }
  return { sizes, done: nextTrials(search, finished).done };
}

describe('roundWidth', () => {
  it('fits any search into the rounds that a workflow has', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...searchMethods.filter((method) => method !== 'grid')),
        fc.integer({ min: 1, max: 120 }),
        fc.integer({ min: 1, max: 16 }),
        fc.integer({ min: 4, max: 8 }),
        (method, trials, parallel, rounds) => {
          const own = method === 'halving' || method === 'hyperband' ? { resource } : {};
          const { done, sizes } = playRounds(makeSearch({ method, trials, parallel, ...own }), rounds);
          expect(done).toBe(true);
          expect(Math.max(...sizes)).toBeLessThanOrEqual(256);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('stays at what runs at once while the rounds suffice', () => {
    expect(playRounds(makeSearch({ trials: 16, parallel: 4 }), 6).sizes).toEqual([4, 4, 4, 4]);
    expect(playRounds(makeSearch({ trials: 60, parallel: 4 }), 6).sizes).toEqual([10, 10, 10, 10, 10, 10]);
  });

  it('begins a search with a budget with what runs at once: nobody knows yet what one costs', () => {
    expect(playRounds(makeSearch({ trials: 60, parallel: 4, budget: { hours: 100 } }), 6).sizes[0]).toBe(4);
  });
});
