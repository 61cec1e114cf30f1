import type { MeasuredColumn, Tally } from '../../core/dataset/measured.ts';
import { valueRules } from '../../core/dataset/measured.ts';
import { profileValues } from '../../core/profile/build.ts';
import type { ColumnProfile } from '../../core/profile/profile.ts';
import { readExact } from './cell-sql.ts';
import type { ColumnCount } from './column-count.ts';
import { columnKey } from './fault.ts';

/**
 * The statistics of a counted column.
 * @param distinct exact number of different values, where somebody asked for it
 */
export function toColumnProfile(count: ColumnCount, distinct: number | null): ColumnProfile {
  const { check } = count.column;
  const about = {
    name: check.column,
    type: check.type,
    nulls: count.nulls,
    unreadable: count.unreadable,
  };
  const { values } = count;
  if (values.kind === 'reduced') return { ...about, distinct, ...values.reduced.statistics };
  const canonical = values.values.map(([text, times]) => [readExact(check.type, text), times] as const);
  return profileValues(about, canonical);
}

/** What the checks of a column came to. */
export function toMeasuredColumn(
  count: ColumnCount,
  profile: ColumnProfile,
  tallies: ReadonlyMap<string, Tally>,
): MeasuredColumn {
  const { check, at } = count.column;
  const own = valueRules.map((rule) => [rule, tallies.get(columnKey(at, rule)) ?? noTally]);
  const show = (text: string | null): string | null => {
    if (text === null || !check.showValues) return null;
    return check.type === 'timestamp' ? text.replace('T', ' ').replace('Z', '') : text;
  };
  return {
    column: check.column,
    tallies: Object.fromEntries(own) as MeasuredColumn['tallies'],
    smallest: show(profile.min),
    largest: show(profile.max),
  };
}

export const noTally: Tally = { count: 0, firstRow: null, examples: [], rows: [] };
