import type { Json } from '@duckdb/node-api';

/** Runs one statement and reads all of its rows. */
export type Ask = (sql: string) => Promise<readonly (readonly Json[])[]>;
