import type { PermutationConfig } from '../config/explain.ts';
import { InputError } from '../error/error.ts';
import type { FeatureTable } from '../evaluation/feature-table.ts';
import { digestOf } from '../json/canonical.ts';
import { seedGenerator } from '../statistics/mulberry32.ts';
import { sampleRows } from '../statistics/sample-rows.ts';

/** Rows of the permuted set: columns times repeats times rows of the sample. */
export const mostPermutedRows = 1_000_000;
/** Columns that are permuted at most. */
export const mostPermutedColumns = 50;

/** Which row of the permuted set is what: row `((column * repeats) + repeat) * sample + place`. */
export interface PermutedLayout {
  /** Columns that are shuffled, in order. */
  readonly columns: readonly string[];
  readonly repeats: number;
  /** Row numbers in the order of the features' file, ascending: the same rows for every column. */
  readonly sample: Uint32Array;
  /** Of the whole set. */
  readonly rows: number;
}

/**
 * Draws the held-out rows that importance is measured on: the same for every column, fewer than model.yml asks where the
 * set would pass its limit.
 * @param heldOutRows of the features
 * @returns row numbers in the order of the features' file, ascending
 */
export function permutedSample(config: PermutationConfig, heldOutRows: number): Uint32Array {
  const columns = config.columns?.length ?? mostPermutedColumns;
  const room = Math.floor(mostPermutedRows / (columns * config.repeats));
  return sampleRows(heldOutRows, Math.min(config.rows, room), seedOf({ seed: config.seed, drawn: 'rows' }));
}

/**
 * Lays out the permuted set.
 * @param columns of the features, without the key
 * @throws InputError EXPLAIN_COLUMN for a column of model.yml that the features do not have
 */
export function planPermutation(
  config: PermutationConfig,
  heldOutRows: number,
  columns: readonly string[],
): PermutedLayout {
  const missing = config.columns?.find((column) => !columns.includes(column));
  if (missing !== undefined) {
    const message = `"explain" of model.yml names the column "${missing}", which the held-out features do not have`;
    throw new InputError('EXPLAIN_COLUMN', message, {
      hint: 'Correct the name in model.yml; the key is no feature.',
    });
  }
  const chosen = config.columns ?? columns.slice(0, mostPermutedColumns);
  const sample = permutedSample(config, heldOutRows);
  const { repeats } = config;
  return { columns: chosen, repeats, sample, rows: chosen.length * repeats * sample.length };
}

/**
 * Keys of the permuted set in the order of its rows: whole numbers from 1, which commands read that take keys for numbers
 * as well as those that take them for text.
 */
export const permutedKeys = ({ rows }: Pick<PermutedLayout, 'rows'>): readonly string[] =>
  Array.from({ length: rows }, (_, at) => String(at + 1));

/** A table to be scored: rows are made when they are asked for, so that it never lies in memory. */
export interface PermutedTable {
  /** Header: the key first. */
  readonly columns: readonly string[];
  readonly rows: number;
  /** Cells of a row in the order of `columns`. */
  readonly rowAt: (at: number) => readonly string[];
}

/**
 * Makes the permuted set: for each column and repeat the sampled rows, with the cells of that column dealt out anew among
 * them. What a model loses by that is what it had from the column.
 * @param key name of the key column; keys are those of `permutedKeys`
 * @throws InputError EXPLAIN_COLUMN
 * @see Breiman, Random Forests, 2001, section 10
 */
export function permutedTable(features: FeatureTable, key: string, config: PermutationConfig): PermutedTable {
  const layout = planPermutation(config, features.keys.length, [...features.columns.keys()]);
  const tables = layout.columns.map((column) => shuffleColumn(features, key, column, config));
  const each = layout.repeats * layout.sample.length;
  return {
    columns: [key, ...features.columns.keys()],
    rows: layout.rows,
    rowAt: (at) => [
      String(at + 1),
      ...(tables[Math.floor(at / each)] as PermutedTable).rowAt(at % each).slice(1),
    ],
  };
}

/** The part of the set that one column has: all its repeats, keys from 1. */
function shuffleColumn(
  features: FeatureTable,
  key: string,
  column: string,
  config: PermutationConfig,
): PermutedTable {
  const sample = permutedSample(config, features.keys.length);
  const columns = [...features.columns];
  const orders = Array.from({ length: config.repeats }, (_, repeat) =>
    shuffle(sample, seedOf({ seed: config.seed, column, repeat })),
  );
  return {
    columns: [key, ...columns.map(([name]) => name)],
    rows: sample.length * config.repeats,
    rowAt(at) {
      const place = at % sample.length;
      const order = orders[Math.floor(at / sample.length)] as Uint32Array;
      return [
        String(at + 1),
        ...columns.map(
          ([name, cells]) => cells[(name === column ? order : sample)[place] as number] as string,
        ),
      ];
    },
  };
}

/** Another column, another repeat, other draws: hashed, since neighbouring seeds give neighbouring numbers. */
const seedOf = (from: Readonly<Record<string, string | number>>): number =>
  Number.parseInt(digestOf(from).slice('sha256:'.length, 'sha256:'.length + 8), 16);

/** @see Fisher and Yates; Durstenfeld, Algorithm 235 */
function shuffle(rows: Uint32Array, seed: number): Uint32Array {
  const next = seedGenerator(seed);
  const order = Uint32Array.from(rows);
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1));
    const row = order[at] as number;
    order[at] = order[other] as number;
    order[other] = row;
  }
  return order;
}
