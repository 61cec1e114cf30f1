import { type CsvRecord, readCsvRecord } from './csv-rows.ts';
import type { FaultKind } from './fault.ts';
import { notANumber } from './table-cell.ts';
import { decodeTable, refuseEmpty, refuseHeader, showNames, type TableFile } from './table-text.ts';

/** Columns of one table: classes are the most of them. */
export const mostColumns = 2_000;

/** How a cell is to be read: CSV knows text alone, JSON Lines numbers, texts and lists. */
export type TableForm = 'csv' | 'json-lines';

/**
 * Gets the cells of one well-formed row in the order of the header, and its 1-based number. The list is reused: what is
 * needed of it is copied.
 */
export type RowVisitor = (cells: readonly unknown[], row: number) => void;

const malformed: FaultKind = {
  code: 'evaluation/row-malformed',
  message: 'do not have exactly the fields of the header',
  fix: 'Write as many fields a row as the header has; put a field that holds a comma or a quote in double quotes.',
};
const malformedLine: FaultKind = {
  code: 'evaluation/row-malformed',
  message: 'are not one JSON object with the names of the first line',
  fix: 'Write one JSON object a line, each with the same names.',
};

/**
 * Reads a table row by row: CSV with a header, or JSON Lines, which is what begins with "{". The content is
 * pull-request controlled; a million rows take a quarter of a second.
 * @param open gets the names of the columns, each once; throws where they do not fit
 * @returns the number of rows, malformed ones included
 * @throws InputError with the code of the file for one that is too large, not UTF-8, empty, or has an impossible header
 * @see RFC 4180
 * @see https://jsonlines.org
 */
export function scanTable(
  content: Uint8Array | string,
  file: TableFile,
  open: (names: readonly string[], form: TableForm) => RowVisitor,
): number {
  const text = decodeTable(content, file);
  const rows = text.startsWith('{') ? scanJsonLines(text, file, open) : scanCsv(text, file, open);
  if (rows === 0) throw refuseEmpty(file, 'has a header and no rows');
  return rows;
}

type Open = Parameters<typeof scanTable>[2];

function scanCsv(text: string, file: TableFile, open: Open): number {
  const record: CsvRecord = { cells: [], fields: 0, next: 0 };
  readCsvRecord(text, record, mostColumns + 1);
  const names = record.fields < 1 ? [] : record.cells.slice(0, record.fields);
  const visit = open(requireNames(names, file), 'csv');
  const { cells } = record;
  cells.length = names.length;
  let rows = 0;
  while (record.next < text.length) {
    readCsvRecord(text, record, names.length);
    rows++;
    if (record.fields === names.length) visit(cells, rows);
    else file.faults.add(malformed, rows);
  }
  return rows;
}

function requireNames(names: readonly string[], file: TableFile): readonly string[] {
  if (names.length === 0) throw refuseHeader(file, `does not start with the header ${file.header}`);
  if (names.length > mostColumns) {
    throw refuseHeader(file, `has more than ${mostColumns} columns`, { allowed: `${mostColumns} columns` });
  }
  const doubled = names.filter((name, at) => names.indexOf(name) !== at);
  if (doubled.length > 0) throw refuseHeader(file, `names the column ${showNames(doubled)} twice`);
  return names;
}

/** Of a name that stands twice in one object the last counts, as `JSON.parse` has it: in every job alike. */
function scanJsonLines(text: string, file: TableFile, open: Open): number {
  let rows = 0;
  let names: readonly string[] = [];
  let cells: unknown[] = [];
  let visit: RowVisitor | null = null;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const object = parseLine(text.slice(start, end));
    start = end + 1;
    rows++;
    if (visit === null) {
      if (typeof object === 'string') throw refuseHeader(file, 'has no JSON object in its first line');
      names = requireNames(Object.keys(object), file);
      cells = new Array<unknown>(names.length);
      visit = open(names, 'json-lines');
    }
    if (typeof object === 'string') file.faults.add(object === 'nan' ? notANumber : malformedLine, rows);
    else if (takeCells(object, names, cells)) visit(cells, rows);
    else file.faults.add(malformedLine, rows);
  }
  return rows;
}

/** Python writes NaN where JSON has no word for it: that deserves a better answer than "malformed". */
const namesNaN = /:\s*(?:NaN|-?Infinity)\s*[,}]/;

function parseLine(line: string): Readonly<Record<string, unknown>> | 'malformed' | 'nan' {
  try {
    const value: unknown = JSON.parse(line);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Readonly<Record<string, unknown>>) : 'malformed';
  } catch {
    return namesNaN.test(line) ? 'nan' : 'malformed';
  }
}

function takeCells(
  object: Readonly<Record<string, unknown>>,
  names: readonly string[],
  cells: unknown[],
): boolean {
  let found = 0;
  for (const _ in object) found++;
  if (found !== names.length) return false;
  for (let at = 0; at < names.length; at++) {
    const name = names[at] as string;
    if (!Object.hasOwn(object, name)) return false;
    cells[at] = object[name];
  }
  return true;
}
