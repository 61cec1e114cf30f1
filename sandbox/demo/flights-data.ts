import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** Real files of the story, written from 3,000,000 flights of 2001. */
export interface FlightFiles {
  /** January to April, one CSV each: `flights-2001-01.csv` ... */
  readonly months: readonly string[];
  /** June without the delay: what a predict command may see. */
  readonly heldOutFeatures: string;
  /** June: row and whether the flight was 15 minutes late or more. Only the judge gets to see it. */
  readonly heldOutLabels: string;
  /** April with a renamed column, missing origins and an impossible delay. */
  readonly damaged: string;
}

const source = join(
  import.meta.dirname,
  '..',
  '..',
  'node_modules',
  'vega-datasets',
  'data',
  'flights-3m.parquet',
);
const numbered = `(SELECT row_number() OVER () AS row, * FROM read_parquet('${source}'))`;
const columns = `row, strftime(date, '%Y-%m-%d %H:%M') AS date`;

/**
 * Writes the story's tables into a folder.
 * @param every keep one row of so many: 1 is the whole table (about 500,000 rows a month); tests take fewer
 */
export async function writeFlights(folder: string, every: number): Promise<FlightFiles> {
  mkdirSync(folder, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const copy = async (name: string, select: string): Promise<string> => {
    const file = join(folder, name);
    await connection.run(`COPY (${select} ORDER BY row) TO '${file}' (FORMAT csv, HEADER)`);
    return file;
  };
  const month = (number: number) => `FROM ${numbered} WHERE month(date) = ${number} AND row % ${every} = 0`;
  const table = (number: number) =>
    `SELECT ${columns}, delay, distance, origin, destination ${month(number)}`;
  const months: string[] = [];
  for (const number of [1, 2, 3, 4]) months.push(await copy(`flights-2001-0${number}.csv`, table(number)));
  const files = {
    months,
    heldOutFeatures: await copy(
      'held-out-features.csv',
      `SELECT ${columns}, distance, origin, destination ${month(6)}`,
    ),
    heldOutLabels: await copy(
      'held-out-labels.csv',
      `SELECT row, (delay >= 15)::INTEGER AS late ${month(6)}`,
    ),
    damaged: await copy('damaged.csv', damage(month(4))),
  };
  connection.closeSync();
  instance.closeSync();
  return files;
}

/** `distance` became `distance_miles`, about 3 % of the origins are empty, a few delays are 99,999 minutes. */
function damage(from: string): string {
  return `SELECT ${columns},
    CASE WHEN row % 1009 < 20 AND row % 3 = 0 THEN 99999 ELSE delay END AS delay,
    distance AS distance_miles,
    CASE WHEN row % 97 < 3 THEN NULL ELSE origin END AS origin,
    destination ${from}`;
}
