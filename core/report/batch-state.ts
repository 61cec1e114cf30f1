import { isName } from '../config/model-name.ts';
import { InputError } from '../error/error.ts';
import type { Digest } from '../evidence/evidence.ts';
import { canonicalJson, isDigest } from '../json/canonical.ts';
import { parseStrictJson } from '../json/strict.ts';

/** What an issue can be open for: the data on the branch, a batch that was to come in, a retention that ends soon. */
export const subjects = ['repository', 'ingest', 'retention'] as const;
export type Subject = (typeof subjects)[number];

/** Why the issue is open, as one watch run after the other found it. */
export interface Cause {
  /** ISO 8601, UTC: the first of the runs in a row that found it. */
  readonly since: string;
  /** Runs in a row that found it. */
  readonly looks: number;
  readonly run: number;
  /** Digest over the rules that fail: another one is news. */
  readonly key: Digest;
  /** The same as text: code, column, rule. Never a value of the data. */
  readonly rules: readonly string[];
}

/** What the issue of a dataset remembers, in its last line. */
export interface BatchState {
  readonly v: 1;
  readonly dataset: string;
  /** How many changes were told in comments. */
  readonly changes: number;
  /** The newest run that looked at a subject; 0: none. */
  readonly seen: Readonly<Record<Subject, number>>;
  readonly causes: Readonly<Partial<Record<Subject, Cause>>>;
  /** `digestRefusal` of each batch that was refused and not passed since; oldest first. */
  readonly refused: readonly Digest[];
}

export const emptyBatchState = (dataset: string): BatchState => ({
  v: 1,
  dataset,
  changes: 0,
  seen: { repository: 0, ingest: 0, retention: 0 },
  causes: {},
  refused: [],
});

/**
 * Writes the first line of the issue.
 * @throws InputError MARKER for a name that is no dataset's
 */
export function writeBatchMarker(dataset: string): string {
  if (isName(dataset)) return `<!-- gatehouse:dataset:${dataset}; -->`;
  throw new InputError('MARKER', 'The name of the dataset cannot stand in a hidden comment', {
    hint: 'Report this: names are checked before a report is made.',
  });
}

/** Reads the marker in the first line of an issue; null unless the line is exactly one. Anybody can paste one. */
export function parseBatchMarker(body: string): string | null {
  const line = body.split(/\r?\n/, 1)[0] ?? '';
  const name = /^<!-- gatehouse:dataset:([^;]+); -->$/.exec(line)?.[1];
  return isName(name) ? name : null;
}

/** Writes the last line of the issue. Whatever could end the HTML comment is written as JSON escapes. */
export function writeBatchState(state: BatchState): string {
  const text = canonicalJson(state).replace(
    /[<>-]/g,
    (mark) => `\\u00${mark.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `<!-- gatehouse:batch ${text} -->`;
}

/** Reads the last line of an issue; null unless it is exactly a state: somebody edited the issue. */
export function parseBatchState(body: string): BatchState | null {
  const line = body.trimEnd().split(/\r?\n/).at(-1) ?? '';
  const text = /^<!-- gatehouse:batch (\{[^<>-]*\}) -->$/.exec(line)?.[1];
  return text === undefined ? null : readState(text);
}

function readState(text: string): BatchState | null {
  const { v, dataset, changes, seen, causes, refused } = asObject(readJson(text));
  if (v !== 1 || !isName(dataset) || !isCount(changes)) return null;
  if (!Array.isArray(refused) || !refused.every(isDigest)) return null;
  const runs = asObject(seen);
  const found = asObject(causes);
  if (!subjects.every((subject) => isCount(runs[subject]))) return null;
  if (!Object.entries(found).every(([name, cause]) => subjects.some((one) => one === name) && isCause(cause)))
    return null;
  return { v, dataset, changes, seen: runs, causes: found, refused } as BatchState;
}

function isCause(value: unknown): value is Cause {
  const { since, looks, run, key, rules } = asObject(value);
  const texts = Array.isArray(rules) && rules.every((rule) => typeof rule === 'string');
  return typeof since === 'string' && isCount(looks) && isCount(run) && isDigest(key) && texts;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

function readJson(text: string): unknown {
  try {
    return parseStrictJson(text, 'issue');
  } catch {
    return null; // Somebody edited it: there is no state, and who needs one says so.
  }
}
