import { z } from 'zod';
import { isModelName } from '../config/model-name.ts';
import { InputError } from '../error/error.ts';
import type { Digest } from '../evidence/evidence.ts';
import { canonicalJson, isDigest } from '../json/canonical.ts';
import { parseStrictJson } from '../json/strict.ts';
import type { Progress } from './progress.ts';
import { maxPoints } from './progress-log.ts';
import { isMetricName } from './progress-point.ts';

/** 200 points with 20 metrics each take less. */
export const maxProgressBytes = 512 * 1024;
/** The one file of a progress artifact. */
export const progressFileName = 'progress.json';

const count = z.number().min(0).nullable();
const id = z.int().positive();
const instant = z.iso.datetime();

const point = z.strictObject({
  at: instant,
  epoch: count,
  epochs: count,
  step: count,
  steps: count,
  metrics: z
    .record(z.string().refine(isMetricName), z.number())
    .refine((metrics) => Object.keys(metrics).length <= 20),
});

const schema = z.strictObject({
  v: z.literal(1),
  model: z.string().refine(isModelName),
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  runId: id,
  runAttempt: id,
  attempt: id.max(1000),
  attempts: id.max(1000),
  startedAt: instant,
  updatedAt: instant,
  points: z.array(point).max(maxPoints),
  checkpoint: z.custom<Digest>(isDigest).nullable(),
});

/** The progress as it lies in its artifact: equal progress gives equal bytes. */
export const renderProgress = (progress: Progress): string => canonicalJson(progress);

/**
 * Reads what a training job says about how far it is.
 * @param text of a job that runs pull-request code: claimed, whatever it says
 * @throws InputError PROGRESS_INVALID, JSON_INVALID
 */
export function parseProgress(text: string): Progress {
  if (text.length > maxProgressBytes) throw refuse(`it has more than ${maxProgressBytes} characters`);
  const parsed = schema.safeParse(parseStrictJson(text, progressFileName));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refuse(`at ${issue?.path.join('.') || 'its top'}: ${issue?.message}`);
}

/** Where a progress stands among those that a run left. */
export interface ProgressName {
  readonly runAttempt: number;
  /** 1, 2, 3 ... in one attempt of the run. */
  readonly number: number;
}

export const progressArtifactName = ({ runAttempt, number }: ProgressName): string =>
  `gatehouse-progress-${runAttempt}-${number}`;

/** @returns null for the name of any other artifact */
export function parseProgressArtifactName(name: string): ProgressName | null {
  const [, runAttempt, number] = /^gatehouse-progress-([1-9]\d{0,4})-([1-9]\d{0,3})$/.exec(name) ?? [];
  return runAttempt === undefined ? null : { runAttempt: Number(runAttempt), number: Number(number) };
}

function refuse(why: string): InputError {
  return new InputError('PROGRESS_INVALID', `${progressFileName} is not believed: ${why}`, {
    hint: 'Leave it to the action to write progress: the command only prints lines or writes its own files.',
  });
}
