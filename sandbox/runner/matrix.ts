import { type Mapping, mappingOf } from './workflow.ts';

/** One combination of a matrix, in declared order. */
export type Combination = Readonly<Record<string, unknown>>;

const MAX_JOBS = 256;

/**
 * Expands a resolved `strategy.matrix`: product of the axes, minus `exclude`, then `include`.
 * @throws Error when it is empty or makes more than 256 jobs.
 * @see https://docs.github.com/actions/reference/workflow-syntax-for-github-actions#jobsjob_idstrategymatrix
 */
export function expandMatrix(matrix: unknown): readonly Combination[] {
  const { include, exclude, ...axes } = mappingOf(matrix);
  const product = Object.entries(axes).reduce<Combination[]>(
    (rows, [name, values]) =>
      rows.flatMap((row) => asList(name, values).map((value) => ({ ...row, [name]: value }))),
    Object.keys(axes).length === 0 ? [] : [{}],
  );
  const excluded = exclude === undefined ? [] : asList('exclude', exclude).map(mappingOf);
  const kept = product.filter((row) => !excluded.some((drop) => isPart(drop, row)));
  const rows =
    include === undefined ? kept : includeRows(kept, asList('include', include).map(mappingOf), axes);
  if (rows.length === 0) throw new Error('Matrix must define at least one vector');
  if (rows.length > MAX_JOBS)
    throw new Error(`The matrix makes ${rows.length} jobs; at most ${MAX_JOBS} are allowed`);
  return rows;
}

/** The suffix of a matrix job's name: ` (a, 1)`. */
export function matrixSuffix(combination: Combination): string {
  const values = Object.values(combination).flatMap(leaves);
  return values.length === 0 ? '' : ` (${values.join(', ')})`;
}

function includeRows(rows: Combination[], includes: readonly Mapping[], axes: Mapping): Combination[] {
  const originals = rows.map((row) => ({ ...row }));
  const extended = rows.map((row) => ({ ...row }));
  const added: Combination[] = [];
  for (const extra of includes) {
    const shared = Object.keys(extra).filter((key) => Object.hasOwn(axes, key));
    // An include joins every combination whose original axis values it does not overwrite.
    const hits = originals.flatMap((row, index) =>
      shared.every((key) => isSame(row[key], extra[key])) ? [index] : [],
    );
    if (hits.length === 0) added.push({ ...extra });
    for (const index of hits) Object.assign(extended[index] ?? {}, extra);
  }
  return [...extended, ...added];
}

function asList(name: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`A sequence was expected for matrix '${name}'`);
  return value;
}

function isPart(part: Mapping, row: Combination): boolean {
  return Object.entries(part).every(([key, value]) => isSame(row[key], value));
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function leaves(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [String(value)];
}
