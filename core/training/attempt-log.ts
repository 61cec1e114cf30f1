import { z } from 'zod';
import { retryCauses } from '../config/train.ts';
import { InputError } from '../error/error.ts';
import type { Digest } from '../evidence/evidence.ts';
import { canonicalJson, isDigest } from '../json/canonical.ts';
import { parseStrictJson } from '../json/strict.ts';
import type { Attempt } from './attempt.ts';

/** An attempt of which no end was recorded. */
export type OpenAttempt = Omit<Attempt, 'durationMs' | 'outcome' | 'how'>;

/** What the next job must know of the attempts so far: the file `attempts.json` of small artifacts and checkpoints. */
export interface AttemptLog {
  readonly v: 1;
  readonly runId: number;
  /** In order. */
  readonly ended: readonly Attempt[];
  /** Null between attempts. */
  readonly open: OpenAttempt | null;
  /** ISO 8601 UTC, when it was written: the open attempt was alive then. */
  readonly heardAt: string;
}

/** Place of a log among those of its run. */
export interface AttemptLogName {
  readonly runAttempt: number;
  readonly number: number;
}

export const attemptLogFileName = 'attempts.json';
export const maxAttemptLogBytes = 256 * 1024;
/** More than all jobs of a run can make: 10 attempts each. */
const maxAttempts = 200;

export const attemptArtifactName = (key: string, { runAttempt, number }: AttemptLogName): string =>
  `gatehouse-attempts-${key}-${runAttempt}-${number}`;

/** @returns null for any other artifact, of another training too */
export function parseAttemptArtifactName(key: string, name: string): AttemptLogName | null {
  const prefix = `gatehouse-attempts-${key}-`;
  if (!name.startsWith(prefix)) return null;
  const [, runAttempt, number] = /^([1-9]\d{0,4})-([1-9]\d{0,4})$/.exec(name.slice(prefix.length)) ?? [];
  return runAttempt === undefined ? null : { runAttempt: Number(runAttempt), number: Number(number) };
}

/**
 * Lists all attempts of a log, as the next job sees them: one without an end was lost with its runner.
 * Its duration is what is known: it lived at least so long.
 */
export function closeAttempts(log: AttemptLog): readonly Attempt[] {
  if (log.open === null) return log.ended;
  const durationMs = Math.max(0, Date.parse(log.heardAt) - Date.parse(log.open.startedAt));
  const how = `nothing was heard of it after ${log.heardAt}`;
  return [...log.ended, { ...log.open, durationMs, outcome: 'lost-runner', how }];
}

/** Of what several artifacts tell of one training the last word counts. */
export function newestAttemptLog(logs: readonly (AttemptLog | null)[]): AttemptLog | null {
  const known = logs.filter((log) => log !== null);
  return known.toSorted((a, b) => Date.parse(a.heardAt) - Date.parse(b.heardAt)).at(-1) ?? null;
}

export const renderAttemptLog = (log: AttemptLog): string => canonicalJson(log);

const id = z.int().positive();
const line = z.string().max(200);
const instant = z.iso.datetime();
const begun = {
  number: id.max(10_000),
  runAttempt: id.max(100_000),
  runner: line,
  startedAt: instant,
  resumedFrom: z.custom<Digest>(isDigest).nullable(),
};
const schema = z.strictObject({
  v: z.literal(1),
  runId: id,
  ended: z
    .array(
      z.strictObject({
        ...begun,
        durationMs: z.number().min(0),
        outcome: z.enum(['done', 'failed', 'cancelled', 'timed-out', ...retryCauses]),
        how: line,
      }),
    )
    .max(maxAttempts),
  open: z.strictObject(begun).nullable(),
  heardAt: instant,
});

/**
 * Reads the attempts that an earlier job recorded. It ran pull-request code: what it says is claimed.
 * @throws InputError ATTEMPTS_INVALID
 */
export function parseAttemptLog(text: string, runId: number): AttemptLog {
  const parsed = schema.safeParse(readJson(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refuse(`at ${issue?.path.join('.') || 'its top'}: ${issue?.message}`);
  }
  if (parsed.data.runId !== runId) throw refuse('it is of another run');
  return parsed.data;
}

function readJson(text: string): unknown {
  try {
    return parseStrictJson(text, attemptLogFileName);
  } catch (cause) {
    throw refuse('it is no JSON that we read', cause);
  }
}

function refuse(why: string, cause?: unknown): InputError {
  return new InputError('ATTEMPTS_INVALID', `${attemptLogFileName} is not believed: ${why}`, {
    hint: 'Earlier attempts of this run are then not shown, and not counted.',
    cause,
  });
}
