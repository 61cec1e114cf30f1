import type { InputError } from '../error/error.ts';
import type { Finding } from '../finding/finding.ts';
import type { FaultTally } from './fault.ts';
import { refuseInput } from './refusal.ts';

/** The largest file that is read: 256 MiB is more than ten million rows. */
export const maxBytes = 256 * 1024 * 1024;

/** A table of predictions or labels, and how to complain about it. */
export interface TableFile {
  /** Path, as shown in findings. */
  readonly source: string;
  /** Error code when the file cannot be read at all, UPPER_SNAKE. */
  readonly code: string;
  /** How the header of such a file looks: `key,score`. */
  readonly header: string;
  readonly faults: FaultTally;
}

/**
 * Turns the bytes of a table into text, without a byte order mark. They are pull-request controlled.
 * @throws InputError with the code of the file when it is too large, not UTF-8, or empty
 */
export function decodeTable(content: Uint8Array | string, file: TableFile): string {
  if (content.length > maxBytes) {
    const message = `${file.source} has ${content.length} bytes; ${maxBytes} are allowed`;
    throw refuseTable(
      file,
      'evaluation/too-large',
      message,
      `Write the columns ${file.header} and no others.`,
    );
  }
  const text = typeof content === 'string' ? content.replace(/^\uFEFF/, '') : decode(content, file);
  if (!/\S/.test(text)) throw refuseEmpty(file, 'is empty');
  return text;
}

function decode(bytes: Uint8Array, file: TableFile): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refuseTable(
      file,
      'evaluation/not-text',
      `${file.source} is not UTF-8 text`,
      'Write the file as UTF-8.',
    );
  }
}

/** Refuses a table that says nothing. */
export function refuseEmpty(file: TableFile, what: string): InputError {
  return refuseTable(file, 'evaluation/empty', `${file.source} ${what}`, headerFix(file));
}

/** Refuses a table for its columns. @param what follows the name of the file: `has no column "key"` */
export function refuseHeader(file: TableFile, what: string, details: Partial<Finding> = {}): InputError {
  return refuseTable(file, 'evaluation/header', `${file.source} ${what}`, headerFix(file), details);
}

/** Refuses a whole table for one reason. */
export function refuseTable(
  file: TableFile,
  code: string,
  message: string,
  fix: string,
  details: Partial<Finding> = {},
): InputError {
  const where = { file: file.source };
  return refuseInput(file.code, [{ ...details, code, severity: 'fail', message, where, fix }]);
}

const headerFix = ({ header }: TableFile): string =>
  `Write the header line "${header}" and below it one line a row, or one JSON object a line with these names.`;

const namesShown = 10;
const nameLength = 60;

/** Names of columns as messages show them: pull-request controlled, so they are cut and made well-formed. */
export function showNames(names: readonly string[]): string {
  const shown = names.slice(0, namesShown).map((name) => `"${name.slice(0, nameLength).toWellFormed()}"`);
  const more = names.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
