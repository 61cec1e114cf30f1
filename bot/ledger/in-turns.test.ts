import { expect, it } from 'vitest';
import { finish, type Steps } from '../../core/registry/steps.ts';
import { inTurns } from './in-turns.ts';

/** Each step takes longer than a quarter of a turn. */
function* work(steps: number, failsAt = -1): Steps<number> {
  for (let at = 0; at < steps; at += 1) {
    const end = performance.now() + 6;
    while (performance.now() < end);
    if (at === failsAt) throw new Error('a step failed');
    yield;
  }
  return steps;
}

it('lets others have their turn, and ends with what all steps at once end with', async () => {
  let turns = 0;
  let isWorking = true;
  const others = () => {
    turns += 1;
    if (isWorking) setImmediate(others);
  };
  setImmediate(others);
  const result = await inTurns(work(30));
  isWorking = false;
  expect(result).toBe(finish(work(30)));
  expect(turns).toBeGreaterThan(5);
  await expect(inTurns(work(9, 7))).rejects.toThrow('a step failed');
});
