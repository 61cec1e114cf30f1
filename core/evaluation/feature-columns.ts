import type { ColumnType } from '../config/contract.ts';
import { FaultTally } from './fault.ts';
import { ColumnFill, ColumnProbe, type FeatureColumn } from './feature-column.ts';
import { refuseInput } from './refusal.ts';
import { readText } from './table-cell.ts';
import { scanTable } from './table-rows.ts';
import { refuseHeader } from './table-text.ts';

/** Features of the held-out rows, in the order of the truth. */
export interface FeatureColumns {
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

/**
 * Reads held-out features, CSV or JSON Lines, into columns in the order of the truth. Rows that the truth does not name
 * are left out.
 * @throws InputError FEATURES_INVALID
 */
export function parseFeatures(content: Uint8Array | string, file: FeatureFile): FeatureColumns {
  const faults = new FaultTally(file.source);
  const table = { source: file.source, code: 'FEATURES_INVALID', header: `${file.key},...`, faults };
  const probes: ColumnProbe[] = [];
  let keyAt = -1;
  scanTable(content, table, (names) => {
    keyAt = names.indexOf(file.key);
    if (keyAt < 0) throw refuseHeader(table, `has no column "${file.key}"`);
    probes.push(...names.map((name) => new ColumnProbe(name, file.types?.get(name) ?? null)));
    return (cells) => {
      for (let at = 0; at < probes.length; at++) if (at !== keyAt) probes[at]?.look(showCell(cells[at]));
    };
  });
  const [first, ...rest] = faults.toFindings(file.keys.length);
  if (first) throw refuseInput('FEATURES_INVALID', [first, ...rest]);
  const fills = probes.map((probe) => new ColumnFill(probe, file.keys.length));
  const rowOf = new Map(file.keys.map((key, row) => [key, row]));
  const seen = new Uint8Array(file.keys.length);
  scanTable(content, { ...table, faults: new FaultTally(file.source) }, () => (cells) => {
    const row = rowOf.get(readText(cells[keyAt]) ?? '');
    // The first of two rows with one key counts: that the second is there is a finding of whoever reads predictions.
    if (row === undefined || seen[row] === 1) return;
    seen[row] = 1;
    for (let at = 0; at < fills.length; at++) if (at !== keyAt) fills[at]?.set(row, showCell(cells[at]));
  });
  const columns = fills.filter((_, at) => at !== keyAt).map((fill) => fill.finish());
  return {
    rows: file.keys.length,
    columns: new Map(columns.map((column) => [column.name, column])),
    missingRows: seen.reduce((sum, one) => sum + 1 - one, 0),
  };
}

/** JSON Lines has cells that are no texts; a missing one is null. */
function showCell(cell: unknown): string {
  if (typeof cell === 'string') return cell;
  return typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : '';
}
