import { digestOf } from '../json/canonical.ts';

/** One file of a dataset as evidence names it. `md5` as in the DVC pointer, null for a file that lies in git itself. */
export interface DatasetFile {
  readonly path: string;
  readonly md5: string | null;
  /** git object id of the pointer or file. */
  readonly blob: string;
  readonly sizeBytes: number;
}

/** The digest that names a version of a dataset: over its files, in contract order. */
export function digestDataset(files: readonly DatasetFile[]) {
  return digestOf(files.map(({ path, md5, blob, sizeBytes }) => ({ path, md5, blob, sizeBytes })));
}
