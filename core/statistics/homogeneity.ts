import { chiSquareSf } from './chi-square.ts';
import type { CountTest } from './goodness.ts';
import { refuseStatistic } from './refusal.ts';

export interface Homogeneity extends CountTest {
  readonly expected: readonly Float64Array[];
  /** Effect, 0 to 1: square root of the statistic over its largest value. */
  readonly cramersV: number;
  /** The same without the part that chance adds. @see Bergsma 2013, A bias-correction for Cramér's V */
  readonly cramersVCorrected: number;
}

export interface TableSettings {
  /** Yates' correction for a table of two by two: counts move half a row towards what is expected. */
  readonly yates?: boolean;
}

/**
 * Pearson's chi-square test: do all rows of the table have the same shares?
 * @param table one row of counts a sample, one column a category
 * @throws InputError STATISTICS_EMPTY without rows or categories, STATISTICS_ZERO_COLUMN when a row or column is all zero
 */
export function testHomogeneity(table: readonly Float64Array[], settings: TableSettings = {}): Homogeneity {
  const expected = expectCounts(table, 'the chi-square test');
  const { df, statistic } = sumCells(
    table,
    expected,
    settings,
    (seen, wanted) => (seen - wanted) ** 2 / wanted,
  );
  const total = table.reduce((whole, row) => whole + sum(row), 0);
  return {
    statistic,
    df,
    p: df === 0 ? 1 : chiSquareSf(statistic, df),
    expected,
    ...effectOf(statistic / total, table.length, (table[0] as Float64Array).length, total),
  };
}

/**
 * G test: the same question by the likelihood ratio.
 * @throws InputError STATISTICS_EMPTY, STATISTICS_ZERO_COLUMN
 * @see Sokal and Rohlf 1981, Biometry
 */
export function testLikelihoodRatio(table: readonly Float64Array[], settings: TableSettings = {}): CountTest {
  const expected = expectCounts(table, 'the G test');
  const { df, statistic } = sumCells(table, expected, settings, (seen, wanted) =>
    seen === 0 ? 0 : 2 * seen * Math.log(seen / wanted),
  );
  return { statistic, df, p: df === 0 ? 1 : chiSquareSf(statistic, df) };
}

function expectCounts(table: readonly Float64Array[], what: string): readonly Float64Array[] {
  const categories = table[0]?.length ?? 0;
  if (table.length === 0 || categories === 0) throw refuseStatistic('empty', what);
  const rowSums = table.map(sum);
  const columnSums = Float64Array.from({ length: categories }, (_, at) =>
    table.reduce((total, row) => total + (row[at] as number), 0),
  );
  if (rowSums.includes(0) || columnSums.includes(0)) throw refuseStatistic('zero_column', what);
  const total = sum(columnSums);
  return rowSums.map((rowSum) => columnSums.map((columnSum) => (rowSum / total) * columnSum));
}

function sumCells(
  table: readonly Float64Array[],
  expected: readonly Float64Array[],
  { yates = false }: TableSettings,
  termOf: (seen: number, wanted: number) => number,
): { readonly df: number; readonly statistic: number } {
  const df = (table.length - 1) * ((table[0] as Float64Array).length - 1);
  let statistic = 0;
  table.forEach((row, at) => {
    row.forEach((count, to) => {
      const wanted = (expected[at] as Float64Array)[to] as number;
      const gap = wanted - count;
      const moved = yates && df === 1 ? count + Math.sign(gap) * Math.min(0.5, Math.abs(gap)) : count;
      statistic += termOf(moved, wanted);
    });
  });
  return { df, statistic: df === 0 ? 0 : statistic };
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
