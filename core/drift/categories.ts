import { writeShare } from '../dataset/wording.ts';
import type { ColumnProfile } from '../profile/profile.ts';
import { gammaUpper } from '../statistics/gamma.ts';
import type { SchemaChange } from './drift.ts';
import { countsOf } from './pair.ts';

/** Categories in view. */
const inView = 10;

/**
 * Finds values of a text or boolean column that the reference never had, and values of the reference that are gone,
 * where chance does not explain it. Private columns are never looked at: their profile has no values.
 */
export function compareCategories(
  column: ColumnProfile,
  other: ColumnProfile,
  alpha: number,
): readonly SchemaChange[] {
  const categorical = column.type === 'text' || column.type === 'boolean';
  const known = [column, other].every(({ distribution }) => distribution.kind === 'values');
  if (!categorical || !known || column.type !== other.type) return [];
  const [now, before] = [toSide(column), toSide(other)];
  const added = findNew(now, before, alpha);
  const gone = findVanished(now, before, alpha);
  return [
    ...(added.length === 0 ? [] : [toChange('new category', column.name, added, now)]),
    ...(gone.length === 0 ? [] : [toChange('vanished category', column.name, gone, before)]),
  ];
}

interface Side {
  readonly counts: ReadonlyMap<string, number>;
  readonly total: number;
}

type Category = readonly [value: string, count: number];

function toSide({ distribution }: ColumnProfile): Side {
  const counts = countsOf(distribution);
  return { counts, total: [...counts.values()].reduce((sum, count) => sum + count, 0) };
}

/**
 * A column of names has new values in every batch: how many rows of them to expect is told by the values that the
 * reference has once. @see Good 1953, the chance that the next row is something new
 */
function findNew(now: Side, before: Side, alpha: number): readonly Category[] {
  const added = [...now.counts].filter(([value]) => !before.counts.has(value));
  const rows = added.reduce((sum, [, count]) => sum + count, 0);
  const once = [...before.counts.values()].filter((count) => count === 1).length;
  const expected = (now.total * once) / before.total;
  if (rows > 0 && poissonAtLeast(rows, expected) < alpha) return added;
  // Among new names one that takes half of the rows is no name: by chance all its rows would hardly lie on this side.
  const side = now.total / (now.total + before.total);
  return added.filter(([, count]) => side ** count < alpha / added.length);
}

/** Probability of at least so many rows when `expected` are expected. */
const poissonAtLeast = (rows: number, expected: number): number =>
  expected === 0 ? 0 : 1 - gammaUpper(rows, expected);

/** A value of the reference is missed when, at its share there, it would have been here almost certainly. */
function findVanished(now: Side, before: Side, alpha: number): readonly Category[] {
  const each = alpha / before.counts.size;
  return [...before.counts].filter(
    ([value, count]) => !now.counts.has(value) && (1 - count / before.total) ** now.total < each,
  );
}

function toChange(
  kind: 'new category' | 'vanished category',
  column: string,
  categories: readonly Category[],
  { total }: Side,
): SchemaChange {
  const sorted = [...categories].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const shown = sorted.slice(0, inView).map(([value, count]) => `"${value}" (${writeShare(count, total)})`);
  const more = sorted.length > inView ? ` and ${sorted.length - inView} more` : '';
  const list = `${shown.join(', ')}${more}`;
  return kind === 'new category'
    ? { kind, column, found: list, allowed: 'values of the reference' }
    : { kind, column, found: `none of ${list}`, allowed: 'the values of the reference, at the share named' };
}
