import type { NetworkRule } from '../../core/config/network.ts';
import { openPlace } from '../store/open-place.ts';
import type { PlaceOptions } from '../store/place.ts';
import { fetchFolder, type LocalFile, type NameFile } from './folder.ts';
import { fetchObject } from './object.ts';
import type { DvcPointer } from './pointer.ts';
import { type Pushed, push } from './push.ts';

/**
 * A DVC remote: `<root>/files/md5/<2 hex>/<30 hex>`, and `<root>/<2 hex>/<30 hex>` for data of DVC 2. What it holds is
 * never trusted, only verified.
 */
export interface DvcRemote {
  /**
   * Copies the data of a pointer for one file to a local file and verifies size and MD5 on the way.
   * @param source path of the pointer, for messages
   * @returns its size in bytes
   * @throws InputError DVC_OBJECT_MISSING, DVC_DIGEST, FILE_TOO_LARGE; ServiceError STORE_MISSING, STORE_FAILED
   */
  fetch(pointer: DvcPointer, source: string, to: string): Promise<number>;
  /**
   * Copies every file of a pointer for a folder, and verifies list, count, sizes and every MD5.
   * @returns files by relpath in code-point order
   * @throws InputError as `fetch`, and DVC_MANIFEST; ServiceError
   */
  fetchFolder(pointer: DvcPointer, source: string, name: NameFile): Promise<readonly LocalFile[]>;
  /** Copies a file or folder into the remote, as `dvc push` does; what a pointer of it has to say. */
  push(path: string): Promise<Pushed>;
}

/**
 * Opens a remote by its address; a folder that is not there is told when it is first used.
 * @param network what base's policy lets the job reach; without it the remote's own host at a public address
 * @throws InputError STORE_URL
 */
export function openRemote(url: string, network?: NetworkRule, options?: PlaceOptions): DvcRemote {
  const place = openPlace(url, 'data', network, options);
  return {
    fetch: ({ hash, md5, sizeBytes, path, imported }, source, to) =>
      fetchObject(place, { hash, md5, sizeBytes, path, source, imported: imported !== null }, to),
    fetchFolder: (pointer, source, name) => fetchFolder(place, pointer, source, name),
    push: (path) => push(place, path),
  };
}
