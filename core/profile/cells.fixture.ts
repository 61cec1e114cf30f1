import * as fc from 'fast-check';
import type { ColumnType } from '../config/contract.ts';
import type { ColumnCells } from './build.ts';
import type { ProfileLimits } from './distribution.ts';

export const columnTypes: readonly ColumnType[] = ['integer', 'number', 'text', 'timestamp', 'boolean'];

/** Limits that small tables reach. */
export const smallLimits: ProfileLimits = { values: 6, buckets: 5, characters: 12 };

const oddNumbers = [
  '5e-324',
  '-5e-324',
  '1.7976931348623157e308',
  '-1.7976931348623157e308',
  '-0',
  '0',
  '1e16',
];
const oddIntegers = [
  '9223372036854775807',
  '-9223372036854775808',
  '9007199254740993',
  '9007199254740992',
  '+7',
];
const oddTimes = [
  '0000-01-01',
  '9999-12-31T23:59:59.999999Z',
  '1969-12-31 23:59:59Z',
  '2024-02-29',
  '2024-01-01',
];

const cells: Readonly<Record<ColumnType, fc.Arbitrary<string>>> = {
  integer: fc.oneof(
    fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n).map(String),
    fc.integer({ min: -4, max: 4 }).map(String),
    fc.constantFrom(...oddIntegers),
  ),
  number: fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.integer({ min: -3, max: 3 }).map((value) => String(value / 4)),
    fc.constantFrom(...oddNumbers),
  ),
  text: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 4 }),
    fc.constantFrom('a', 'b', '', '\u{1f600}', '\uffee'),
  ),
  timestamp: fc.oneof(
    fc
      .date({ min: new Date('0000-01-02'), max: new Date('9999-12-30'), noInvalidDate: true })
      .map((date) => date.toISOString()),
    fc.constantFrom(...oddTimes),
  ),
  boolean: fc.constantFrom('true', 'FALSE', '1', '0'),
};

/** A cell of a column: a value, an empty cell, or text that is no value of the type. */
export const cellOf = (type: ColumnType): fc.Arbitrary<string | null> =>
  fc.oneof({ weight: 12, arbitrary: cells[type] }, { weight: 1, arbitrary: fc.constantFrom(null, 'x1') });

/** Tables with one column of each type. */
export const tables: fc.Arbitrary<readonly ColumnCells[]> = fc
  .array(fc.tuple(...columnTypes.map((type) => cellOf(type))), { maxLength: 40 })
  .map((rows) =>
    columnTypes.map((type, at) => ({ name: `the ${type}`, type, cells: rows.map((row) => row[at] ?? null) })),
  );

/** Some of the rows of a table. */
export function takeRows(
  table: readonly ColumnCells[],
  keep: (row: number) => boolean,
): readonly ColumnCells[] {
  return table.map((column) => ({ ...column, cells: column.cells.filter((_, row) => keep(row)) }));
}
