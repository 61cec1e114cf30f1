/** A record that is no record of RFC 4180. */
export const malformedRecord = -1;

/** What was read of one record; reused for every row: a million small objects would cost more than the scan. */
export interface CsvRecord {
  readonly cells: string[];
  /** Fields found, more than `cells` holds where there are too many; `malformedRecord`. */
  fields: number;
  /** Where the next record begins. */
  next: number;
}

const quote = 34;
const comma = 44;
const newline = 10;
const carriageReturn = 13;

/**
 * Reads the record that begins at `record.next` into `record`.
 * LF and CRLF end a record; a quote inside of a field without quotes is a fault, a lone CR is text.
 * @param most cells that are kept: the text is pull-request controlled, and a line of commas must not fill the memory
 * @see RFC 4180
 */
export function readCsvRecord(text: string, record: CsvRecord, most: number): void {
  let at = record.next;
  let fields = 0;
  for (;;) {
    const start = at;
    const quoted = text.charCodeAt(at) === quote;
    at = quoted ? findClose(text, at) : findEnd(text, at);
    if (at < 0) {
      skipRecord(text, start, record);
      return;
    }
    if (fields < most) record.cells[fields] = quoted ? unquote(text, start, at) : text.slice(start, at);
    fields++;
    const code = text.charCodeAt(at);
    if (code === comma) {
      at++;
      continue;
    }
    record.fields = fields;
    if (at >= text.length) record.next = at;
    else if (code === newline) record.next = at + 1;
    else if (code === carriageReturn && text.charCodeAt(at + 1) === newline) record.next = at + 2;
    else skipRecord(text, at, record);
    return;
  }
}

/** Where a field without quotes ends; -1: it holds a quote. */
function findEnd(text: string, start: number): number {
  const { length } = text;
  for (let at = start; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code === comma || code === newline) return at;
    if (code === quote) return -1;
    if (code === carriageReturn && text.charCodeAt(at + 1) === newline) return at;
  }
  return length;
}

/** The place behind the closing quote; -1: it never closes. */
function findClose(text: string, start: number): number {
  for (let from = start + 1; ; from += 2) {
    from = text.indexOf('"', from);
    if (from < 0) return -1;
    if (text.charCodeAt(from + 1) !== quote) return from + 1;
  }
}

const unquote = (text: string, start: number, end: number): string =>
  text.slice(start + 1, end - 1).replaceAll('""', '"');

/** A faulty record ends with its line: a quote that never closes costs one row, not all that follow. */
function skipRecord(text: string, from: number, record: CsvRecord): void {
  const end = text.indexOf('\n', from);
  record.fields = malformedRecord;
  record.next = end < 0 ? text.length : end + 1;
}
