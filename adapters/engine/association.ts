import type { Association, MeasuredRule } from '../../core/dataset/measured.ts';
import { type Ask, toCount } from './ask.ts';
import { cutBatches } from './batch.ts';
import { writeExact } from './cell-sql.ts';
import { hasKeys, writeKeyed } from './reduced-column.ts';
import { type Table, type TableColumn, writeRows } from './table.ts';

/** A label with more values is no label but a number. */
const maxLabels = 100;
/** Up to so many buckets of an ordered feature, in order of size. */
const maxOrderedBuckets = 256;
/** A text with more pairs of value and label than this is left out: memory is bounded by columns, not by rows. */
const maxPairs = 100_000;
const batchFeatures = 8;

type Pair = readonly [value: string, label: string, rows: number];

/**
 * Counts how often each value of a feature stands with each value of a label. Numbers and times are put into buckets in
 * order of size; a feature's empty cells are a value of their own, before all others, since a gap can give a label away too.
 */
export async function measureAssociation(
  ask: Ask,
  table: Table,
  name: string,
  label: TableColumn,
  features: readonly TableColumn[],
): Promise<MeasuredRule> {
  const labels = await readLabels(ask, table, label);
  if (labels === null) {
    return { kind: 'unmeasured', name, because: `the label has more than ${maxLabels} different values` };
  }
  const measured: Association[] = [];
  for (const batch of cutBatches(features, batchFeatures)) {
    measured.push(...(await measureFeatures(ask, table, label, labels, batch)));
  }
  return { kind: 'association', name, features: measured };
}

/** A value, else what stands there instead; equal only where the cells are. */
const writeLabel = ({ at, check }: Pick<TableColumn, 'at' | 'check'>): string =>
  `coalesce(${writeExact(check.type, `v${at}`)}, '?' || t${at})`;

/** Place of each label in ascending order of its text; null for too many. */
async function readLabels(
  ask: Ask,
  table: Table,
  label: TableColumn,
): Promise<ReadonlyMap<string, number> | null> {
  const rows = `SELECT ${writeLabel(label)} AS l FROM (${writeRows(table, [label])}) WHERE p${label.at}`;
  const found = await ask(`SELECT l FROM (${rows}) GROUP BY l ORDER BY l LIMIT ${maxLabels + 1}`);
  return found.length > maxLabels ? null : new Map(found.map(([text], at) => [String(text), at]));
}

async function measureFeatures(
  ask: Ask,
  table: Table,
  label: TableColumn,
  labels: ReadonlyMap<string, number>,
  features: readonly TableColumn[],
): Promise<readonly Association[]> {
  const names = features.map(({ at }) => `x${at}`);
  const values = features.map((feature) => `${writeFeature(feature)} AS x${feature.at}`);
  const rows = `SELECT ${writeLabel(label)} AS l, ${values.join(', ')} FROM (${writeRows(table, [label, ...features])}) WHERE p${label.at}`;
  const sets = names.map((x) => `(l, ${x})`).join(', ');
  await ask(
    `CREATE OR REPLACE TEMP TABLE label_pairs AS SELECT l, ${names.join(', ')}, count(*) AS n, grouping(${names.join(', ')}) AS g FROM (${rows}) GROUP BY GROUPING SETS (${sets})`,
  );
  const measured: Association[] = [];
  for (const [index, feature] of features.entries()) {
    const mark = (1 << names.length) - 1 - (1 << (names.length - 1 - index));
    const pairs = await readPairs(ask, feature, mark);
    if (pairs !== null) measured.push(toAssociation(feature, pairs, labels));
  }
  await ask('DROP TABLE label_pairs');
  return measured;
}

/** A bucket or day of what has an order, else the value; where it cannot be read as its type, its text. */
function writeFeature({ at, check }: TableColumn): string {
  if (!hasKeys(check.type)) return writeLabel({ at, check });
  const { key } = writeKeyed(check.type, `v${at}`);
  return `coalesce(CAST(${key} AS VARCHAR), '?' || t${at})`;
}

async function readPairs(ask: Ask, { at }: TableColumn, mark: number): Promise<readonly Pair[] | null> {
  const found = await ask(`SELECT x${at}, l, n FROM label_pairs WHERE g = ${mark} LIMIT ${maxPairs + 1}`);
  if (found.length > maxPairs) return null;
  // A text cannot begin with NUL: the scans refuse it, so nothing else is called like an empty cell.
  return found.map(([value, text, rows]) => [
    value === null ? '\0' : String(value),
    String(text),
    toCount(rows),
  ]);
}

function toAssociation(
  { check }: TableColumn,
  pairs: readonly Pair[],
  labels: ReadonlyMap<string, number>,
): Association {
  const isOrdered = hasKeys(check.type) && pairs.every(([value]) => !value.startsWith('?'));
  const places = isOrdered ? placeOrdered(pairs) : placeTexts(pairs);
  const cells = new Map<string, [number, number, number]>();
  for (const [value, text, rows] of pairs) {
    const [place, label] = [places.get(value) ?? 0, labels.get(text) ?? 0];
    const cell = cells.get(`${place} ${label}`) ?? [place, label, 0];
    cell[2] += rows;
    cells.set(`${place} ${label}`, cell);
  }
  return {
    feature: check.column,
    values: new Set(places.values()).size,
    labels: labels.size,
    cells: [...cells.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]),
    ordered: isOrdered,
  };
}

function placeTexts(pairs: readonly Pair[]): ReadonlyMap<string, number> {
  const values = [...new Set(pairs.map(([value]) => value))].sort();
  return new Map(values.map((value, at) => [value, at]));
}

/** Neighbours share a place where there are too many: as evenly filled as the values allow. */
function placeOrdered(pairs: readonly Pair[]): ReadonlyMap<string, number> {
  const rows = new Map<string, number>();
  for (const [value, , count] of pairs) rows.set(value, (rows.get(value) ?? 0) + count);
  const order = (value: string): number => (value === '\0' ? Number.NEGATIVE_INFINITY : Number(value));
  const sorted = [...rows].sort(([a], [b]) => (order(a) === order(b) ? 0 : order(a) - order(b)));
  if (sorted.length <= maxOrderedBuckets) return new Map(sorted.map(([value], at) => [value, at]));
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  const places = new Map<string, number>();
  const dense = new Map<number, number>();
  let before = 0;
  for (const [value, count] of sorted) {
    // The empty cells keep a place of their own.
    const share = value === '\0' ? -1 : Math.floor((before / total) * (maxOrderedBuckets - 1));
    if (!dense.has(share)) dense.set(share, dense.size);
    places.set(value, dense.get(share) ?? 0);
    before += count;
  }
  return places;
}
