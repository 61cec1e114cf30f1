import { InputError } from '../../core/error/error.ts';
import type { Progress } from '../../core/training/progress.ts';
import { maxProgressBytes, parseProgress, progressFileName } from '../../core/training/progress-file.ts';
import { readPlainZip } from './plain-zip.ts';

/** A zip over this is not ours. */
export const maxProgressZipBytes = maxProgressBytes;

/**
 * Reads the zip of a progress artifact: exactly `progress.json`. Everything in it is claimed.
 * @param zip bytes of the artifact, pull-request controlled
 * @throws InputError PROGRESS_ZIP, PROGRESS_INVALID, JSON_INVALID
 */
export function readProgressZip(zip: Uint8Array): Progress {
  const texts = readPlainZip(zip, { names: [progressFileName], maxBytes: maxProgressZipBytes, refuse });
  return parseProgress(texts.get(progressFileName) ?? '');
}

function refuse(why: string, cause?: unknown): InputError {
  return new InputError('PROGRESS_ZIP', `The progress artifact is not believed: ${why}`, {
    hint: `A progress artifact holds exactly ${progressFileName}, as the action writes it.`,
    cause,
  });
}
