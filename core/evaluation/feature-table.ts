import type { FaultKind } from './fault.ts';
import { FaultTally } from './fault.ts';
import { KeyColumn, type KeyFaults } from './key-column.ts';
import { refuseInput } from './refusal.ts';
import { scanTable } from './table-rows.ts';
import { refuseHeader, type TableFile } from './table-text.ts';

/** Held-out features as text, row by row as the file has them. */
export interface FeatureTable {
  readonly keys: readonly string[];
  /** Cells of each column by its name, one a key; an empty text is a missing cell. */
  readonly columns: ReadonlyMap<string, readonly string[]>;
}

/** A table as a file has it. */
export interface FeatureFileTable extends FeatureTable {
  /** All columns but the key, those that were not wanted included. */
  readonly names: readonly string[];
}

const fix = 'The owner of the held-out set publishes one row with a key of its own for each held-out row.';
const empty: FaultKind = { code: 'features/key', message: 'have no key', fix };
const doubled: FaultKind = { code: 'features/key-doubled', message: 'repeat a key', fix };
const keyFaults: KeyFaults = { empty, doubled };

/**
 * Reads columns of the held-out features, CSV or JSON Lines.
 * @param source path, as shown
 * @param key name of the key column, which is never one of the columns
 * @param wanted names, or all; one that is not there is left out
 * @throws InputError FEATURES_INVALID
 */
export function readFeatureTable(
  content: Uint8Array | string,
  source: string,
  key: string,
  wanted: readonly string[] | 'all',
): FeatureFileTable {
  const faults = new FaultTally(source);
  const file: TableFile = { source, code: 'FEATURES_INVALID', header: `${key},...`, faults };
  const keys = new KeyColumn(faults, keyFaults);
  const columns = new Map<string, string[]>();
  const all: string[] = [];
  const rows = scanTable(content, file, (names) => {
    const keyAt = names.indexOf(key);
    if (keyAt < 0) throw refuseHeader(file, `has no column "${key}"`);
    all.push(...names.filter((_, at) => at !== keyAt));
    const taken = names.flatMap((name, at) => {
      if (at === keyAt || (wanted !== 'all' && !wanted.includes(name))) return [];
      const cells: string[] = [];
      columns.set(name, cells);
      return [{ at, cells }];
    });
    return (cells, row) => {
      keys.add(cells[keyAt], row);
      for (const { at, cells: into } of taken) into.push(showValue(cells[at]));
    };
  });
  keys.checkDoubled();
  const [first, ...rest] = faults.toFindings(rows);
  if (first) throw refuseInput('FEATURES_INVALID', [first, ...rest]);
  return { names: all, keys: keys.keys, columns };
}

/** JSON has values that are no texts: a missing one is null. */
function showValue(cell: unknown): string {
  if (typeof cell === 'string') return cell;
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}
