import { InputError } from '../error/error.ts';
import { isForbiddenKey } from '../json/strict.ts';

/** One value that a file names, whatever it is. */
export interface ClaimedLeaf {
  /** Keys from the top. */
  readonly path: readonly string[];
  readonly value: unknown;
  /** From 1, where the format has lines. */
  readonly line?: number;
}

/** What a file claims. */
export interface ClaimedMetrics {
  /** Finite numbers by their dotted names. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Sentences for the log: numbers that somebody meant and that are none. */
  readonly notes: readonly string[];
}

/** Nobody reads more, and every one of them stands in the run record. */
const mostValues = 10_000;

/** A number that is written as text, as `json.dumps(default=str)` does it, or one of the words for what no number is. */
const numberLike =
  /^[+-]?(?:\d+\.\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|\d+e[+-]?\d+|\.?nan|\.?inf|infinity)$/i;

/**
 * Makes metrics of the values in a file. What is no number is left out, as DVC does it: text, truth values, lists,
 * nothing. A training that took hours does not fail because of a number that gates nothing, but its log says what was
 * left out although somebody meant a number.
 * @param source path for messages
 * @throws InputError CLAIMED_METRICS for over 10,000 values, or with the place of a name that two have or none can have
 * @see https://github.com/iterative/dvc/blob/main/dvc/repo/metrics/show.py, _extract_metrics
 */
export function toClaimedMetrics(leaves: readonly ClaimedLeaf[], source: string): ClaimedMetrics {
  if (leaves.length > mostValues)
    throw refuseClaimed(source, `it holds ${leaves.length} values, at most ${mostValues} are allowed`);
  const metrics = new Map<string, number>();
  const notes: string[] = [];
  for (const leaf of leaves) {
    const name = leaf.path.join('.');
    const { value } = leaf;
    if (isMeantAsNumber(value))
      notes.push(`${source}: ${shown(name)} is ${shown(String(value))}, no number: left out`);
    if (typeof value !== 'number' || !Number.isFinite(value)) continue;
    if (isForbiddenKey(name) || name === '') throw refuseLeaf(source, leaf, 'no metric can have this name');
    if (metrics.has(name)) throw refuseLeaf(source, leaf, 'two values have this name');
    metrics.set(name, value);
  }
  return { metrics: Object.fromEntries(metrics), notes };
}

const isMeantAsNumber = (value: unknown): boolean =>
  typeof value === 'string'
    ? numberLike.test(value.trim())
    : typeof value === 'number' && !Number.isFinite(value);

/** Of a file that the proposer writes: no line end of it gets into the log. */
const shown = (text: string): string => JSON.stringify(text.slice(0, 120));

const allowed =
  'JSON, YAML or TOML of names and numbers (nested names are joined by dots), the JSON of an MLflow run, a .tsv of dvclive, a .csv with one line for each epoch, or a folder of dvclive or of MLflow';

/** @param place line from 1, or keys from the top */
export function refuseClaimed(
  source: string,
  what: string,
  place: { readonly line?: number; readonly pointer?: string } = {},
): InputError {
  return new InputError('CLAIMED_METRICS', `${source}: ${what}`, {
    hint: `Write one of: ${allowed}. Leave out what was not computed.`,
    where: { file: source, ...place },
  });
}

export const toPointer = (path: readonly string[]): string =>
  path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

function refuseLeaf(source: string, { path, line }: ClaimedLeaf, what: string): InputError {
  const place = line === undefined ? { pointer: toPointer(path) } : { line };
  return refuseClaimed(source, `${shown(path.join('.'))}: ${what}`, place);
}
