import { fSf } from './fisher-f.ts';
import { computeMean } from './mean.ts';
import { refuseStatistic } from './refusal.ts';

export interface Anova {
  /** NaN when no value differs from any other. */
  readonly f: number;
  readonly p: number;
  readonly dfBetween: number;
  readonly dfWithin: number;
}

/**
 * One-way analysis of variance: do the means of the groups differ?
 * @param groups at least two; one without rows is refused
 * @throws InputError STATISTICS_EMPTY
 * @see Fisher 1925
 */
export function testAnova(groups: readonly Float64Array[]): Anova {
  if (groups.length < 2 || groups.some((group) => group.length === 0))
    throw refuseStatistic('empty', 'an analysis of variance');
  const rows = groups.reduce((sum, group) => sum + group.length, 0);
  // Every value minus one of them: exact for values close together, and a mean of millions takes no digits from the spread.
  const origin = (groups[0] as Float64Array)[0] as number;
  const shifted = groups.map((group) => group.map((value) => value - origin));
  const means = shifted.map(computeMean);
  const middle = shifted.reduce((sum, group, at) => sum + group.length * (means[at] as number), 0) / rows;
  let [between, within] = [0, 0];
  shifted.forEach((group, at) => {
    const mean = means[at] as number;
    between += group.length * (mean - middle) ** 2;
    for (const value of group) within += (value - mean) ** 2;
  });
  const [dfBetween, dfWithin] = [groups.length - 1, rows - groups.length];
  const f = between / dfBetween / (within / dfWithin);
  return { f, p: fSf(f, dfBetween, dfWithin), dfBetween, dfWithin };
}
