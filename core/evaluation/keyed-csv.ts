import type { Finding } from '../finding/finding.ts';
import type { FaultKind, FaultTally } from './fault.ts';
import { refuseInput } from './refusal.ts';

/** The largest file that is read: 256 MiB is more than ten million rows. */
export const maxBytes = 256 * 1024 * 1024;

const malformed: FaultKind = {
  code: 'evaluation/row-malformed',
  message: 'are not exactly two fields',
  fix: 'Write two fields a row, separated by one comma; put a field that holds a comma or a quote in double quotes.',
};

export interface KeyedCsv {
  /** Path, as shown in findings. */
  readonly source: string;
  /** What the first column may be called, and how the second is called. */
  readonly keyNames: readonly string[];
  readonly valueName: string;
  /** Error code when the file cannot be read at all. */
  readonly code: string;
  readonly faults: FaultTally;
}

/**
 * Reads a CSV file of two columns row by row. The file is pull-request controlled.
 * @param visit gets key, value and 1-based row number of every well-formed row
 * @returns the number of rows, malformed ones included
 * @throws InputError with `code` for a file that is too large, not UTF-8, empty, or has another header
 * @see RFC 4180
 */
export function scanKeyedCsv(
  content: Uint8Array | string,
  file: KeyedCsv,
  visit: (key: string, value: string, row: number) => void,
): number {
  const text = decode(content, file);
  const quoted = text.includes('"');
  const readRecord = quoted ? readQuotedRecord : readPlainRecord;
  const record: Row = { key: '', value: '', fields: 0, next: 0 };
  if (text.trim() === '') throw fault(file, 'evaluation/empty', `${file.source} is empty`, headerFix(file));
  readRecord(text, 0, record);
  checkHeader(record, file);
  let rows = 0;
  while (record.next < text.length) {
    readRecord(text, record.next, record);
    rows++;
    if (record.fields === 2) visit(record.key, record.value, rows);
    else file.faults.add(malformed, rows);
  }
  if (rows === 0)
    throw fault(file, 'evaluation/empty', `${file.source} has a header and no rows`, headerFix(file));
  return rows;
}

/** One record, reused for every row: half a million small objects would cost more than the scan. */
interface Row {
  key: string;
  value: string;
  /** 2 when well-formed; anything else is a fault. */
  fields: number;
  next: number;
}

function readPlainRecord(text: string, start: number, row: Row): void {
  const newline = text.indexOf('\n', start);
  row.next = newline === -1 ? text.length : newline + 1;
  let end = newline === -1 ? text.length : newline;
  if (end > start && text.charCodeAt(end - 1) === 13) end--;
  const comma = text.indexOf(',', start);
  if (comma === -1 || comma >= end) {
    row.fields = 1;
    return;
  }
  row.key = text.slice(start, comma);
  row.value = text.slice(comma + 1, end);
  row.fields = row.value.includes(',') ? 3 : 2;
}

/** A field in quotes may hold commas, line breaks and doubled quotes. */
function readQuotedRecord(text: string, start: number, row: Row): void {
  let at = start;
  row.fields = 0;
  for (;;) {
    const [value, end] = text[at] === '"' ? readQuotedField(text, at) : readBareField(text, at);
    row.fields++;
    if (row.fields === 1) row.key = value;
    else row.value = value;
    if (end >= text.length || text[end] !== ',') {
      const newline = text.indexOf('\n', end);
      row.next = newline === -1 ? text.length : newline + 1;
      // Text between a closing quote and the end of the line, or a quote that never closes.
      if (text.slice(end, row.next).trim() !== '' || end > text.length) row.fields = 0;
      return;
    }
    at = end + 1;
  }
}

function readBareField(text: string, start: number): readonly [value: string, end: number] {
  let end = start;
  while (end < text.length && text[end] !== ',' && text[end] !== '\n' && text[end] !== '\r') end++;
  return [text.slice(start, end), end];
}

/** @returns an end beyond the text when the quote never closes */
function readQuotedField(text: string, start: number): readonly [value: string, end: number] {
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return ['', text.length + 1];
    if (text[quote + 1] !== '"') return [text.slice(start + 1, quote).replaceAll('""', '"'), quote + 1];
    from = quote + 2;
  }
}

function decode(content: Uint8Array | string, file: KeyedCsv): string {
  const size = content.length;
  if (size > maxBytes) {
    const message = `${file.source} has ${size} bytes; ${maxBytes} are allowed`;
    throw fault(file, 'evaluation/too-large', message, 'Write two columns only: key and score.');
  }
  if (typeof content === 'string') return content.startsWith('\uFEFF') ? content.slice(1) : content;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw fault(file, 'evaluation/not-text', `${file.source} is not UTF-8 text`, 'Write the file as UTF-8.');
  }
}

function checkHeader(row: Row, file: KeyedCsv): void {
  const fits = row.fields === 2 && file.keyNames.includes(row.key) && row.value === file.valueName;
  if (fits) return;
  const message = `${file.source} does not start with the header ${file.keyNames[0]},${file.valueName}`;
  throw fault(file, 'evaluation/header', message, headerFix(file));
}

function headerFix(file: KeyedCsv): string {
  return `Write the header line "${file.keyNames[0]},${file.valueName}" and below it one line a row.`;
}

function fault(file: KeyedCsv, code: string, message: string, fix: string) {
  const finding: Finding = { code, severity: 'fail', message, where: { file: file.source }, fix };
  return refuseInput(file.code, [finding]);
}
