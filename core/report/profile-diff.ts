import { writeShare } from '../dataset/wording.ts';
import type { ColumnProfile, Profile } from '../profile/profile.ts';
import { meanOf, sdOf } from '../profile/statistics.ts';
import type { Phrase, Table } from './block.ts';
import { grouped } from './facts.ts';

/** Digits of a mean: enough to see a change, and what does not change reads the same. */
const shownDigits = 5;

/**
 * Two profiles column by column, old beside new: columns of the new one, then those that are gone.
 * @param renames new name to old name
 */
export function profileDiffTable(
  before: Profile,
  after: Profile,
  renames: ReadonlyMap<string, string>,
): Table {
  const old = new Map(before.columns.map((column) => [column.name, column]));
  const pairs = after.columns.map(
    (column) => [old.get(renames.get(column.name) ?? column.name), column] as const,
  );
  const paired = new Set(pairs.map(([column]) => column?.name));
  const gone = before.columns
    .filter(({ name }) => !paired.has(name))
    .map((column) => [column, undefined] as const);
  return {
    kind: 'table',
    head: ['Column', 'Type', 'Empty', 'Different', 'Smallest', 'Largest', 'Mean', 'Standard deviation'],
    align: ['l', 'l', 'r', 'r', 'l', 'l', 'r', 'r'],
    rows: [...pairs, ...gone].map(([from, to]) => toRow(from, to, before.rows, after.rows)),
  };
}

function toRow(
  from: ColumnProfile | undefined,
  to: ColumnProfile | undefined,
  rowsBefore: number,
  rowsAfter: number,
): readonly Phrase[] {
  const name = to?.name ?? from?.name ?? '';
  const renamed =
    from !== undefined && to !== undefined && from.name !== to.name ? ` (was ${from.name})` : '';
  const state = from === undefined ? ' (new)' : to === undefined ? ' (gone)' : renamed;
  const both = (read: (column: ColumnProfile, rows: number) => string): Phrase => [
    change(from && read(from, rowsBefore), to && read(to, rowsAfter)),
  ];
  return [
    [{ code: name }, state],
    both(({ type }) => type),
    both(({ nulls }, rows) => (nulls === 0 ? '0' : writeShare(nulls, rows))),
    both(({ distinct }) => (distinct === null ? '–' : grouped(distinct))),
    both(({ min }) => min ?? '–'),
    both(({ max }) => max ?? '–'),
    both((column) => short(meanOf(column))),
    both((column) => short(sdOf(column))),
  ];
}

/** What stayed is said once. */
function change(from: string | undefined, to: string | undefined): string {
  if (from === undefined || to === undefined || from === to) return to ?? from ?? '–';
  return `${from} → ${to}`;
}

const short = (value: number | null): string =>
  value === null ? '–' : String(Number(value.toPrecision(shownDigits)));
