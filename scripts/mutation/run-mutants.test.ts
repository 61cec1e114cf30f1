import { expect, it } from 'vitest';
import { runMutants } from './run-mutants.ts';

// The whole figure: npm run soak -- mutants.
it('kills what a test sees and names what none does', async () => {
  const { verdicts, red } = await runMutants({
    sources: ['core/policy/merge-group.ts'],
    testFiles: ['core/policy/merge-group.test.ts'],
    ...{ chosen: ({ line }) => line > 20, budgetMs: 2_000, workers: 1 },
  });
  expect(red).toEqual([]);
  expect(verdicts.filter(({ killedBy }) => killedBy !== null).length).toBeGreaterThan(20);
  // There is one outcome for each place: the question mark is for the compiler, and no test can miss it.
  expect(verdicts.filter(({ killedBy }) => killedBy === null).map(({ original }) => original)).toEqual([
    'outcomes[at]?.allowed',
  ]);
});
