import { rm } from 'node:fs/promises';
import type { KeyedRows, KeyQuestion, PartitionAnswer } from '../../core/dataset/key-question.ts';
import type { CheckPlan } from '../../core/dataset/plan.ts';
import { ServiceError } from '../../core/error/error.ts';
import type { DataEngine, DataFile } from './engine.ts';
import { type KeyTarget, writeKeys } from './key-files.ts';
import type { Session } from './profile-files.ts';
import { openSource } from './source.ts';

/** An engine that also compares keys over many machines, in two rounds. */
export interface KeyEngine extends DataEngine {
  /**
   * First round: leaves hashes of the keys of files that were measured, dealt out to partitions.
   * @throws ServiceError ENGINE_FAILED
   */
  writeKeys(plan: CheckPlan, files: readonly DataFile[], target: KeyTarget): Promise<readonly KeyedRows[]>;
  /**
   * Second round: answers for one partition, from its key files of all machines.
   * @throws ServiceError ENGINE_FAILED
   */
  compareKeys(
    questions: readonly KeyQuestion[],
    files: readonly string[],
    most: number,
  ): Promise<readonly PartitionAnswer[]>;
}

/** Opens files that were proven before, and writes their keys. */
export async function writeKeysOf(
  session: Session,
  plan: CheckPlan,
  files: readonly DataFile[],
  target: KeyTarget,
): Promise<readonly KeyedRows[]> {
  const unpacked: string[] = [];
  const opening = { ask: session.ask, workdir: session.workdir, onBytes: () => {}, unpacked };
  try {
    const sources = [];
    for (const file of files) {
      const { source, proof } = await openSource(opening, file);
      proof?.close();
      if (source === null) throw new TypeError(`${file.path} was measured and cannot be opened`);
      sources.push(source);
    }
    return await writeKeys(session.ask, plan, sources, target);
  } catch (cause) {
    throw failed(cause);
  } finally {
    for (const local of unpacked) await rm(local, { force: true });
  }
}

/** What goes wrong here is never the data's fault: it was measured before. */
export function failed(cause: unknown): ServiceError {
  return new ServiceError('ENGINE_FAILED', 'The data engine could not compare the keys of the rows', {
    hint: 'Look for room on the disk of the machine, and run the job again.',
    cause,
  });
}
