import { InputError } from '../error/error.ts';
import type { Importances } from '../explanation/importance.ts';
import { parseStrictJson } from '../json/strict.ts';
import { type FaultKind, FaultTally } from './fault.ts';
import { KeyColumn, type KeyFaults } from './key-column.ts';
import { anyNumber, NumberColumn, placeOf } from './prediction-sink.ts';
import { refuseInput } from './refusal.ts';
import { scanTable } from './table-rows.ts';
import { decodeTable, refuseTable, type TableFile } from './table-text.ts';

const fix = 'Write one line a feature: its name, and how much it matters.';
const faults: KeyFaults = {
  empty: { code: 'explanation/feature-empty', message: 'name no feature', fix },
  doubled: { code: 'explanation/feature-doubled', message: 'repeat a feature', fix },
};
const outside: FaultKind = {
  code: 'explanation/importance',
  message: 'have an importance that is not finite',
  fix,
};

/** More features than anybody attributes one by one. */
const mostAttributed = 100_000;

/**
 * Reads a team's own attributions: CSV or JSON Lines with `feature` and `importance`, or one JSON object of numbers by
 * feature. Signs count. The file is pull-request controlled; what it says is claimed.
 * @param source path, as shown in findings
 * @throws InputError ATTRIBUTIONS_INVALID
 */
export function parseAttributions(content: Uint8Array | string, source: string): Importances {
  const tally = new FaultTally(source);
  const file: TableFile = {
    source,
    code: 'ATTRIBUTIONS_INVALID',
    header: 'feature,importance',
    faults: tally,
  };
  const text = decodeTable(content, file).trimStart();
  const map = text.startsWith('{') ? readMap(text, file) : null;
  if (map !== null) return map;
  const features = new KeyColumn(tally, faults);
  let importance: NumberColumn | null = null;
  const rows = scanTable(text, file, (names, form) => {
    const key = placeOf({ names, file }, 'feature');
    const shape = { task: 'regression', classes: [], contract: null, scorers: [] } as const;
    const column = new NumberColumn({ file, shape, names, key, form }, 'importance', anyNumber, outside);
    importance = column;
    return (cells, row) => {
      features.add(cells[key], row);
      column.visit(cells, row);
    };
  });
  features.checkDoubled();
  const [first, ...rest] = tally.toFindings(rows);
  if (first) throw refuseInput(file.code, [first, ...rest]);
  const values = (importance as unknown as NumberColumn).finish();
  return toImportances(
    features.keys.map((name, at) => [name, values[at]]),
    file,
  );
}

/** One JSON object of numbers; null: lines with `feature` and `importance`, which begin with "{" as well. */
function readMap(text: string, file: TableFile): Importances | null {
  if (/^\{[^\n]*"feature"\s*:/.test(text)) return null;
  try {
    return toImportances(Object.entries(parseStrictJson(text, file.source) as object), file);
  } catch (error) {
    if (!(error instanceof InputError) || error.code !== 'JSON_INVALID') throw error;
    throw refuseTable(file, 'explanation/unreadable', error.message, fix);
  }
}

function toImportances(entries: readonly (readonly [string, unknown])[], file: TableFile): Importances {
  if (entries.length === 0 || entries.length > mostAttributed) {
    const message = `${file.source} names ${entries.length} features; 1 to ${mostAttributed} are read`;
    throw refuseTable(file, 'explanation/features', message, fix);
  }
  const bad = entries.filter(([, value]) => typeof value !== 'number' || !Number.isFinite(value));
  if (bad.length > 0) {
    const message = `${file.source}: ${bad.length} features have an importance that is no finite number`;
    throw refuseTable(file, 'explanation/importance', message, fix, {
      count: bad.length,
      total: entries.length,
    });
  }
  return new Map(entries.map(([name, value]) => [name, { value: value as number, noise: null }]));
}
