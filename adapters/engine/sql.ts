import type { ColumnType } from '../../core/config/contract.ts';
import type { ValueRule } from '../../core/dataset/measured.ts';
import type { ColumnCheck } from '../../core/dataset/plan.ts';
import { timestampForm } from '../../core/dataset/plan.ts';

/** A column as it lies in a file: text in CSV, a physical type in Parquet; `name` is what the engine calls it. */
export interface SourceColumn {
  readonly column: string;
  readonly name: string;
  readonly physical: string;
}

/** Quotes text as an SQL literal. NUL cannot be written; `planChecks` and the scan refuse it before. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Quotes a name as an SQL identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A CSV file as a table of text, columns named by position: names of the proposer never reach the query. */
export function readCsv(local: string, width: number): string {
  const columns = Array.from({ length: width }, (_, at) => `'c${at}': 'VARCHAR'`).join(', ');
  const dialect = `auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', compression = 'none'`;
  const strict = `strict_mode = true, null_padding = false, ignore_errors = false`;
  return `read_csv(${quoteText(local)}, ${dialect}, ${strict}, columns = {${columns}})`;
}

/** A Parquet file as a table. */
export function readParquet(local: string): string {
  return `read_parquet(${quoteText(local)})`;
}

const csvForms: Partial<Record<ColumnType, string>> = {
  integer: '[+-]?[0-9]+',
  number: '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?',
  timestamp: timestampForm,
};
const sqlTypes: Record<ColumnType, string> = {
  integer: 'BIGINT',
  number: 'DOUBLE',
  text: 'VARCHAR',
  timestamp: 'TIMESTAMP',
  boolean: 'BOOLEAN',
};
const physicalForms: Record<ColumnType, RegExp> = {
  integer: /^(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL\(.*\))$/,
  number: /^(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL\(.*\))$/,
  text: /^(VARCHAR|ENUM\(.*\)|UUID)$/,
  timestamp: /^(DATE|TIMESTAMP(_S|_MS|_NS)?|TIMESTAMP WITH TIME ZONE)$/,
  boolean: /^BOOLEAN$/,
};

/** True when a physical type of a Parquet file can hold values of a contract's type. */
export function holdsType(type: ColumnType, physical: string): boolean {
  return physicalForms[type].test(physical);
}

/** The value of a cell in its contract type; NULL when the cell is empty or cannot be read as that type. */
export function writeValue(type: ColumnType, source: SourceColumn): string {
  const cell = quoteName(source.name);
  if (source.physical === 'CSV') return writeCsvValue(type, cell);
  if (!holdsType(type, source.physical)) return `CAST(NULL AS ${sqlTypes[type]})`;
  if (type === 'integer') {
    return `CASE WHEN isfinite(CAST(${cell} AS DOUBLE)) AND ${cell} = trunc(${cell}) THEN TRY_CAST(${cell} AS BIGINT) END`;
  }
  const value = `TRY_CAST(${cell} AS ${sqlTypes[type]})`;
  return type === 'number' || type === 'timestamp' ? `CASE WHEN isfinite(${value}) THEN ${value} END` : value;
}

function writeCsvValue(type: ColumnType, cell: string): string {
  if (type === 'text') return cell;
  if (type === 'boolean') {
    return `CASE lower(${cell}) WHEN 'true' THEN true WHEN '1' THEN true WHEN 'false' THEN false WHEN '0' THEN false END`;
  }
  // The engine alone would read 1.5 as the integer 2, 1_000 and 0x1F as numbers, and "infinity" as a time.
  // It knows "Z" only behind seconds; no other offset gets past the form.
  const text = type === 'timestamp' ? `rtrim(${cell}, 'Z')` : cell;
  const value = `TRY_CAST(${text} AS ${sqlTypes[type]})`;
  const finite = type === 'number' ? ` AND isfinite(${value})` : '';
  return `CASE WHEN regexp_full_match(${cell}, ${quoteText(csvForms[type] ?? '')})${finite} THEN ${value} END`;
}

/** The condition under which a row breaks a rule; null when the plan has no such rule. Unknown counts as broken. */
export function writeFault(rule: ValueRule, check: ColumnCheck, at: number): string | null {
  if (rule === 'nulls') return `NOT p${at}`;
  if (rule === 'type') return `p${at} AND v${at} IS NULL`;
  const kept = writeKept(rule, check, at);
  return kept === null ? null : `v${at} IS NOT NULL AND NOT coalesce(${kept}, false)`;
}

function writeKept(rule: ValueRule, check: ColumnCheck, at: number): string | null {
  if (rule === 'range') {
    const sides = [
      check.min === undefined ? [] : [`v${at} >= ${writeLimit(check.type, check.min)}`],
      check.max === undefined ? [] : [`v${at} ${writeUpper(check.type, check.max)}`],
    ].flat();
    return sides.length === 0 ? null : sides.join(' AND ');
  }
  if (rule === 'length' && check.length !== undefined) {
    const { min, max } = check.length;
    const sides = [
      ...(min === undefined ? [] : [`length(t${at}) >= ${min}`]),
      ...(max === undefined ? [] : [`length(t${at}) <= ${max}`]),
    ];
    return sides.length === 0 ? null : sides.join(' AND ');
  }
  if (rule === 'allowed' && check.allowed !== undefined) {
    const values = check.allowed.map((text) => writeLimit(check.type, text));
    return `v${at} IN (${values.join(', ')})`;
  }
  if (rule === 'pattern' && check.pattern !== undefined) {
    return `regexp_full_match(t${at}, ${quoteText(check.pattern)})`;
  }
  return null;
}

/** A date as upper limit includes the whole day. */
function writeUpper(type: ColumnType, max: number | string): string {
  const limit = writeLimit(type, max);
  const isDate = typeof max === 'string' && max.length === 'YYYY-MM-DD'.length;
  return isDate ? `< ${limit} + INTERVAL 1 DAY` : `<= ${limit}`;
}

function writeLimit(type: ColumnType, limit: number | string): string {
  if (typeof limit === 'number')
    return Number.isSafeInteger(limit) ? String(limit) : `CAST(${limit} AS DOUBLE)`;
  const text = type === 'timestamp' ? limit.replace(/Z$/, '') : limit;
  return `TRY_CAST(${quoteText(text)} AS ${sqlTypes[type]})`;
}
