import type { ColumnType } from '../../core/config/contract.ts';
import { timestampForm } from '../../core/dataset/plan.ts';
import { toValueText, writeNumber } from '../../core/profile/value-text.ts';
import { quoteText } from './sql.ts';

/**
 * How a cell lies in its file: text of a CSV file, a JSON value, a physical type of Parquet; `READ` when it was read
 * before, as a struct of its value `v` and, where the value does not say it all, its text `u`.
 */
export type Physical = string;
export const csvCell: Physical = 'CSV';
export const jsonCell: Physical = 'JSON';
export const readCell: Physical = 'READ';

const csvForms: Partial<Record<ColumnType, string>> = {
  integer: '[+-]?[0-9]+',
  number: '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?',
  timestamp: timestampForm,
};
export const sqlTypes: Readonly<Record<ColumnType, string>> = {
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
export function holdsType(type: ColumnType, physical: Physical): boolean {
  return physicalForms[type].test(physical);
}

/** The condition that a cell is not empty. */
export function writePresent(cell: string, physical: Physical): string {
  if (physical === jsonCell) return `coalesce(CAST(${cell} AS VARCHAR) <> 'null', false)`;
  if (physical === readCell) return `(${cell}.v IS NOT NULL OR ${cell}.u IS NOT NULL)`;
  return `${cell} IS NOT NULL`;
}

/** The text of a cell as people know it; NULL when the cell is empty. */
export function writeText(cell: string, physical: Physical): string {
  if (physical === csvCell || physical === 'VARCHAR') return cell;
  // Strings without their quotes; a JSON null is an empty cell.
  if (physical === jsonCell) return `(${cell} ->> '$')`;
  if (physical === readCell) return `coalesce(${cell}.u, CAST(${cell}.v AS VARCHAR))`;
  // The engine's own text of some doubles is another number (2^81 becomes 2^82): that of JSON is right.
  if (physical === 'DOUBLE') {
    return `CASE WHEN isfinite(${cell}) THEN CAST(to_json(${cell}) AS VARCHAR) ELSE CAST(${cell} AS VARCHAR) END`;
  }
  return `CAST(${cell} AS VARCHAR)`;
}

/**
 * A value as text that only equal values share, for `readExact`. Doubles by their bits: the engine's own text of some is
 * another number (2^81 becomes 2^82, measured with 1.5.5). Zero has one sign.
 */
export function writeExact(type: ColumnType, value: string): string {
  if (type !== 'number') return `CAST(${value} AS VARCHAR)`;
  return `CAST(CAST(CAST(${value} + 0.0 AS BIT) AS BIGINT) AS VARCHAR)`;
}

const bits = new DataView(new ArrayBuffer(8));

/**
 * The canonical text of a value that `writeExact` wrote.
 * @throws TypeError when it is none: the engine would not be read rightly
 */
export function readExact(type: ColumnType, text: string): string {
  if (type === 'text') return text;
  if (type === 'number') bits.setBigInt64(0, BigInt(text));
  const value = type === 'number' ? writeNumber(bits.getFloat64(0)) : toValueText(type, text);
  if (value === null) throw new TypeError(`the engine wrote a value of type ${type} that is none`);
  return value;
}

/** The value, in the engine, of what `writeExact` wrote. */
export function writeFromExact(type: ColumnType, text: string): string {
  if (type === 'number') return `CAST(CAST(CAST(${text} AS BIGINT) AS BIT) AS DOUBLE)`;
  return `CAST(${text} AS ${sqlTypes[type]})`;
}

/** The value of a cell in its contract type; NULL when the cell is empty or cannot be read as that type. */
export function writeValue(type: ColumnType, cell: string, physical: Physical): string {
  if (physical === readCell) return `${cell}.v`;
  if (physical === csvCell) return writeCsvValue(type, cell);
  if (physical === jsonCell) return writeJsonValue(type, cell);
  if (!holdsType(type, physical)) return `CAST(NULL AS ${sqlTypes[type]})`;
  if (type === 'integer') {
    if (/^(TINYINT|SMALLINT|INTEGER|BIGINT|UTINYINT|USMALLINT|UINTEGER)$/.test(physical)) {
      return `CAST(${cell} AS BIGINT)`;
    }
    if (/HUGEINT|UBIGINT/.test(physical)) return `TRY_CAST(${cell} AS BIGINT)`;
    return `CASE WHEN isfinite(CAST(${cell} AS DOUBLE)) AND ${cell} = trunc(${cell}) THEN TRY_CAST(${cell} AS BIGINT) END`;
  }
  const value = `TRY_CAST(${cell} AS ${sqlTypes[type]})`;
  if (type === 'timestamp') return limitTime(value);
  return type === 'number' ? limitNumber(value) : value;
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
  const form = `regexp_full_match(${cell}, ${quoteText(csvForms[type] ?? '')})`;
  // What the engine writes just as it stands is an integer; only what differs (signs, zeros, 1_000) needs the form.
  if (type === 'integer') return `CASE WHEN CAST(${value} AS VARCHAR) = ${cell} OR ${form} THEN ${value} END`;
  const limited = type === 'number' ? limitNumber(value) : limitTime(value);
  return `CASE WHEN ${form} THEN ${limited} END`;
}

/** JSON has types: a string is never a number, nor a number a text. Times are strings. */
function writeJsonValue(type: ColumnType, cell: string): string {
  const raw = `CAST(${cell} AS VARCHAR)`;
  const isString = `starts_with(${raw}, '"')`;
  const text = `(${cell} ->> '$')`;
  if (type === 'text') return `CASE WHEN ${isString} THEN ${text} END`;
  if (type === 'timestamp') return `CASE WHEN ${isString} THEN ${writeCsvValue(type, text)} END`;
  if (type === 'boolean') return `CASE ${raw} WHEN 'true' THEN true WHEN 'false' THEN false END`;
  const isNumber = `regexp_full_match(${raw}, '-?[0-9].*')`;
  const number = limitNumber(`TRY_CAST(${raw} AS DOUBLE)`);
  if (type === 'number') return `CASE WHEN ${isNumber} THEN ${number} END`;
  // 1.0 and 1e3 are whole numbers in JSON; beyond 2^53 a double no longer says which one.
  const whole = `CASE WHEN ${number} = trunc(${number}) AND abs(${number}) <= 9007199254740992 THEN CAST(${number} AS BIGINT) END`;
  return `CASE WHEN regexp_full_match(${raw}, '-?[0-9]+') THEN TRY_CAST(${raw} AS BIGINT) WHEN ${isNumber} THEN ${whole} END`;
}

const limitNumber = (value: string): string => `CASE WHEN isfinite(${value}) THEN ${value} END`;

/** Years 1 to 9999: no form of a time can say others, and readers disagree on them. */
const limitTime = (value: string): string =>
  `CASE WHEN ${value} BETWEEN TIMESTAMP '0001-01-01' AND TIMESTAMP '9999-12-31 23:59:59.999999' THEN ${value} END`;

/** A cell as `READ`: the text is kept where it was spelt in another way than its value, or cannot be read. */
export function writeReadCell(present: string, text: string, value: string): string {
  const isSame = `coalesce(CAST(${value} AS VARCHAR) = ${text}, false)`;
  return `struct_pack(u := CASE WHEN ${present} AND NOT ${isSame} THEN ${text} END, v := ${value})`;
}
