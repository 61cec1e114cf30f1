import { chiSquareSf } from './chi-square.ts';
import { refuseStatistic } from './refusal.ts';

export interface CountTest {
  readonly statistic: number;
  /** Degrees of freedom. */
  readonly df: number;
  readonly p: number;
}

/**
 * Pearson's chi-square test of counts against expected ones.
 * @param expected of the same length and sum; every category alike when left out
 * @returns statistic Infinity where something was seen that nothing was expected of
 * @throws InputError STATISTICS_EMPTY
 */
export function testGoodness(observed: Float64Array, expected?: Float64Array): CountTest {
  const total = observed.reduce((sum, count) => sum + count, 0);
  if (observed.length === 0 || !(total > 0)) throw refuseStatistic('empty', 'the chi-square test');
  const even = total / observed.length;
  const statistic = observed.reduce((sum, count, at) => {
    const wanted = expected === undefined ? even : (expected[at] as number);
    // Neither expected nor seen: such a category says nothing.
    return count === 0 && wanted === 0 ? sum : sum + (count - wanted) ** 2 / wanted;
  }, 0);
  const df = observed.length - 1;
  return { statistic, df, p: df === 0 ? 1 : chiSquareSf(statistic, df) };
}
