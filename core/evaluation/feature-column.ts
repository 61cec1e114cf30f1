import type { ColumnType } from '../config/contract.ts';
import { isMoment } from '../config/moment.ts';
import { readNumber } from './table-cell.ts';

/** Code of a cell that is empty, or of a row that the table does not have. */
export const missingCode = 0xffffffff;

/** One feature of the held-out rows. */
export interface FeatureColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Distinct texts, in order of first appearance; empty where `codes` is null. */
  readonly values: readonly string[];
  /** Index into `values` of each row, or `missingCode`; null: so many different numbers that no value makes a slice. */
  readonly codes: Uint32Array | null;
  /** Number of each row, NaN where missing or unreadable; null: the column is none of numbers. */
  readonly numbers: Float64Array | null;
}

/** More different numbers than this are told apart by edges, not one by one. */
const mostNumbers = 1000;

/** Looks at all cells of a column to tell what it is. */
export class ColumnProbe {
  readonly name: string;
  readonly #declared: ColumnType | null;
  readonly #distinct = new Set<string>();
  #isNumber = true;
  #isBoolean = true;
  #isTime = true;

  constructor(name: string, declared: ColumnType | null) {
    this.name = name;
    this.#declared = declared;
  }

  look(cell: string): void {
    if (cell === '' || (this.#distinct.size <= mostNumbers && this.#distinct.has(cell))) return;
    if (this.#distinct.size <= mostNumbers) this.#distinct.add(cell);
    if (this.#isNumber && !Number.isFinite(readNumber(cell, 'csv'))) this.#isNumber = false;
    if (this.#isBoolean && readBoolean(cell) === null) this.#isBoolean = false;
    if (this.#isTime && !isMoment(cell)) this.#isTime = false;
  }

  get type(): ColumnType {
    if (this.#declared !== null) return this.#declared;
    if (this.#distinct.size === 0) return 'text';
    if (this.#isNumber) return 'number';
    if (this.#isBoolean) return 'boolean';
    return this.#isTime ? 'timestamp' : 'text';
  }

  get isMany(): boolean {
    return this.#distinct.size > mostNumbers;
  }
}

/** Takes the cells of a column, row by row in any order. */
export class ColumnFill {
  readonly #probe: ColumnProbe;
  readonly #codeOf = new Map<string, number>();
  readonly #codes: Uint32Array | null;
  readonly #numbers: Float64Array | null;

  constructor(probe: ColumnProbe, rows: number) {
    const isNumber = probe.type === 'number' || probe.type === 'integer';
    this.#probe = probe;
    this.#numbers = isNumber ? new Float64Array(rows).fill(Number.NaN) : null;
    this.#codes = isNumber && probe.isMany ? null : new Uint32Array(rows).fill(missingCode);
  }

  set(row: number, cell: string): void {
    if (cell === '') return;
    if (this.#numbers !== null) {
      const number = readNumber(cell, 'csv');
      this.#numbers[row] = Number.isFinite(number) ? number : Number.NaN;
    }
    if (this.#codes === null) return;
    const code = this.#codeOf.get(cell) ?? this.#codeOf.size;
    if (code === this.#codeOf.size) this.#codeOf.set(cell, code);
    this.#codes[row] = code;
  }

  finish(): FeatureColumn {
    const { name, type } = this.#probe;
    return { name, type, values: [...this.#codeOf.keys()], codes: this.#codes, numbers: this.#numbers };
  }
}

/** `true` and `false` in any case; null: neither. */
export function readBoolean(cell: string): boolean | null {
  const lower = cell.toLowerCase();
  if (lower === 'true') return true;
  return lower === 'false' ? false : null;
}
