import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GatehouseError } from '../../core/error/error.ts';
import type { VersionRecord } from '../../core/registry/ledger.ts';
import type { ListedRun } from '../../core/training/run-list.ts';
import type { Store } from '../store/store.ts';
import { readRunFile } from './folder-runs.ts';
import type { FoundRuns } from './github-runs.ts';

/** Reads the run records of registered versions out of the store, each by the digest that the ledger names. */
export async function readStoredRuns(
  store: Pick<Store, 'get'>,
  versions: readonly Pick<VersionRecord, 'model' | 'version' | 'runRecordDigest'>[],
): Promise<FoundRuns> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-runs-'));
  const runs: ListedRun[] = [];
  const notes: string[] = [];
  try {
    for (const { model, version, runRecordDigest } of versions) {
      const place = `${model}@v${version}`;
      try {
        runs.push(await readRunFile(await store.get(runRecordDigest, folder), place));
      } catch (error) {
        if (!(error instanceof GatehouseError)) throw error;
        notes.push(`the run of ${place} is left out: ${error.message}`);
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return { runs, notes };
}
