import { kolmogorovSampleSf, kolmogorovSf } from './kolmogorov.ts';
import { refuseStatistic } from './refusal.ts';
import type { ValueCounts } from './value-counts.ts';

export type Alternative = 'two-sided' | 'greater' | 'less';

export interface KolmogorovSmirnov {
  /** Largest distance of the two distribution functions, 0 to 1. */
  readonly statistic: number;
  readonly p: number;
  readonly method: 'exact' | 'asymptotic';
}

/** Up to so many pairs of rows the exact distribution of the statistic is counted. */
const exactPairs = 10_000;

/**
 * Two-sample Kolmogorov-Smirnov test: exact up to 10,000 pairs of rows, else asymptotic.
 * With ties the p-value is too large rather than too small.
 * @throws InputError STATISTICS_EMPTY
 */
export function testKolmogorovSmirnov(first: ValueCounts, second: ValueCounts): KolmogorovSmirnov {
  const statistic = computeKsDistance(first, second);
  const [n, m] = [first.total, second.total];
  return n * m <= exactPairs
    ? { statistic, p: exactKsSf(statistic, n, m), method: 'exact' }
    : { statistic, p: asymptoticKsSf(statistic, n, m), method: 'asymptotic' };
}

/**
 * Largest distance of two distribution functions, in one walk over the different values.
 * @param alternative `greater`: how far the first lies above the second
 * @throws InputError STATISTICS_EMPTY
 */
export function computeKsDistance(
  first: ValueCounts,
  second: ValueCounts,
  alternative: Alternative = 'two-sided',
): number {
  if (first.total === 0 || second.total === 0) throw refuseStatistic('empty', 'the distance of two samples');
  let above = 0;
  let below = 0;
  let i = 0;
  let j = 0;
  let seenFirst = 0;
  let seenSecond = 0;
  while (i < first.values.length && j < second.values.length) {
    const a = first.values[i] as number;
    const b = second.values[j] as number;
    if (a <= b) seenFirst += first.counts[i++] as number;
    if (b <= a) seenSecond += second.counts[j++] as number;
    const gap = seenFirst / first.total - seenSecond / second.total;
    if (gap > above) above = gap;
    if (-gap > below) below = -gap;
  }
  // Behind the last value of one sample the gap only closes.
  if (alternative === 'greater') return above;
  return alternative === 'less' ? below : Math.max(above, below);
}

/**
 * P(D >= statistic) counted over all orders of the pooled rows, upper tail directly. Takes n times m steps.
 * @see Hodges 1958; the recursion of R's psmirnov
 */
export function exactKsSf(
  statistic: number,
  n: number,
  m: number,
  alternative: Alternative = 'two-sided',
): number {
  // Distances are multiples of 1/(n m): half a step of slack for the rounding of the statistic.
  const threshold = statistic - 0.5 / (n * m);
  const reaches = (i: number, j: number): boolean => {
    const gap = i / n - j / m;
    return (
      (alternative === 'two-sided' ? Math.abs(gap) : alternative === 'greater' ? gap : -gap) >= threshold
    );
  };
  let row = new Float64Array(m + 1);
  for (let i = 0; i <= n; i++) {
    const next = new Float64Array(m + 1);
    for (let j = 0; j <= m; j++) {
      if (reaches(i, j)) next[j] = 1;
      else if (i + j > 0) {
        const left = j === 0 ? 0 : (next[j - 1] as number);
        const up = i === 0 ? 0 : (row[j] as number);
        next[j] = (i * up + j * left) / (i + j);
      }
    }
    row = next;
  }
  return row[m] as number;
}

/**
 * Large samples, two-sided: the one-sample distribution with the effective number of rows, as scipy's "asymp";
 * one-sided: Hodges' approximation 5.3. NaN where the effective number rounds to 0.
 */
export function asymptoticKsSf(
  statistic: number,
  n: number,
  m: number,
  alternative: Alternative = 'two-sided',
): number {
  const effective = (n / (n + m)) * m;
  if (alternative === 'two-sided') return kolmogorovSampleSf(roundHalfEven(effective), statistic);
  const [more, fewer] = [Math.max(n, m), Math.min(n, m)];
  const z = Math.sqrt(effective) * statistic;
  const shift = (2 * z * (more + 2 * fewer)) / Math.sqrt(more * fewer * (more + fewer)) / 3;
  return Math.min(1, Math.exp(-2 * z * z - shift));
}

/** Classical limit of the two-sided p-value. */
export function limitKsSf(statistic: number, n: number, m: number): number {
  return kolmogorovSf(Math.sqrt((n / (n + m)) * m) * statistic);
}

/** As numpy rounds: 0.5 to 0, 1.5 to 2. */
function roundHalfEven(value: number): number {
  const whole = Math.floor(value);
  const rest = value - whole;
  return rest > 0.5 || (rest === 0.5 && whole % 2 === 1) ? whole + 1 : whole;
}
