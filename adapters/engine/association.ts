import type { ColumnType } from '../../core/config/contract.ts';
import {
  hasOrder,
  type LabelPair,
  maxLabels,
  maxPlaces,
  maxTextPairs,
  toAssociation,
  tooManyLabels,
  toTextKey,
} from '../../core/dataset/association-table.ts';
import type { Association, MeasuredRule } from '../../core/dataset/measured.ts';
import { type Ask, toCount } from './ask.ts';
import { cutBatches } from './batch.ts';
import { writeExact } from './cell-sql.ts';
import { writeKeyed } from './reduced-column.ts';
import { type Table, type TableColumn, writeRows } from './table.ts';

const batchFeatures = 8;
/** More rows of an answer than this say that there are too many texts, whatever else is in it. */
const maxAnswer = maxTextPairs + (maxPlaces + 1) * maxLabels;

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
  if (!(await isLabel(ask, table, label))) return { kind: 'unmeasured', name, because: tooManyLabels };
  const measured: Association[] = [];
  for (const batch of cutBatches(features, batchFeatures)) {
    measured.push(...(await measureFeatures(ask, table, label, batch)));
  }
  return { kind: 'association', name, features: measured };
}

/** A value, else what stands there instead; equal only where the cells are. */
const writeLabel = ({ at, check }: Pick<TableColumn, 'at' | 'check'>): string =>
  `coalesce(${writeExact(check.type, `v${at}`)}, '?' || t${at})`;

async function isLabel(ask: Ask, table: Table, label: TableColumn): Promise<boolean> {
  const rows = `SELECT ${writeLabel(label)} AS l FROM (${writeRows(table, [label])}) WHERE p${label.at}`;
  const found = await ask(`SELECT l FROM (${rows}) GROUP BY l LIMIT ${maxLabels + 1}`);
  return found.length <= maxLabels;
}

async function measureFeatures(
  ask: Ask,
  table: Table,
  label: TableColumn,
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
    const shown = label.check.showValues && feature.check.showValues;
    measured.push(...(await readAssociation(ask, feature, mark, shown)));
  }
  await ask('DROP TABLE label_pairs');
  return measured;
}

/** A bucket or day of what has an order, else the value; where it cannot be read as its type, its text. */
function writeFeature({ at, check }: TableColumn): string {
  if (!hasOrder(check.type)) return writeLabel({ at, check });
  const { key } = writeKeyed(check.type, `v${at}`);
  return `coalesce(CAST(${key} AS VARCHAR), '?' || t${at})`;
}

/** @returns nothing for too many texts */
async function readAssociation(
  ask: Ask,
  { at, check }: TableColumn,
  mark: number,
  shown: boolean,
): Promise<readonly Association[]> {
  const own = `SELECT x${at} AS x, ${hasOrder(check.type) ? `TRY_CAST(x${at} AS BIGINT)` : 'NULL'} AS k, l, n FROM label_pairs WHERE g = ${mark}`;
  const level = await findLevel(ask, check.type, own);
  const place = `coalesce(CAST(${writeCoarse(check.type, level)} AS VARCHAR), x)`;
  const found = await ask(
    `SELECT ${place} AS place, l, CAST(sum(n) AS BIGINT) FROM (${own}) GROUP BY place, l LIMIT ${maxAnswer + 1}`,
  );
  if (found.length > maxAnswer) return [];
  const pairs = found.map(([value, text, rows]): LabelPair => {
    const isText = !hasOrder(check.type) || String(value).startsWith('?');
    const own = value === null ? null : isText ? toTextKey(String(value)) : Number(value);
    return [own, toTextKey(String(text)), toCount(rows)];
  });
  const association = toAssociation(check, level, pairs, shown);
  return association === null ? [] : [association];
}

/** The lowest level at which the buckets or days fit. */
async function findLevel(ask: Ask, type: ColumnType, pairs: string): Promise<number> {
  let level = 0;
  for (;;) {
    const [row] = await ask(`SELECT count(DISTINCT ${writeCoarse(type, level)}) FROM (${pairs})`);
    if (toCount(row?.[0]) <= maxPlaces) return level;
    level += 1;
  }
}

/** `coarsenPlace` of core from level 0, in SQL. */
function writeCoarse(type: ColumnType, level: number): string {
  if (level === 0) return 'k';
  if (type === 'timestamp') return `CAST(floor(k / ${2 ** level}) AS BIGINT)`;
  return `CASE WHEN k = 0 THEN 0 ELSE sign(k) * (((abs(k) - 1) >> ${level}) + 1) END`;
}
