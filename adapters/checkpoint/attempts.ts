import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GatehouseError } from '../../core/error/error.ts';
import type { Attempt } from '../../core/training/attempt.ts';
import {
  type AttemptLog,
  attemptArtifactName,
  attemptLogFileName,
  maxAttemptLogBytes,
  type OpenAttempt,
  parseAttemptArtifactName,
  parseAttemptLog,
  renderAttemptLog,
} from '../../core/training/attempt-log.ts';
import { listArchive } from '../archive/directory.ts';
import { readWhole } from '../archive/entry.ts';
import { withFile } from '../archive/source.ts';
import type { ArtifactUploader } from '../artifact/upload.ts';
import type { ArtifactReader } from './restore.ts';

export interface RecorderOptions {
  readonly key: string;
  readonly runId: number;
  readonly runAttempt: number;
  /** Of earlier jobs of this run, closed. */
  readonly earlier: readonly Attempt[];
  /** Null: nothing leaves this job before its end. */
  readonly uploader: Pick<ArtifactUploader, 'upload'> | null;
  readonly now: () => Date;
  readonly log: (line: string) => void;
}

/** Tells the next job of this run what this one did. Nothing of it fails the training. */
export interface AttemptRecorder {
  begin(attempt: OpenAttempt): Promise<void>;
  /** Ends the open attempt. */
  end(attempt: Attempt): Promise<void>;
  /** All that have ended, of earlier jobs too. */
  list(): readonly Attempt[];
  /** As of now: goes into checkpoints and progress besides. */
  current(): AttemptLog;
}

export function openAttemptRecorder(options: RecorderOptions): AttemptRecorder {
  let ended = [...options.earlier];
  let open: OpenAttempt | null = null;
  let number = 0;
  const current = (): AttemptLog => ({
    ...{ v: 1, runId: options.runId, ended, open, heardAt: options.now().toISOString() },
  });
  const send = async (): Promise<void> => {
    if (options.uploader === null) return;
    number += 1;
    const name = attemptArtifactName(options.key, { runAttempt: options.runAttempt, number });
    const file = { kind: 'text', name: attemptLogFileName, text: renderAttemptLog(current()) } as const;
    try {
      await options.uploader.upload(name, [file]);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      options.log(`A further job of this run will not know of this attempt: ${why}`);
    }
  };
  return {
    begin(attempt) {
      open = attempt;
      return send();
    },
    end(attempt) {
      open = null;
      ended = [...ended, attempt];
      return send();
    },
    list: () => ended,
    current,
  };
}

/**
 * Reads what earlier jobs of this run recorded of their attempts.
 * @returns null: nothing that can be read
 * @throws ServiceError when artifacts cannot be listed
 */
export async function readAttemptLog(
  key: string,
  runId: number,
  scratch: string,
  reader: ArtifactReader,
): Promise<AttemptLog | null> {
  const named = (await reader.list()).flatMap((artifact) => {
    const name = parseAttemptArtifactName(key, artifact.name);
    return name === null ? [] : [{ artifact, name }];
  });
  const newest = named.toSorted(
    (a, b) => b.name.runAttempt - a.name.runAttempt || b.name.number - a.name.number,
  );
  for (const { artifact } of newest.slice(0, 3)) {
    await mkdir(scratch, { recursive: true });
    const zip = join(scratch, 'attempts.zip');
    try {
      await reader.download(artifact.id, zip);
      return await readLog(zip, runId);
    } catch (error) {
      if (!(error instanceof GatehouseError)) throw error;
      reader.log(`${artifact.name}: ${error.message}`);
    } finally {
      await rm(zip, { force: true });
    }
  }
  return null;
}

function readLog(zip: string, runId: number): Promise<AttemptLog> {
  return withFile(zip, async (source) => {
    const entries = await listArchive(source, { entries: 1, entryBytes: maxAttemptLogBytes });
    const entry = entries.find(({ name }) => name === attemptLogFileName);
    return parseAttemptLog(
      entry === undefined ? '' : (await readWhole(source, entry)).toString('utf8'),
      runId,
    );
  });
}
