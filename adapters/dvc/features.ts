import { writeFile } from 'node:fs/promises';
import type { NetworkRule } from '../../core/config/network.ts';
import { InputError } from '../../core/error/error.ts';
import { parsePointer } from './pointer.ts';
import { openRemote } from './remote.ts';

/**
 * Writes the rows of held-out features into a file: what a `.dvc` pointer points to, or the content itself.
 * @param features path and content at the governing commit
 * @param data address of the DVC remote
 * @param network what the policy lets a job reach
 * @throws InputError DVC_POINTER, DVC_UNSUPPORTED for a folder, DVC_OBJECT_MISSING, DVC_DIGEST; ServiceError when the remote is absent
 */
export async function copyFeatures(
  features: { readonly path: string; readonly content: Uint8Array },
  data: string,
  file: string,
  network?: NetworkRule,
): Promise<void> {
  if (!features.path.endsWith('.dvc')) {
    await writeFile(file, features.content);
    return;
  }
  const pointer = parsePointer(new TextDecoder().decode(features.content), features.path);
  if (pointer.kind === 'folder') {
    throw new InputError('DVC_UNSUPPORTED', `${features.path} holds a folder`, {
      hint: 'Keep held-out features in one file.',
      where: { file: features.path },
    });
  }
  await openRemote(data, network).fetch(pointer, features.path, file);
}
