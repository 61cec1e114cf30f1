import { writeFile } from 'node:fs/promises';
import type { NetworkRule } from '../../core/config/network.ts';
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
