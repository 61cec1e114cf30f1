import { createReadStream } from 'node:fs';
import { link, mkdir } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import type { IngestedFile } from '../../core/dataset/ingest-record.ts';
import { digestManifest, parseManifest, writeManifest } from '../../core/dvc/manifest.ts';
import type { LocalFile, NameFile } from '../dvc/folder.ts';
import { type DvcPointer, writePointer } from '../dvc/pointer.ts';
import { copyHashed } from '../store/transfer.ts';

/** A folder that is one output of DVC, as it lay there when the ingest command ended. */
export interface IncomingFolder {
  /** With `.dir` behind it. */
  readonly md5: string;
  /** Text of its pointer, as `dvc add` writes it. */
  readonly pointer: string;
  /** A folder on this machine with the files under their own names. */
  readonly local: string;
  /** As `DvcRemote.fetchFolder`. */
  fetch(pointer: DvcPointer, name: NameFile): Promise<readonly LocalFile[]>;
}

/**
 * Puts the files of an ingest together as the folder that they are.
 * @param path of the folder in the repository, above every file
 * @param into a folder that is not there yet
 * @throws InputError DVC_MANIFEST for names that no manifest can hold
 */
export async function gatherFolder(
  path: string,
  files: readonly { readonly file: IngestedFile; readonly local: string }[],
  into: string,
): Promise<IncomingFolder> {
  const entries = files.map(({ file, local }) => ({
    relpath: file.path.slice(path.length + 1),
    md5: file.md5,
    sizeBytes: file.sizeBytes,
    local,
  }));
  const listed = parseManifest(writeManifest(entries), `${path}.dvc`);
  const md5 = digestManifest(entries);
  const sizeBytes = entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
  for (const { relpath, local } of entries) {
    const target = join(into, relpath);
    await mkdir(dirname(target), { recursive: true });
    await link(local, target);
  }
  return {
    md5,
    pointer: writePointer({ out: posix.basename(path), md5, sizeBytes, files: entries.length }),
    local: into,
    fetch: (pointer, name) =>
      Promise.all(
        listed.map(async (entry, index) => {
          const to = name(entry, index);
          await copyHashed(createReadStream(join(into, entry.relpath)), to, 'md5');
          return { path: `${pointer.path}/${entry.relpath}`, local: to };
        }),
      ),
  };
}
