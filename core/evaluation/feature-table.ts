import type { ColumnType } from '../config/contract.ts';
import { isMoment } from '../config/moment.ts';
import { FaultTally } from './fault.ts';
import { refuseInput } from './refusal.ts';
import { readNumber, readText } from './table-cell.ts';
import { scanTable } from './table-rows.ts';
import { refuseHeader } from './table-text.ts';

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

/** Features of the held-out rows, in the order of the truth. */
export interface FeatureTable {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, FeatureColumn>;
  /** Keys of the truth that the table does not have: their cells are missing. */
  readonly missingRows: number;
}

export interface FeatureFile {
  /** Path, as shown in findings. */
  readonly source: string;
  readonly key: string;
  /** Keys of the truth, in its order. */
  readonly keys: readonly string[];
  /** Types of the contract; the others are told from the cells. */
  readonly types?: ReadonlyMap<string, ColumnType>;
}

/** More different numbers than this are told apart by edges, not one by one. */
const mostNumbers = 1000;

/**
 * Reads held-out features, CSV or JSON Lines, into columns in the order of the truth. Rows that the truth does not name
 * are left out.
 * @throws InputError FEATURES_INVALID
 */
export function parseFeatures(content: Uint8Array | string, file: FeatureFile): FeatureTable {
  const faults = new FaultTally(file.source);
  const table = { source: file.source, code: 'FEATURES_INVALID', header: `${file.key},...`, faults };
  const probes: Probe[] = [];
  let keyAt = -1;
  scanTable(content, table, (names) => {
    keyAt = names.indexOf(file.key);
    if (keyAt < 0) throw refuseHeader(table, `has no column "${file.key}"`);
    probes.push(...names.map((name) => new Probe(name, file.types?.get(name) ?? null)));
    return (cells) => {
      for (let at = 0; at < probes.length; at++)
        if (at !== keyAt) probes[at]?.look(readText(cells[at]) ?? '');
    };
  });
  const [first, ...rest] = faults.toFindings(file.keys.length);
  if (first) throw refuseInput('FEATURES_INVALID', [first, ...rest]);
  const fills = probes.map((probe) => new Fill(probe, file.keys.length));
  const rowOf = new Map(file.keys.map((key, row) => [key, row]));
  const seen = new Uint8Array(file.keys.length);
  scanTable(content, { ...table, faults: new FaultTally(file.source) }, () => (cells) => {
    const row = rowOf.get(readText(cells[keyAt]) ?? '');
    // The first of two rows with one key counts: that the second is there is a finding of whoever reads predictions.
    if (row === undefined || seen[row] === 1) return;
    seen[row] = 1;
    for (let at = 0; at < fills.length; at++)
      if (at !== keyAt) fills[at]?.set(row, readText(cells[at]) ?? '');
  });
  const columns = fills.filter((_, at) => at !== keyAt).map((fill) => fill.finish());
  return {
    rows: file.keys.length,
    columns: new Map(columns.map((column) => [column.name, column])),
    missingRows: seen.reduce((sum, one) => sum + 1 - one, 0),
  };
}

/** Looks at all cells of a column to tell what it is. */
class Probe {
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
class Fill {
  readonly #probe: Probe;
  readonly #codeOf = new Map<string, number>();
  readonly #codes: Uint32Array | null;
  readonly #numbers: Float64Array | null;

  constructor(probe: Probe, rows: number) {
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
