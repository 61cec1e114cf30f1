import type { Json } from '@duckdb/node-api';

export type { Json };

/** Runs one statement and reads all of its rows. */
export type Ask = (sql: string) => Promise<readonly (readonly Json[])[]>;

/**
 * A count of the engine; 64-bit counts arrive as text.
 * @throws TypeError for anything else: a count that is no count must never become a small one
 */
export function toCount(value: Json | undefined): number {
  const count = Number(value);
  if (value === null || value === undefined || !Number.isSafeInteger(count) || count < 0)
    throw new TypeError(`a count that is no count: ${value}`);
  return count;
}

export function toText(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
