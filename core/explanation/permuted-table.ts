import type { PermutationConfig } from '../config/explain.ts';
import { InputError } from '../error/error.ts';
import type { FeatureTable } from '../evaluation/feature-table.ts';
import { digestOf } from '../json/canonical.ts';
import { seedGenerator } from '../statistics/mulberry32.ts';
import { sampleRows } from '../statistics/sample-rows.ts';

/** Rows of the permuted set: columns times repeats times rows of the sample. */
export const mostPermutedRows = 1_000_000;
/** Columns that are permuted when model.yml names none. */
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
 * Lays out the permuted set. The sample is smaller than model.yml asks where the set would pass its limit.
 * @throws InputError EXPLAIN_COLUMN for a column that the features do not have
 */
export function planPermutation(
  config: PermutationConfig,
  features: { readonly keys: readonly string[]; readonly columns: ReadonlyMap<string, unknown> },
): PermutedLayout {
  const columns = config.columns ?? [...features.columns.keys()].slice(0, mostPermutedColumns);
  const missing = columns.find((column) => !features.columns.has(column));
  if (missing !== undefined) {
    const message = `"explain" of model.yml names the column "${missing}", which the held-out features do not have`;
    throw new InputError('EXPLAIN_COLUMN', message, {
      hint: 'Correct the name in model.yml; the key is no feature.',
    });
  }
  const { repeats, seed } = config;
  const room = Math.floor(mostPermutedRows / Math.max(1, columns.length * repeats));
  const drawn = seedOf({ seed, drawn: 'rows' });
  const sample = sampleRows(features.keys.length, Math.min(config.rows, room), drawn);
  return { columns, repeats, sample, rows: columns.length * repeats * sample.length };
}

/** Keys of the permuted set in the order of its rows. */
export const permutedKeys = ({ rows }: PermutedLayout): readonly string[] =>
  Array.from({ length: rows }, (_, at) => String(at + 1));

/** The input of the permuted set: rows are made when they are asked for, so that the set never lies in memory. */
export interface PermutedTable {
  /** Header: the key first. */
  readonly columns: readonly string[];
  readonly rows: number;
  /** Cells of a row in the order of `columns`. */
  readonly rowAt: (at: number) => readonly string[];
}

/**
 * Makes the input of the permuted set: for each column and repeat the sampled rows, with the cells of that column dealt
 * out anew among them. What a model loses by that is what it had from the column.
 * @param key name of the key column; keys are new, whole numbers from 1
 * @throws InputError EXPLAIN_COLUMN
 * @see Breiman, Random Forests, 2001, section 10
 */
export function permutedTable(features: FeatureTable, key: string, config: PermutationConfig): PermutedTable {
  const layout = planPermutation(config, features);
  const { sample, repeats } = layout;
  const columns = [...features.columns];
  const orders = layout.columns.flatMap((column) =>
    Array.from({ length: repeats }, (_, repeat) => ({
      column,
      order: shuffle(sample, seedOf({ seed: config.seed, column, repeat })),
    })),
  );
  return {
    columns: [key, ...columns.map(([name]) => name)],
    rows: layout.rows,
    rowAt(at) {
      const place = at % sample.length;
      const shuffled = orders[Math.floor(at / sample.length)];
      return [
        String(at + 1),
        ...columns.map(([name, cells]) => {
          const row = (name === shuffled?.column ? shuffled.order : sample)[place];
          return cells[row ?? -1] ?? '';
        }),
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
