import { z } from 'zod';
import { InputError } from '../error/error.ts';
import type { Digest } from '../evidence/evidence.ts';
import { canonicalJson, digestOf, isDigest } from '../json/canonical.ts';
import { parseStrictJson } from '../json/strict.ts';

/** One file of a checkpoint. */
export interface CheckpointFile {
  /** Relative to the checkpoint folder, with `/`. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Of its bytes. */
  readonly digest: Digest;
}

/** What a checkpoint holds: the file `checkpoint.json` of its artifact. */
export interface Checkpoint {
  readonly v: 1;
  readonly runId: number;
  readonly runAttempt: number;
  /** 1, 2, 3 ... in one attempt of the run. */
  readonly number: number;
  /** ISO 8601 UTC, when it was kept safe. */
  readonly savedAt: string;
  /** Of `files` alone: equal folders have equal digests. */
  readonly digest: Digest;
  /** In order of their paths. In the artifact the first lies as `f0001`: names of a zip never become paths. */
  readonly files: readonly CheckpointFile[];
}

/** Place of a checkpoint among those of its run. */
export interface CheckpointName {
  readonly runAttempt: number;
  readonly number: number;
  /** First 16 hex characters of its digest. */
  readonly start: string;
}

export const checkpointFileName = 'checkpoint.json';
/** The directory of the zip stays within what its reader takes. */
export const maxCheckpointFiles = 1000;
/** 1000 paths of 500 characters, three bytes each, take less. */
export const maxCheckpointTextBytes = 2 * 1024 * 1024;

/** @returns a name for file number `at` (from 0) inside the artifact */
export const storedName = (at: number): string => `f${String(at + 1).padStart(4, '0')}`;

/**
 * Names the trainings of one run apart: jobs of several models, and trials of a search, run side by side.
 * @param trial number of a trial, null outside a search
 */
export function trainingKey(model: string, trial: number | null): string {
  return `${model.replaceAll('/', '.')}${trial === null ? '' : `.${trial}`}`;
}

export function checkpointArtifactName(key: string, checkpoint: Checkpoint): string {
  const { runAttempt, number, digest } = checkpoint;
  return `gatehouse-checkpoint-${key}-${runAttempt}-${number}-${digest.slice(7, 23)}`;
}

/** @returns null for any other artifact, of another training too */
export function parseCheckpointName(key: string, name: string): CheckpointName | null {
  const prefix = `gatehouse-checkpoint-${key}-`;
  if (!name.startsWith(prefix)) return null;
  const [, runAttempt, number, start] =
    /^([1-9]\d{0,4})-([1-9]\d{0,4})-([0-9a-f]{16})$/.exec(name.slice(prefix.length)) ?? [];
  if (start === undefined) return null;
  return { runAttempt: Number(runAttempt), number: Number(number), start };
}

/** In the order of their paths, so that equal folders have equal digests wherever they were listed. */
export function sortCheckpointFiles<T extends { readonly path: string }>(files: readonly T[]): readonly T[] {
  return files.toSorted((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)));
}

export const digestCheckpoint = (files: readonly CheckpointFile[]): Digest => digestOf(files);

export const renderCheckpoint = (checkpoint: Checkpoint): string => canonicalJson(checkpoint);

/** Can a checkpoint have a file at this path? Also on a machine where `\` and case do not count. */
export function isCheckpointPath(path: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (path.length > 500 || /[\u0000-\u001f\u007f\\]/.test(path) || !path.isWellFormed()) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

const sizeBytes = z.int().min(0);
const digest = z.custom<Digest>(isDigest);
const id = z.int().positive();
const schema = z.strictObject({
  v: z.literal(1),
  runId: id,
  runAttempt: id,
  number: id,
  savedAt: z.iso.datetime(),
  digest,
  files: z
    .array(z.strictObject({ path: z.string().refine(isCheckpointPath), sizeBytes, digest }))
    .min(1)
    .max(maxCheckpointFiles),
});

/**
 * Reads what a checkpoint says about itself. It was written beside pull-request code.
 * @throws InputError CHECKPOINT_BROKEN unless the digest fits the files and every path is one file inside the folder
 */
export function parseCheckpoint(text: string): Checkpoint {
  const parsed = schema.safeParse(readJson(text));
  if (!parsed.success) throw broken(`${checkpointFileName} is not as it must be`);
  const { files } = parsed.data;
  if (digestCheckpoint(files) !== parsed.data.digest) throw broken('its digest is not that of its files');
  const paths = files.map(({ path }) => path);
  const sorted = sortCheckpointFiles(files).map(({ path }) => path);
  if (paths.some((path, at) => path !== sorted[at])) throw broken('its files are not in order');
  const known = new Set(paths);
  const folders = new Set(paths.flatMap(listFolders));
  if (known.size !== paths.length || paths.some((path) => folders.has(path))) {
    throw broken('two of its files have one path');
  }
  return parsed.data;
}

function readJson(text: string): unknown {
  try {
    return parseStrictJson(text, checkpointFileName);
  } catch (cause) {
    throw broken(`${checkpointFileName} is no JSON that we read`, cause);
  }
}

const listFolders = (path: string): readonly string[] =>
  path.split('/').map((_, at, parts) => parts.slice(0, at).join('/'));

export function broken(why: string, cause?: unknown): InputError {
  return new InputError('CHECKPOINT_BROKEN', `The checkpoint is not used: ${why}`, {
    hint: 'The one before it is tried; without any the training begins anew.',
    cause,
  });
}
