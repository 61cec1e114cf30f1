import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type NetworkRule, networkOf } from '../../core/config/network.ts';
import type { Policy } from '../../core/config/policy.ts';
import { type FeatureFile, readFeaturePointer } from './feature-pointer.ts';
import { openRemote } from './remote.ts';

/**
 * Writes the rows of held-out features into a file: what a `.dvc` pointer points to, or the content itself.
 * @param data address of the DVC remote
 * @param network what the policy lets a job reach
 * @throws InputError DVC_POINTER, DVC_UNSUPPORTED for a folder, DVC_OBJECT_MISSING, DVC_DIGEST; ServiceError when the remote is absent
 */
export async function copyFeatures(
  features: FeatureFile,
  data: string,
  file: string,
  network?: NetworkRule,
): Promise<void> {
  const pointer = readFeaturePointer(features);
  if (pointer === null) await writeFile(file, features.content);
  else await openRemote(data, network).fetch(pointer, features.path, file);
}

/** Reads rows of the repository or of the data remote of the policy into memory. @param folder of this job, for what is fetched */
export function readRowsIn(folder: string) {
  return async (rows: FeatureFile, policy: Policy): Promise<Uint8Array> => {
    if (readFeaturePointer(rows) === null) return rows.content;
    const file = join(folder, 'rows.csv');
    await copyFeatures(rows, policy.data, file, networkOf(policy));
    const bytes = await readFile(file);
    await rm(file);
    return bytes;
  };
}
