import type { Digest } from '../evidence/evidence.ts';
import { digestOf } from '../json/canonical.ts';
import type { DatasetFile } from './digest.ts';

/**
 * What the rows of a batch are, whatever its files are called: other names, another order or a comment in a pointer make
 * no other batch. (`dataDigest` names a version; it changes with every byte of a pointer.)
 */
export function digestBatch(files: readonly Pick<DatasetFile, 'md5' | 'blob'>[]): Digest {
  return digestOf(files.map(({ md5, blob }) => (md5 === null ? `git:${blob}` : `md5:${md5}`)).sort());
}

/**
 * Under what a refused batch is remembered: the batch and the contract that it broke. A changed contract, which its owner
 * approves, judges anew.
 */
export function digestRefusal(
  files: readonly Pick<DatasetFile, 'md5' | 'blob'>[],
  contractDigest: Digest,
): Digest {
  return digestOf({ batch: digestBatch(files), contract: contractDigest });
}
