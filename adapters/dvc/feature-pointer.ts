import { InputError } from '../../core/error/error.ts';
import { type DvcPointer, parsePointer } from './pointer.ts';

/** The file that a model's `held-out.features` names, as it lies at the governing commit. */
export interface FeatureFile {
  readonly path: string;
  /** A `.dvc` pointer, or the rows themselves. */
  readonly content: Uint8Array;
}

/**
 * Reads the pointer of held-out features.
 * @returns null when the rows lie in git themselves
 * @throws InputError DVC_POINTER, DVC_UNSUPPORTED for a folder
 */
export function readFeaturePointer({ path, content }: FeatureFile): DvcPointer | null {
  if (!path.endsWith('.dvc')) return null;
  const pointer = parsePointer(new TextDecoder().decode(content), path);
  if (pointer.kind === 'file') return pointer;
  throw new InputError('DVC_UNSUPPORTED', `${path} holds a folder`, {
    hint: 'Keep held-out features in one file.',
    where: { file: path },
  });
}
