/** One line of the log: a value to be worked, the numbers of those that were, or a sign of life. */
export type LogRecord =
  | { readonly kind: 'taken'; readonly number: number; readonly at: string; readonly value: unknown }
  | { readonly kind: 'done'; readonly numbers: readonly number[] }
  | { readonly kind: 'alive' };

/** A value that waits. */
export interface Entry {
  readonly number: number;
  /** ISO 8601 UTC: when it was taken, also before a restart. */
  readonly at: string;
  readonly value: unknown;
}

export interface ReadLog {
  /** Taken and not done, in the order in which they came. */
  readonly open: readonly Entry[];
  /** Whole lines that are no record: never written by us, so the disk changed them. */
  readonly damaged: number;
}

export const renderRecord = (record: LogRecord): string => `${JSON.stringify(record)}\n`;

/**
 * Reads a log as a crash left it. What stands after the last line end was never acknowledged and is ignored.
 */
export function readRecords(text: string): ReadLog {
  const open = new Map<number, Entry>();
  let damaged = 0;
  for (const line of text.split('\n').slice(0, -1)) {
    const record = parseRecord(line);
    if (record === null) damaged += 1;
    else if (record.kind === 'taken') open.set(record.number, record);
    else if (record.kind === 'done') for (const number of record.numbers) open.delete(number);
  }
  return { open: [...open.values()].map(({ number, at, value }) => ({ number, at, value })), damaged };
}

function parseRecord(line: string): LogRecord | null {
  const value = parseJson(line);
  if (typeof value !== 'object' || value === null || !('kind' in value)) return null;
  if (value.kind === 'alive') return { kind: 'alive' };
  if (value.kind === 'done' && 'numbers' in value && isNumbers(value.numbers))
    return { kind: 'done', numbers: value.numbers };
  if (value.kind !== 'taken' || !('number' in value) || !('at' in value) || !('value' in value)) return null;
  const { number, at } = value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || typeof at !== 'string') return null;
  return { kind: 'taken', number, at, value: value.value };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null; // counted by the caller
  }
}

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((one) => Number.isSafeInteger(one));
