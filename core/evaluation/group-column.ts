import type { Finding } from '../finding/finding.ts';
import type { HeldOutRows } from './held-out-rows.ts';
import type { JudgedMetrics } from './judged-metrics.ts';
import { showNames } from './table-text.ts';

/** Takes out the gaps between groups of a column that the features do not have, and says so: their gates stay open. */
export function withoutAbsent(
  wanted: JudgedMetrics,
  { features }: HeldOutRows,
): { readonly wanted: JudgedMetrics; readonly findings: readonly Finding[] } {
  const absent = features === null ? [] : wanted.groupColumns.filter((name) => !features.columns.has(name));
  const there = (metric: string): boolean => !absent.some((column) => metric.endsWith(` by ${column}`));
  const keep = (names: readonly string[]) => (absent.length === 0 ? names : names.filter(there));
  return {
    wanted: {
      whole: keep(wanted.whole),
      slices: keep(wanted.slices),
      productionLike: keep(wanted.productionLike),
      groupColumns: wanted.groupColumns.filter((name) => !absent.includes(name)),
    },
    findings: absent.map((column) => ({
      code: 'evaluation/group-column',
      severity: 'fail',
      message: `The held-out features have no column ${column}, by which a gate compares groups`,
      column,
      allowed: showNames([...(features?.columns.keys() ?? [])]),
      fix: 'Name a feature column in "by" of the gate.',
    })),
  };
}
