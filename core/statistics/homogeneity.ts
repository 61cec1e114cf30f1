import { chiSquareSf } from './chi-square.ts';
import { refuseStatistic } from './refusal.ts';

export interface Homogeneity {
  readonly statistic: number;
  /** Degrees of freedom. */
  readonly df: number;
  readonly p: number;
  readonly expected: readonly Float64Array[];
  /** Effect, 0 to 1: square root of the statistic over its largest value. */
  readonly cramersV: number;
  /** The same without the part that chance adds. @see Bergsma 2013, A bias-correction for Cramér's V */
  readonly cramersVCorrected: number;
}

/**
 * Pearson's chi-square test: do all rows of the table have the same shares?
 * @param table one row of counts a sample, one column a category
 * @throws InputError STATISTICS_EMPTY without rows or categories, STATISTICS_ZERO_COLUMN when a row or column is all zero
 */
export function testHomogeneity(table: readonly Float64Array[]): Homogeneity {
  const categories = table[0]?.length ?? 0;
  if (table.length === 0 || categories === 0) throw refuseStatistic('empty', 'the chi-square test');
  const rowSums = table.map(sum);
  const columnSums = Float64Array.from({ length: categories }, (_, at) =>
    table.reduce((total, row) => total + (row[at] as number), 0),
  );
  if (rowSums.includes(0) || columnSums.includes(0))
    throw refuseStatistic('zero_column', 'the chi-square test');
  const total = sum(columnSums);
  const expected = rowSums.map((rowSum) => columnSums.map((columnSum) => (rowSum / total) * columnSum));
  let statistic = 0;
  table.forEach((row, at) => {
    const wanted = expected[at] as Float64Array;
    for (let to = 0; to < categories; to++)
      statistic += ((row[to] as number) - (wanted[to] as number)) ** 2 / (wanted[to] as number);
  });
  const df = (table.length - 1) * (categories - 1);
  return {
    statistic,
    df,
    p: df === 0 ? 1 : chiSquareSf(statistic, df),
    expected,
    ...effectOf(statistic / total, table.length, categories, total),
  };
}

function effectOf(phi2: number, rows: number, columns: number, total: number) {
  const least = Math.min(rows, columns) - 1;
  const cramersV = least === 0 ? 0 : Math.sqrt(phi2 / least);
  const corrected = Math.max(0, phi2 - ((rows - 1) * (columns - 1)) / (total - 1));
  const shorter = (size: number) => size - (size - 1) ** 2 / (total - 1);
  const room = Math.min(shorter(rows), shorter(columns)) - 1;
  return { cramersV, cramersVCorrected: room > 0 ? Math.sqrt(corrected / room) : 0 };
}

const sum = (counts: Float64Array): number => counts.reduce((total, count) => total + count, 0);
