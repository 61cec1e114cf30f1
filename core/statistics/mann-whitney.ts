import type { Alternative } from './kolmogorov-smirnov.ts';
import { normalSf } from './normal.ts';
import { rankValues } from './ranks.ts';
import { refuseStatistic } from './refusal.ts';

export interface MannWhitney {
  /** Pairs in which the first is larger, a tie half a pair. */
  readonly u: number;
  readonly p: number;
  readonly method: 'exact' | 'asymptotic';
}

export interface MannWhitneySettings {
  readonly alternative?: Alternative;
  /** `auto`: exact without ties where one sample has at most eight values and there are at most 20,000 pairs. */
  readonly method?: 'auto' | 'exact' | 'asymptotic';
  /** Half a pair towards the middle, for the normal approximation. */
  readonly continuity?: boolean;
}

/** From here on the normal approximation is close enough. */
const exactRows = 8;
/** The exact distribution takes a quarter of the square of the pairs in steps. */
const exactPairs = 20_000;

/**
 * Mann and Whitney's test: is a value of the first sample as often above as below one of the second?
 * @param alternative `greater`: the first lies above
 * @throws InputError STATISTICS_EMPTY
 * @see Mann and Whitney 1947; scipy.stats.mannwhitneyu for the choice of the method and the correction
 */
export function testMannWhitney(
  first: Float64Array,
  second: Float64Array,
  settings: MannWhitneySettings = {},
): MannWhitney {
  const [n, m] = [first.length, second.length];
  if (n === 0 || m === 0) throw refuseStatistic('empty', "Mann and Whitney's test");
  const { alternative = 'two-sided', continuity = true } = settings;
  const { ranks, ties } = rankValues(join(first, second));
  const u = ranks.subarray(0, n).reduce((sum, rank) => sum + rank, 0) - (n * (n + 1)) / 2;
  const method = chooseMethod(settings.method ?? 'auto', n, m, ties.length > 0);
  const tested = alternative === 'greater' ? u : alternative === 'less' ? n * m - u : Math.max(u, n * m - u);
  const tail =
    method === 'exact' ? exactSf(Math.floor(tested), n, m) : normalTail(tested, n, m, ties, continuity);
  return { u, p: Math.min(1, alternative === 'two-sided' ? 2 * tail : tail), method };
}

function chooseMethod(asked: 'auto' | 'exact' | 'asymptotic', n: number, m: number, hasTies: boolean) {
  if (asked !== 'auto') return asked;
  const isFew = (n <= exactRows || m <= exactRows) && n * m <= exactPairs;
  return isFew && !hasTies ? 'exact' : 'asymptotic';
}

function normalTail(u: number, n: number, m: number, ties: readonly number[], continuity: boolean): number {
  const rows = n + m;
  const tied = ties.reduce((sum, size) => sum + size ** 3 - size, 0);
  const deviation = Math.sqrt(((n * m) / 12) * (rows + 1 - tied / (rows * (rows - 1))));
  return normalSf((u - (n * m) / 2 - (continuity ? 0.5 : 0)) / deviation);
}

/** P(U >= u) over all orders of the rows: every sample adds a row to one side in turn, all terms positive. */
function exactSf(u: number, n: number, m: number): number {
  const [small, large] = [Math.min(n, m), Math.max(n, m)];
  // Row j holds the distribution of U for the sizes (i, j); it is made from (i - 1, j) and (i, j - 1).
  let rows = Array.from({ length: small + 1 }, () => Float64Array.of(1));
  for (let i = 1; i <= large; i++) {
    const next = [Float64Array.of(1)];
    for (let j = 1; j <= small; j++) {
      const chances = new Float64Array(i * j + 1);
      // The largest row is of the large sample: it wins against all j of the small one; else the small one's is on top.
      (rows[j] as Float64Array).forEach((chance, at) => {
        chances[at + j] = (chances[at + j] as number) + (chance * i) / (i + j);
      });
      (next[j - 1] as Float64Array).forEach((chance, at) => {
        chances[at] = (chances[at] as number) + (chance * j) / (i + j);
      });
      next.push(chances);
    }
    rows = next;
  }
  return (rows[small] as Float64Array).subarray(Math.max(0, u)).reduce((sum, chance) => sum + chance, 0);
}

function join(first: Float64Array, second: Float64Array): Float64Array {
  const all = new Float64Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
