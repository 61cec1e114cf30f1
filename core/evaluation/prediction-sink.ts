import type { Predicted } from '../metric/sample.ts';
import type { FaultKind } from './fault.ts';
import type { PredictedShape } from './predicted-shape.ts';
import { addNumberFault, readNumber } from './table-cell.ts';
import type { TableForm } from './table-rows.ts';
import { refuseHeader, showNames, type TableFile } from './table-text.ts';

/** Takes the value columns of one table row by row. */
export interface PredictionSink {
  visit(cells: readonly unknown[], row: number): void;
  finish(): Predicted;
}

/** The header of a table of predictions, and where complaints go. */
export interface OpenedTable {
  readonly file: TableFile;
  readonly shape: PredictedShape;
  /** Each once; `key` is among them. */
  readonly names: readonly string[];
  /** Place of the key. */
  readonly key: number;
  readonly form: TableForm;
}

/** Place of a column that must be there. */
export function placeOf(table: Pick<OpenedTable, 'names' | 'file'>, name: string): number {
  const place = table.names.indexOf(name);
  if (place >= 0) return place;
  throw refuseHeader(table.file, `has no column "${name}"`, { found: showNames(table.names) });
}

/** Refuses columns that nobody reads: one of them may be what the team meant. */
export function refuseOthers({ names, file }: OpenedTable, known: readonly string[]): void {
  const others = names.filter((name) => !known.includes(name));
  if (others.length === 0) return;
  throw refuseHeader(file, `has columns that are not read: ${showNames(others)}`, {
    allowed: showNames(known),
  });
}

/** One column of finite numbers. */
export class NumberColumn {
  readonly name: string;
  readonly #place: number;
  readonly #table: OpenedTable;
  readonly #range: readonly [number, number];
  readonly #outside: FaultKind;
  readonly #values: number[] = [];

  /** @param range values that are allowed, ends included */
  constructor(table: OpenedTable, name: string, range: readonly [number, number], outside: FaultKind) {
    this.name = name;
    this.#table = table;
    this.#place = placeOf(table, name);
    this.#range = range;
    this.#outside = outside;
  }

  /** @returns the value, NaN where it was a fault */
  visit(cells: readonly unknown[], row: number): number {
    const cell = cells[this.#place];
    const value = readNumber(cell, this.#table.form);
    this.#values.push(value);
    if (value >= this.#range[0] && value <= this.#range[1]) return value;
    this.#addFault(value, cells, row);
    return Number.NaN;
  }

  #addFault(value: number, cells: readonly unknown[], row: number): void {
    const { faults } = this.#table.file;
    const cell = cells[this.#place];
    // Beside other columns an example needs its name.
    const whose = this.#table.names.length > 2 ? `${this.name}: ` : '';
    if (Number.isFinite(value)) faults.add(this.#outside, row, `${whose}${String(cell)}`);
    else addNumberFault(faults, cell, { row, key: cells[this.#table.key], whose });
  }

  finish(): Float64Array {
    return new Float64Array(this.#values);
  }
}

/** Ends of the finite numbers. */
export const anyNumber = [-Number.MAX_VALUE, Number.MAX_VALUE] as const;

/** A column of finite numbers, within a range where there is one. */
export function openColumn(
  table: OpenedTable,
  name: string,
  range: { readonly min?: number; readonly max?: number } | undefined,
): NumberColumn {
  const { min = anyNumber[0], max = anyNumber[1] } = range ?? {};
  return new NumberColumn(table, name, [min, max], {
    code: 'evaluation/score-range',
    message: `have a value outside of ${describeRange(range ?? {})}`,
    fix: 'Write values within the range that model.yml states.',
  });
}

function describeRange({ min, max }: { readonly min?: number; readonly max?: number }): string {
  if (min === undefined) return max === undefined ? 'the finite numbers' : `at most ${max}`;
  return max === undefined ? `at least ${min}` : `${min} to ${max}`;
}
